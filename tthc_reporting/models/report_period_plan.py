from odoo import models

from .report_period_text import NO_BRACES


class TthcReportPeriod(models.Model):
    """The plan section of the written report, which writes itself from the tasks."""

    _inherit = "tthc.report.period"

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
