from odoo import fields, models


class TthcPlanTask(models.Model):
    """The communication items that serve a task."""

    _inherit = "tthc.plan.task"

    communication_item_ids = fields.One2many(
        "tthc.communication.item",
        "task_id",
        string="Communication items",
        groups="tthc_onestop.group_communication,tthc_onestop.group_statistician,"
        "tthc_onestop.group_leader,tthc_onestop.group_auditor",
    )

    def _expected(self):
        """The deliverables as planned, without the items that are out."""
        return self.deliverable_ids.filtered(lambda each: not each.communication_item_id)

    def _time_of(self, day):
        """The time of a task that recurs in which a day is; the task itself when it does not."""
        times = self.child_ids.filtered("occurrence_on").sorted("occurrence_on")
        return times.filtered(lambda time: time.occurrence_on >= day)[:1] or self
