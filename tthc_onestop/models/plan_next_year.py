from odoo import models
from odoo.exceptions import UserError

from ..rules.plan import text_of_next_year

COPIED = ("bases", "recipients", "signer_title", "signer_name")


class TthcPlan(models.Model):
    """The plan of the next year, made from this one."""

    _inherit = "tthc.plan"

    def action_next_year(self):
        """Draft the plan of the next year: days move, what is unfinished is kept.

        What nobody can know by moving a day is asked for: the plan is not handed in before.

        :raises UserError: the plan was never issued
        """
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("issued", "closed"):
            raise UserError(self.env._("The next plan is made from one that was issued."))
        year = self.year
        plan = self.create(
            {name: self[name] for name in COPIED}
            | {
                "company_id": self.company_id.id,
                "year": year + 1,
                **{
                    name: self[name] and text_of_next_year(self[name], year)
                    for name in ("name", "intro", "closing")
                },
            }
        )
        for section in self.section_ids:
            heading = section.copy(
                {
                    "plan_id": plan.id,
                    "name": text_of_next_year(section.name, year),
                    "text": section.text and text_of_next_year(section.text, year),
                }
            )
            tasks = section.task_ids.filtered(
                lambda task: task.printed or (task.kind != "done" and not task.occurrence_on)
            )
            self._copy_tasks(tasks, heading)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": plan.id,
            "view_mode": "form",
            "views": [[False, "form"]],
        }

    def _copy_tasks(self, tasks, heading, made=None):
        """Copies of tasks under the heading of the next year: wholes first, then their parts."""
        if not tasks:
            return
        made = made or {}
        wholes = tasks.filtered(lambda task: task.parent_id not in tasks)
        copies = tasks.create(
            [task._next_year(heading, made.get(task.parent_id)) for task in wholes]
        )
        made = made | dict(zip(wholes, copies, strict=True))
        self._copy_tasks(tasks - wholes, heading, made)
