from odoo import api, fields, models
from odoo.exceptions import UserError

from ..render.plan_budget_xlsx import Row, workbook


class TthcPlan(models.Model):
    """The money of a plan: its totals, and its table."""

    _inherit = "tthc.plan"

    budget_line_ids = fields.One2many("tthc.plan.budget.line", "plan_id", string="Budget lines")
    currency_id = fields.Many2one(related="company_id.currency_id")
    budget_planned = fields.Monetary(compute="_compute_budget", string="Money planned")
    budget_approved = fields.Monetary(compute="_compute_budget", string="Money approved")
    budget_spent = fields.Monetary(compute="_compute_budget", string="Money spent")

    @api.depends(*(f"budget_line_ids.{name}" for name in ("planned", "approved", "spent")))
    @api.depends_context("uid")
    def _compute_budget(self):
        """Of the lines that the user sees."""
        names = ("planned", "approved", "spent")
        sums = {
            plan: amounts
            for plan, *amounts in self.env["tthc.plan.budget.line"]._read_group(
                [("plan_id", "in", self.ids)], ["plan_id"], [f"{name}:sum" for name in names]
            )
        }
        for plan in self:
            for name, amount in zip(names, sums.get(plan, (0, 0, 0)), strict=True):
                plan[f"budget_{name}"] = amount

    @api.ondelete(at_uninstall=False)
    def _unlink_without_money(self):
        self.budget_line_ids._unlink_undecided()  # the database takes them with their tasks

    def action_next_year(self):
        """The lines go along without their amounts, which are planned anew."""
        action = super().action_next_year()
        copies = self.env["tthc.plan.task"].search(
            [("plan_id", "=", action["res_id"]), ("previous_id", "!=", False)]
        )
        # whoever copies a plan copies its lines, and no money by it
        self.env["tthc.plan.budget.line"].sudo().create(
            [
                {
                    "task_id": task.id,
                    "name": line.name,
                    "source": line.source,
                    "source_note": line.source_note,
                    "previous_id": line.id,
                }
                for task in copies
                for line in task.previous_id.budget_line_ids
            ]
        )
        return action

    def action_open_budget(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tthc_onestop.plan_budget_line_action"
        )
        return action | {
            "display_name": self.display_name,
            "domain": [("plan_id", "=", self.id)],
            "context": {},
            "views": [[False, "list"], [False, "kanban"], [False, "pivot"], [False, "form"]],
        }

    def action_budget_xlsx(self):
        self.ensure_one()
        if not self.budget_line_ids:
            raise UserError(self.env._("The plan has no budget line yet."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/tthc/plan/{self.id}/kinh-phi.xlsx",
            "target": "download",
        }

    @api.private
    def budget_xlsx(self) -> bytes:
        """The money of the plan as an Excel table, section by section."""
        lines = self.env["tthc.plan.budget.line"].search([("plan_id", "=", self.id)])
        vietnamese = self.env["tthc.reminder"]._in_vietnamese().env
        sources, states = (
            dict(lines._fields[name]._description_selection(vietnamese))
            for name in ("source", "state")
        )
        return workbook(
            self.company_id.name.upper(),
            self.display_name,
            {
                section.display_name: [
                    Row(
                        line.task_id.name,
                        line.name,
                        line.source_note or sources[line.source],
                        *(round(line[name]) for name in ("planned", "approved", "spent")),
                        states[line.state],
                    )
                    for line in of_section
                ]
                for section, of_section in lines.grouped("section_id").items()
            },
        )
