from odoo import fields, models


class TthcProcedureLegalBasis(models.Model):
    _name = "tthc.procedure.legal.basis"
    _description = "Legal basis of a procedure"
    _inherit = ["tthc.cached.mixin"]
    _order = "sequence, id"

    procedure_id = fields.Many2one("tthc.procedure", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, string="Document", help="As in “Luật Hộ tịch 60/2014/QH13”.")
