from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ..rules.lifecycle import STATUSES
from .selection import selection_of


class TthcStage(models.Model):
    _name = "tthc.stage"
    _description = "Stage of dossiers"
    _inherit = ["tthc.cached.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    status = fields.Selection(
        selection=selection_of("tthc.dossier", "status"),
        required=True,
        help="The national status that this stage shows. A status may have several stages.",
    )
    for_signature = fields.Boolean(
        help="A card dropped here asks for the leader's signature. Of stages in process only."
    )
    sequence = fields.Integer(default=10)
    fold = fields.Boolean(string="Folded in kanban")

    _signature_in_process = models.Constraint(
        "CHECK(NOT for_signature OR status = 'processing')",
        "A signature is asked for while a dossier is in process: choose that status.",
    )

    @api.private
    @api.model
    @tools.ormcache()
    def for_signing(self) -> int | bool:
        """The id of the first stage where dossiers wait for a signature, False without one."""
        return self.sudo().search([("for_signature", "=", True)], limit=1).id

    @api.private
    @api.model
    @tools.ormcache()
    def shown_by_id(self) -> dict[int, tuple[str, bool]]:
        """The status of each stage and whether it is for signature, in the order of the stages."""
        # pylint: disable-next=no-search-all  # ten or so
        return {stage.id: (stage.status, stage.for_signature) for stage in self.sudo().search([])}

    @api.private
    @api.model
    @tools.ormcache()
    def first_by_status(self) -> dict[str, int]:
        """The id of the first stage of each status."""
        first = {}
        for stage_id, (status, _for_signature) in self.shown_by_id().items():
            first.setdefault(status, stage_id)
        return {status: first.get(status, False) for status in STATUSES}

    def write(self, vals):
        if "status" in vals:
            self.filtered(lambda stage: stage.status != vals["status"])._check_spare()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_spare(self):
        """Each status keeps a stage, and no dossier is left in a column of another status."""
        others = self.search([("id", "not in", self.ids)])
        used = self.env["tthc.dossier"].sudo()  # dossiers of every commune count
        for stage in self:
            if stage.status not in others.mapped("status"):
                raise UserError(
                    self.env._("“%s” is the only stage of its status: keep it.", stage.name)
                )
            if used.search_count([("stage_id", "=", stage.id)], limit=1):
                raise UserError(
                    self.env._(
                        "There are dossiers in “%s”: move them to another stage first.", stage.name
                    )
                )
