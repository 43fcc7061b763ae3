from odoo import fields, models
from odoo.fields import Command
from odoo.tools import format_date

from ..rules.plan import names_a_year, text_of_next_year, years_later


class TthcPlanTask(models.Model):
    _inherit = "tthc.plan.task"

    previous_id = fields.Many2one(
        "tthc.plan.task", readonly=True, ondelete="set null", string="In the plan before"
    )

    def action_decided(self):
        """What was to be decided anew is decided."""
        return self.write({"to_decide": False})

    def _next_year(self, heading, parent):
        name = text_of_next_year(self.name, self.year)
        moved = self.periodicity == "once" and years_later(self.date_deadline, 1)
        officer = self.user_id.filtered("active")
        return {
            "plan_id": heading.plan_id.id,
            "section_id": heading.id,
            "parent_id": parent and parent.id,
            "sequence": self.sequence,
            "name": name,
            "marker": self.marker,
            "lead_id": self.lead_id.id,
            "user_id": officer.id,
            "partner_ids": [Command.set(self.partner_ids.ids)],
            "timing": text_of_next_year(self.timing, self.year),
            "periodicity": self.periodicity,
            "due_day": self.due_day,
            "measure": self.measure,
            "target": self.target,
            **({"date_deadline": moved} if moved else {}),
            "previous_id": self.id,
            "to_decide": self._to_decide(name, moved, officer),
            "deliverable_ids": [
                Command.create({"kind": each.kind, "name": each.name}) for each in self._expected()
            ],
        }

    def _to_decide(self, name, moved, officer):
        """What somebody must look at before the plan of the next year is handed in."""
        asked = []
        if self.kind != "done" and self.periodicity in ("once", "year"):
            asked.append(self.env._("not done in %(year)s: keep it or drop it", year=self.year))
        if moved:
            day = format_date(self.env, moved)
            asked.append(self.env._("due on %(day)s, moved by a year", day=day))
        if names_a_year(name):
            asked.append(self.env._("names a year or a document of one"))
        if self.user_id and not officer:
            asked.append(self.env._("%(user)s is gone: choose the officer", user=self.user_id.name))
        return "; ".join(asked)
