from odoo import api, fields, models
from odoo.exceptions import UserError


class TthcPlanDeliverable(models.Model):
    """A communication item that is out is a deliverable of its task."""

    _inherit = "tthc.plan.deliverable"

    communication_item_id = fields.Many2one(
        "tthc.communication.item",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_made(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_made(vals)
        return super().write(vals)

    def _check_made(self, vals):
        """:raises UserError: nobody says of a deliverable that it is an item, but the item"""
        if "communication_item_id" in vals and not self.env.su:
            raise UserError(self.env._("An item counts for its task when it is set out."))

    @api.depends(
        "communication_item_id",
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
