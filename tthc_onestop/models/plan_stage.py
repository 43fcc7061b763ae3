from odoo import api, fields, models
from odoo.exceptions import UserError


class TthcPlanStage(models.Model):
    """A column of the board of tasks. Its kind says what a task in it is, its name is free."""

    _name = "tthc.plan.stage"
    _description = "Stage of plan tasks"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [
            ("todo", "Not begun"),
            ("doing", "In progress"),
            ("waiting", "Waiting for approval"),
            ("done", "Done"),
        ],
        required=True,
    )
    sequence = fields.Integer(default=10)
    fold = fields.Boolean(string="Folded in kanban")

    @api.private
    @api.model
    def first_of(self, kind):
        """The first stage of a kind."""
        return self.search([("kind", "=", kind)], limit=1)

    def write(self, vals):
        if "kind" in vals:
            self.filtered(lambda stage: stage.kind != vals["kind"])._check_spare()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_spare(self):
        """Each kind keeps a stage, and no task is left in a column of another kind."""
        others = self.search([("id", "not in", self.ids)])
        tasks = self.env["tthc.plan.task"].sudo()  # tasks of every commune count
        for stage in self:
            if stage.kind not in others.mapped("kind"):
                raise UserError(
                    self.env._("“%s” is the only stage of its kind: keep it.", stage.name)
                )
        if tasks.search_count([("stage_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("There are tasks in it: move them to another stage first."))
