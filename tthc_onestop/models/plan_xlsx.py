from datetime import date

from odoo import api, models

from ..render.plan_xlsx import Cover, workbook
from ..rules.plan_list import STANDINGS, quarter_name, standing, tally
from .res_company import local_today

BY_SECTION = "Theo mục (dòng của kế hoạch)"
BY_LEAD = "Theo người chủ trì (dòng của kế hoạch)"
BY_QUARTER = "Theo quý đến hạn (từng việc, kể cả mỗi kỳ)"


class TthcPlan(models.Model):
    """The plan as an Excel workbook, as of a day: a day that is past stays as it was."""

    _inherit = "tthc.plan"

    def action_xlsx(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/tthc/plan/{self.id}.xlsx",
            "target": "download",
        }

    @api.private
    def xlsx(self, first=None, last=None) -> bytes:
        """The tasks that the user sees, as they stood on a day.

        :param first: the first local day of what is told; by default the first of the year
        :param last: the last one; by default today, within the year
        """
        self.ensure_one()
        today = local_today()
        first = first or date(self.year, 1, 1)
        last = last or max(first, min(today, date(self.year, 12, 31)))
        tasks = self.env["tthc.plan.task"].search([("plan_id", "=", self.id)])
        # the times of a periodic task that have not come are not told yet
        tasks = tasks.filtered(lambda each: not each.occurrence_on or each.date_deadline <= last)
        stood = {
            each: standing(each.done_on or None, each.date_deadline or None, last, today)
            for each in tasks
        }
        lines = tasks.filtered(lambda each: each.parent_id not in tasks)
        pieces = tasks - tasks.parent_id
        return workbook(
            Cover(
                self.company_id.name,
                f"TIẾN ĐỘ THỰC HIỆN KẾ HOẠCH {self.number or ''}\n{self.name}",
                f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}",
            ),
            list(self._xlsx_rows(tasks, stood, last, today)),
            {
                BY_SECTION: tally((line.section_id.display_name, stood[line]) for line in lines),
                BY_LEAD: tally(
                    (line.user_id.name or line.lead_id.name, stood[line])
                    for line in lines.sorted(lambda line: (line.lead_id.sequence, line.lead_id.id))
                ),
                BY_QUARTER: tally(
                    (quarter_name(piece.date_deadline), stood[piece])
                    for piece in pieces.sorted(lambda piece: piece.date_deadline or date.max)
                ),
            },
            self._xlsx_trained(first, last),
        )

    def _xlsx_rows(self, tasks, stood, last, today):
        now = last >= today
        vietnamese = self.env["tthc.reminder"]._in_vietnamese().env
        kinds = dict(tasks._fields["kind"]._description_selection(vietnamese))
        measured = {
            # a share of the whole commune names no dossier: who may not read them sees it
            measure: tasks.sudo()._take(measure, self.company_id, date(self.year, 1, 1), last)
            for measure in set(tasks.mapped("measure")) - {False}
        }
        number = 0
        for section, of_section in tasks.grouped("section_id").items():
            yield {"heading": section.display_name}
            for task, level in of_section._with_parts():
                number += not level
                status = stood[task]
                told = now or status == "done"  # what was said later is not of the day
                yield {
                    "number": None if level else number,
                    "task": level * "    + " + task._name_in_whole(),
                    "lead": "\n".join(filter(None, (task.lead_id.name, task.user_id.name))),
                    "partners": ", ".join(task.partner_ids.mapped("name")),
                    "timing": task.timing,
                    "due": task.date_deadline or None,
                    "standing": kinds[task.kind] if now and status == "open" else STANDINGS[status],
                    "progress": task.progress if now else 100 if status == "done" else None,
                    "done_on": task.done_on if status == "done" else None,
                    "deliverables": task._delivered_by(last),
                    "measured": measured.get(task.measure),
                    "target": task.target if task.measure and task.target else None,
                    "reason": told and (task.evidence_reason or task.returned_reason),
                    "result": told and task.result,
                }

    def _xlsx_trained(self, first, last):
        found = self.env["tthc.training.participant"]._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("session_id.state", "=", "held"),
                ("result", "!=", "absent"),
                *(("date", ">=", first), ("date", "<=", last)),
            ],
            ["user_id", "name"],
            ["__count", "hours_taken:sum", "certificate:count"],
            order="name",
        )
        return [row[1:] for row in found]


class TthcPlanTask(models.Model):
    _inherit = "tthc.plan.task"

    def _with_parts(self, of=None, level=0):
        """Each of these tasks with how deep it is in them: wholes first, then their parts."""
        for task in self.filtered(
            lambda each: each.parent_id == of if of else each.parent_id not in self
        ):
            yield task, level
            yield from self._with_parts(task, level + 1)

    def _name_in_whole(self):
        """Of one time of a periodic task, which stands over it, no more than its period."""
        self.ensure_one()
        whole = self.parent_id.name if self.occurrence_on else ""
        return self.name.removeprefix(f"{whole} – ")

    def _delivered_by(self, day):
        """What was delivered by a day: its name, number and day, one a line."""
        return "\n".join(
            f"{each.name} {each.number or ''} ({each.date:%d/%m/%Y})".replace("  ", " ")
            for each in self.deliverable_ids
            if each.delivered and each.date <= day
        )
