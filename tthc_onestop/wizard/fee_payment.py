from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.fee_receipt import METHODS


class TthcFeePayment(models.TransientModel):
    """Asks how fees are paid, or how much of one is given back and why."""

    _name = "tthc.fee.payment"
    _description = "Payment of fees"

    dossier_id = fields.Many2one("tthc.dossier", required=True, readonly=True)
    status = fields.Selection(related="dossier_id.status")
    currency_id = fields.Many2one(related="dossier_id.company_id.currency_id")
    refund_of_id = fields.Many2one("tthc.dossier.fee", readonly=True, string="Refund of")
    due_ids = fields.Many2many("tthc.dossier.fee", compute="_compute_due_ids")
    fee_ids = fields.Many2many(
        "tthc.dossier.fee",
        compute="_compute_fee_ids",
        store=True,
        readonly=False,
        domain="[('id', 'in', due_ids)]",
        string="Fees paid",
    )
    total = fields.Monetary(compute="_compute_total")
    amount = fields.Monetary(string="Given back")
    method = fields.Selection(METHODS, required=True, default="cash")
    reference = fields.Char(string="Number of the transfer")
    reason = fields.Char()

    @api.depends("dossier_id")
    def _compute_due_ids(self):
        for wizard in self:
            wizard.due_ids = wizard.dossier_id.fee_ids.filtered(lambda line: line.state == "due")

    @api.depends("due_ids")
    def _compute_fee_ids(self):
        """What is due at this point: what is paid with the result, when there is one."""
        for wizard in self:
            over = wizard.status in ("settled", "returned")
            now = wizard.due_ids.filtered(lambda line, over=over: over or line.moment != "result")
            wizard.fee_ids = now or wizard.due_ids

    @api.depends("fee_ids")
    def _compute_total(self):
        for wizard in self:
            wizard.total = sum(wizard.fee_ids.mapped("amount"))

    @api.model
    def _open(self, name, context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": context,
        }

    def action_collect(self):
        """Record the receipt, go on with a dossier that waited for it, and print."""
        self.ensure_one()
        if not self.fee_ids:
            raise UserError(self.env._("Choose what is paid."))
        receipt = self.dossier_id.action_collect_fees(self.method, self.reference, self.fee_ids.ids)
        if self.dossier_id.status == "payment" and not self.dossier_id.fee_due:
            self.dossier_id.action_confirm_payment()
        return self._printed(receipt)

    def action_confirm_without_receipt(self):
        """The fee was paid to somebody else, or none is owed after all."""
        self.ensure_one()
        self.dossier_id.action_confirm_payment()
        return {"type": "ir.actions.act_window_close"}

    def action_refund(self):
        self.ensure_one()
        return self._printed(self.refund_of_id.action_refund(self.amount, self.reason))

    def _printed(self, receipt):
        return {**receipt.action_print(), "close": True}
