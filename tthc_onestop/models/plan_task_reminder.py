from odoo import api, models

from ..rules.feedback import shortened


class TthcPlanTask(models.Model):
    """Reminders of the due days of tasks."""

    _name = "tthc.plan.task"
    _inherit = ["tthc.plan.task", "tthc.due.reminder"]
    _reminder_type = "tthc_onestop.mail_activity_plan_task"
    _open_domain = (("plan_id.state", "=", "issued"), ("kind", "in", ("todo", "doing")))
    _over_domain = (("kind", "in", ("waiting", "done")),)

    def _told_of_each(self):
        """Who does it: the officer in person, or all who hold the leading role."""
        holders = {
            (lead, commune): lead._holders(commune)
            for lead, commune in self.grouped(lambda task: (task.lead_id, task.company_id))
        }
        return {task: task.user_id or holders[task.lead_id, task.company_id] for task in self}

    @api.model
    def _digest_lines(self, commune):
        """What the morning letter says of each that is due, with who reads it."""
        for task, rung, told in self._due_in(commune):
            yield told, (rung, task.date_deadline, task.section, shortened(task.name, 150))
