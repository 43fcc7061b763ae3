from odoo import models
from odoo.exceptions import UserError

from .report_period_text import NO_BRACES


class TthcReportPeriod(models.Model):
    """The plan section of the written report, which writes itself from the tasks."""

    _inherit = "tthc.report.period"

    def action_plan_xlsx(self):
        """The plan of the year as an Excel file, as it stood at the end of the period.

        :raises UserError: no plan of the year is issued
        """
        self.ensure_one()
        plan = self.env["tthc.plan"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("year", "=", self.date_to.year),
                ("state", "in", ("issued", "closed")),
            ],
            limit=1,
        )
        if not plan:
            raise UserError(self.env._("No plan of %(year)s is issued.", year=self.date_to.year))
        return {
            "type": "ir.actions.act_url",
            "url": f"/tthc/plan/{plan.id}.xlsx?tu={self.date_from}&den={self.date_to}",
            "target": "download",
        }

    def _text_of_plan(self):
        """How each section of the year's plan stood at the end of the period.

        From the days on which tasks were due and done: a period that is past stays as it was.
        """
        tasks = self.env["tthc.plan.task"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("year", "=", self.date_to.year),
                ("plan_id.state", "in", ("issued", "closed")),
                ("parent_id", "=", False),
            ]
        )
        lines = []
        for section, of_section in tasks.grouped("section_id").items():
            done = of_section.filtered(lambda task: task.done_on and task.done_on <= self.date_to)
            late = (of_section - done).filtered(
                lambda task: task.date_deadline and task.date_deadline <= self.date_to
            )
            lines.append(
                f"- Mục {section.code}. {section.name}: {len(of_section)} nhiệm vụ, "
                f"hoàn thành {len(done)}, quá hạn {len(late)}, "
                f"còn lại {len(of_section - done - late)}."
            )
            for task in done.filtered(lambda task: task.done_on >= self.date_from):
                result = f" {task.result.strip()}" if task.result else ""
                lines.append(f"+ Hoàn thành trong kỳ: {task.name}{result}")
            lines += [
                f"+ Quá hạn từ ngày {task.date_deadline:%d/%m/%Y}: {task.name}" for task in late
            ]
        return "\n".join(lines).translate(NO_BRACES)
