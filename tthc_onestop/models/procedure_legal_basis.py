from odoo import api, fields, models


class TthcProcedureLegalBasis(models.Model):
    _name = "tthc.procedure.legal.basis"
    _description = "Legal basis of a procedure"
    _inherit = ["tthc.procedure.part"]
    _order = "sequence, id"

    procedure_id = fields.Many2one("tthc.procedure", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, string="Document", help="As in “Luật Hộ tịch”.")
    number = fields.Char(help="As in 60/2014/QH13.")

    @api.depends("name", "number")
    def _compute_display_name(self):
        for basis in self:
            unsaid = basis.number and basis.number not in (basis.name or "")
            basis.display_name = f"{basis.name} ({basis.number})" if unsaid else basis.name
