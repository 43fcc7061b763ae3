from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..rules.fee import fee

# what follows from the rest
PROJECTED = frozenset(("amount", "receipt_id", "refunded"))
# what is fixed once a fee is paid
RECKONED = frozenset("dossier_id procedure_fee_id pages copies exemption_id exemption_note".split())


class TthcDossierFee(models.Model):
    """What is to be paid for a dossier, reckoned when the desk enters the quantities.

    A later change of the catalogue changes none of it, and nothing changes what is paid.
    """

    _name = "tthc.dossier.fee"
    _description = "Fee of a dossier"
    _inherit = ["tthc.commune.mixin"]
    _commune_field = "dossier_id"
    _order = "id"

    dossier_id = fields.Many2one("tthc.dossier", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="dossier_id.company_id")
    applicant_name = fields.Char(related="dossier_id.applicant_name")
    procedure_id = fields.Many2one(related="dossier_id.procedure_id")
    currency_id = fields.Many2one(related="dossier_id.company_id.currency_id")
    procedure_fee_id = fields.Many2one(
        "tthc.procedure.fee", required=True, ondelete="restrict", index=True, string="Fee"
    )
    rule = fields.Selection(related="procedure_fee_id.rule")
    moment = fields.Selection(related="procedure_fee_id.moment")
    pages = fields.Integer(default=1, aggregator=None, help="Of one copy.")
    copies = fields.Integer(default=1, aggregator=None)
    exemption_id = fields.Many2one(
        "tthc.fee.exemption", ondelete="restrict", index="btree_not_null"
    )
    exemption_note = fields.Char(string="Proof", help="The paper that was shown, with its number.")
    allowed_exemption_ids = fields.Many2many(related="procedure_fee_id.exemption_ids")
    amount = fields.Monetary(compute="_compute_amount", store=True, precompute=True)
    receipt_id = fields.Many2one(
        "tthc.fee.receipt", ondelete="restrict", readonly=True, copy=False, index="btree_not_null"
    )
    receipt_number = fields.Char(related="receipt_id.name", string="Receipt number")
    refunded = fields.Monetary(readonly=True, copy=False)
    state = fields.Selection(
        [
            ("due", "To be paid"),
            ("exempt", "Nothing to pay"),
            ("paid", "Paid"),
            ("refunded", "Refunded"),
        ],
        compute="_compute_state",
    )

    _quantities = models.Constraint(
        "CHECK(pages BETWEEN 1 AND 10000 AND copies BETWEEN 1 AND 10000)",
        "Pages and copies are numbers from 1 to 10,000.",
    )
    _refund_left = models.Constraint(
        "CHECK(COALESCE(refunded, 0) BETWEEN 0 AND amount)",
        "No more can be given back than was paid.",
    )
    _due_idx = models.Index("(dossier_id) WHERE receipt_id IS NULL AND amount > 0")

    @api.depends("procedure_fee_id", "pages", "copies", "exemption_id")
    def _compute_amount(self):
        for line in self:
            line.amount = line.procedure_fee_id and fee(
                line.procedure_fee_id.tariff(),
                max(line.pages, 1),
                max(line.copies, 1),
                line.exemption_id.percent,
            )

    @api.depends("amount", "receipt_id", "refunded")
    def _compute_state(self):
        for line in self:
            if line.receipt_id:
                line.state = "refunded" if line.refunded else "paid"
            else:
                line.state = "due" if line.amount else "exempt"

    @api.depends("procedure_fee_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.procedure_fee_id.name

    @api.onchange("procedure_fee_id")
    def _onchange_procedure_fee_id(self):
        if self.exemption_id not in self.procedure_fee_id.exemption_ids:
            self.exemption_id = self.exemption_note = False

    @api.constrains("dossier_id", "procedure_fee_id", "exemption_id", "exemption_note")
    def _check_fee(self):
        for line in self:
            if line.procedure_fee_id.procedure_id != line.dossier_id.procedure_id:
                raise ValidationError(
                    self.env._(
                        "“%(fee)s” is no fee of “%(procedure)s”.",
                        fee=line.procedure_fee_id.name,
                        procedure=line.dossier_id.procedure_id.display_name,
                    )
                )
            if line.exemption_id and line.exemption_id not in line.procedure_fee_id.exemption_ids:
                raise ValidationError(
                    self.env._(
                        "“%(exemption)s” does not apply to “%(fee)s”.",
                        exemption=line.exemption_id.name,
                        fee=line.procedure_fee_id.name,
                    )
                )
            if line.exemption_id and not (line.exemption_note or "").strip():
                raise ValidationError(
                    self.env._(
                        "Enter the paper that proves “%(exemption)s”.",
                        exemption=line.exemption_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")  # before anything is said about the values
        for vals in vals_list:
            self._refuse_projected(vals)
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        self._refuse_projected(vals)
        if vals.keys() & RECKONED:
            self._check_unpaid()
        return super().write(vals)

    def _refuse_projected(self, vals):
        if any(vals.get(field) is not None for field in PROJECTED):
            raise UserError(
                self.env._(
                    "What a fee comes to, and whether it is paid, cannot be written: enter the "
                    "quantities, and record a receipt or a refund."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _check_unpaid(self):
        for line in self.filtered("receipt_id"):
            raise UserError(
                self.env._(
                    "“%(fee)s” of dossier %(dossier)s is paid: it stays as it is. Record a refund.",
                    fee=line.procedure_fee_id.name,
                    dossier=line.dossier_id.display_name,
                )
            )

    def _write_paid(self, vals):
        # pylint: disable-next=super-method-mismatch  # past the guard
        return super().write(vals)

    def action_refund(self, amount, reason):
        """Record that part of a paid fee, or all of it, was given back.

        :param amount: in whole đồng
        :raises AccessError: the user may not record fees
        :raises UserError: it is not paid, or less is left of it, or no reason is given
        """
        self.ensure_one()
        self.check_access("write")
        # who may was checked above
        return self.sudo()._refund(amount, (reason or "").strip()).sudo(self.env.su)

    def action_open_refund(self):
        """Ask how much is given back, and why."""
        self.ensure_one()
        return self.env["tthc.fee.payment"]._open(
            self.env._("Refund"),
            {
                "default_dossier_id": self.dossier_id.id,
                "default_refund_of_id": self.id,
                "default_amount": self.amount - self.refunded,
            },
        )

    def _refund(self, amount, reason):
        self.dossier_id._lock()
        left = self.amount - self.refunded
        if not self.receipt_id:
            raise UserError(self.env._("“%(fee)s” is not paid.", fee=self.display_name))
        if not isinstance(amount, int | float) or not 0 < amount <= left or amount % 1:
            raise UserError(
                self.env._(
                    "A refund is a whole number of đồng from 1 to the %(left)s đ that are left of "
                    "what was paid.",
                    left=f"{left:,.0f}".replace(",", "."),
                )
            )
        if not reason:
            raise UserError(self.env._("Enter the reason of the refund."))
        # a second refund at the same moment fails on this row, and is tried again
        self._write_paid({"refunded": self.refunded + amount})
        return self.env["tthc.fee.receipt"].issue(
            [(self.dossier_id, {self: -int(amount)})],
            kind="refund",
            method=self.receipt_id.method,
            reason=reason,
            refund_of_id=self.receipt_id.id,
        )
