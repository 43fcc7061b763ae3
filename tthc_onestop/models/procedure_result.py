from odoo import api, fields, models


class TthcProcedure(models.Model):
    """What a procedure gives is a paper that other procedures may ask for."""

    _inherit = "tthc.procedure"

    result_kind_ids = fields.Many2many(
        "tthc.paper.kind",
        "tthc_procedure_result_kind_rel",
        "procedure_id",
        "kind_id",
        string="Papers given",
        compute="_compute_result_kind_ids",
        store=True,
    )

    @api.depends("result_name")
    def _compute_result_kind_ids(self):
        kinds = self.env["tthc.paper.kind"]
        made = kinds.ensure([name for procedure in self._origin for name in procedure._results()])
        for procedure in self:
            found = kinds
            for name in procedure._results():
                found |= made.get(name) or kinds.named(name)
            procedure.result_kind_ids = found

    def _results(self):
        """The names of what it gives; a procedure may give several documents."""
        return [name for name in (self.result_name or "").split(";") if name.strip()]
