from odoo import api, fields, models


class TthcPlanTask(models.Model):
    """The money of a task."""

    _inherit = "tthc.plan.task"

    budget_line_ids = fields.One2many("tthc.plan.budget.line", "task_id", string="Money")

    @api.ondelete(at_uninstall=False)
    def _unlink_without_money(self):
        self.budget_line_ids._unlink_undecided()  # the database takes them with their tasks

    def action_open_budget(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tthc_onestop.plan_budget_line_action"
        )
        return action | {
            "display_name": self.display_name,
            "domain": [("task_id", "=", self.id)],
            "context": {"default_task_id": self.id},
            "views": [[False, "list"], [False, "form"]],
        }

    def _to_decide(self, name, moved, officer):
        asked = super()._to_decide(name, moved, officer)
        if self.budget_line_ids:
            money = self.env._("plan its money anew")
            asked = f"{asked}; {money}" if asked else money
        return asked
