from odoo import api, fields, models

SOURCES = ("training_id", "initiative_id", "communication_item_id")


class TthcPlanDeliverable(models.Model):
    """What proves a deliverable in the software itself: linked, not copied."""

    _inherit = "tthc.plan.deliverable"

    training_id = fields.Many2one(
        "tthc.training.session",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        string="Training session",
    )
    initiative_id = fields.Many2one(
        "tthc.initiative",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )

    @api.depends("training_id", "initiative_id")
    def _compute_delivered(self):
        result = super()._compute_delivered()
        for each in self.filtered(lambda each: each.training_id or each.initiative_id):
            each.delivered = True
        return result

    def action_open_source(self):
        """What the deliverable is."""
        self.ensure_one()
        source = self._source()
        return {
            "type": "ir.actions.act_window",
            "res_model": source._name,
            "res_id": source.id,
            "views": [[False, "form"]],
        }


class TthcPlanTask(models.Model):
    _inherit = "tthc.plan.task"

    def _deliver(self, kind, name, source):
        """Link what a task delivers: to a deliverable that is expected of this kind, or a new one.

        :raises UserError: the leader was shown the deliverables of the task
        """
        for task in self.sudo():  # who may decide of the source delivers it
            expected = task.deliverable_ids.filtered(
                lambda each: each.kind == kind and not each.delivered
            )[:1]
            if expected:
                expected.write(source)
            else:
                expected.create({"task_id": task.id, "kind": kind, "name": name, **source})
