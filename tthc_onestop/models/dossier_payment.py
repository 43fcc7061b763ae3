from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..rules.lifecycle import OPEN

# a receipt names the dossier code, and who withdrew or was refused pays no more
PAYING = (*OPEN[1:], "settled", "returned")


class TthcDossier(models.Model):
    """What is paid for a dossier. The ledger is not touched: what is paid is kept by receipts."""

    _inherit = "tthc.dossier"

    currency_id = fields.Many2one(related="company_id.currency_id")
    fee_ids = fields.One2many("tthc.dossier.fee", "dossier_id", string="Fees")
    has_fees = fields.Boolean(compute="_compute_has_fees")
    fee_total = fields.Monetary(compute="_compute_fees", string="Fees together")
    fee_due = fields.Monetary(compute="_compute_fees", string="To be paid")

    @api.depends("fee_ids.amount", "fee_ids.receipt_id")
    def _compute_fees(self):
        for dossier in self:
            dossier.fee_total = sum(dossier.fee_ids.mapped("amount"))
            dossier.fee_due = sum(dossier.fee_ids.filtered(_is_due).mapped("amount"))

    @api.depends("procedure_id")
    def _compute_has_fees(self):
        for dossier in self:
            terms = dossier.procedure_id.terms()
            dossier.has_fees = bool(terms and terms.fees)

    @api.onchange("procedure_id")
    def _onchange_procedure_fees(self):
        self.fee_ids = [Command.clear(), *self._fees_of(self.procedure_id)]

    @api.model
    def _fees_of(self, procedure):
        """The fees that every dossier of the procedure has, as commands."""
        terms = procedure.terms()
        return [
            Command.create({"procedure_fee_id": fee_id})
            for fee_id, on_request in (terms.fees if terms else ())
            if not on_request
        ]

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            procedure_id = vals.get("procedure_id")
            if "fee_ids" not in vals and isinstance(procedure_id, int):
                fees = self._fees_of(self.env["tthc.procedure"].browse(procedure_id))
                if fees:  # most procedures cost nothing, and nothing is looked up for them
                    vals["fee_ids"] = fees
        return super().create(vals_list)

    def action_collect_fees(self, method="cash", reference=None, fee_ids=None):
        """Record that fees were paid: a numbered receipt for each of these dossiers.

        :param method: cash, transfer, online or post
        :param reference: the number of the transfer, when it was none in cash
        :param fee_ids: the ids of the fees that were paid; all that are due when None
        :return: the receipts
        :raises AccessError: the user may not record fees
        :raises UserError: nothing is due, or the dossier is not one that is paid for
        """
        self.check_access("read")
        self.fee_ids.check_access("write")
        dossiers = self.sudo()  # who may, and sees them, was checked above
        dossiers._lock()
        paid = []
        for dossier in dossiers:
            if dossier.status not in PAYING:
                raise UserError(
                    self.env._(
                        "Dossier %(dossier)s is not in a state in which fees are paid: receive it "
                        "first.",
                        dossier=dossier.display_name,
                    )
                )
            due = dossier.fee_ids.filtered(_is_due)
            if fee_ids is not None:
                due = due.filtered(lambda line: line.id in fee_ids)
            if not due:
                raise UserError(
                    self.env._(
                        "Nothing is to be paid for dossier %(dossier)s.",
                        dossier=dossier.display_name,
                    )
                )
            paid.append((dossier, {line: int(line.amount) for line in due}))
        receipts = self.env["tthc.fee.receipt"].sudo().issue(paid, method, reference)
        return receipts.sudo(self.env.su)

    def action_open_payment(self):
        """Ask how the fees of a dossier are paid."""
        self.ensure_one()
        return self.env["tthc.fee.payment"]._open(
            self.env._("Collect fees"), {"default_dossier_id": self.id}
        )


def _is_due(line):
    return line.amount and not line.receipt_id
