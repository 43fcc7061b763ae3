from odoo import api, fields, models


class TthcProcedureDocument(models.Model):
    """Which paper it is that a procedure asks for, whatever the procedure calls it."""

    _inherit = "tthc.procedure.document"

    kind_id = fields.Many2one(
        "tthc.paper.kind",
        string="Kind of paper",
        compute="_compute_kind_id",
        store=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Papers of one kind are not asked for twice, whichever procedure asks for them.",
    )

    @api.depends("name", "kind")
    def _compute_kind_id(self):
        kinds = self.env["tthc.paper.kind"]
        kept = self.filtered(lambda paper: paper.kind == "hand_in" and paper.name)
        made = kinds.ensure(kept._origin.mapped("name"))
        for paper in self:
            name = paper in kept and paper.name
            paper.kind_id = made.get(name) or kinds.named(name)
