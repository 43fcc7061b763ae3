from odoo import api, models


class TthcPlanDeliverable(models.Model):
    """A communication item that is out is a deliverable of its task."""

    _inherit = "tthc.plan.deliverable"

    @api.depends(
        "task_id.deliverable_ids.communication_item_id",
        "task_id.child_ids.deliverable_ids.communication_item_id",
    )
    def _compute_delivered(self):
        """News are delivered when an item of the task, or of a part of it, is out."""
        result = super()._compute_delivered()
        for each in self.filtered(lambda each: each.kind == "news" and not each.delivered):
            tasks = each.task_id | each.task_id.child_ids
            each.delivered = bool(tasks.deliverable_ids.communication_item_id)
        return result
