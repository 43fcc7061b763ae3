from odoo import models


class TthcPlanTask(models.Model):
    """Reminders of the due days of tasks."""

    _name = "tthc.plan.task"
    _inherit = ["tthc.plan.task", "tthc.due.reminder"]
    _reminder_type = "tthc_onestop.mail_activity_plan_task"
    _open_domain = (("plan_id.state", "=", "issued"), ("kind", "in", ("todo", "doing")))
    _over_domain = (("kind", "in", ("waiting", "done")),)
