from odoo import fields, models


class TthcPlanReason(models.TransientModel):
    """Asks why a plan, its tasks, its money or its communication items are sent back."""

    _name = "tthc.plan.reason"
    _description = "Reason to send back"

    plan_ids = fields.Many2many("tthc.plan", readonly=True)
    task_ids = fields.Many2many("tthc.plan.task", readonly=True)
    budget_line_ids = fields.Many2many("tthc.plan.budget.line", readonly=True)
    item_ids = fields.Many2many("tthc.communication.item", readonly=True)
    reason = fields.Text(required=True)

    def action_confirm(self):
        self.ensure_one()
        returned = self.item_ids or self.budget_line_ids or self.task_ids or self.plan_ids
        returned.action_send_back(self.reason)
        return {"type": "ir.actions.act_window_close"}
