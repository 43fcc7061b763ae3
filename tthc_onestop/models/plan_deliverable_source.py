from odoo import api, fields, models
from odoo.exceptions import UserError

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
    communication_item_id = fields.Many2one(
        "tthc.communication.item",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        string="Communication item",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_source(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_source(vals)
        return super().write(vals)

    def _check_source(self, vals):
        """:raises UserError: what a deliverable comes from says so itself, nobody else"""
        if not self.env.su and not vals.keys().isdisjoint(SOURCES):
            raise UserError(
                self.env._(
                    "A session counts for its task when it was held, an initiative when it is "
                    "recognised, a communication item when it is out: enter it there."
                )
            )

    @api.depends(*SOURCES)
    def _compute_delivered(self):
        result = super()._compute_delivered()
        for each in self:
            each.delivered = each.delivered or bool(each._source())
        return result

    def _source(self):
        return next((each for name in SOURCES if (each := self[name])), None)

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
