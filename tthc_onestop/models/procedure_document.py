from odoo import fields, models


class TthcProcedureDocument(models.Model):
    _name = "tthc.procedure.document"
    _description = "Paper that a procedure asks for"
    _inherit = ["tthc.procedure.part"]
    _order = "sequence, id"

    procedure_id = fields.Many2one("tthc.procedure", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, string="Paper")
    kind = fields.Selection(
        [("hand_in", "To hand in"), ("show", "To show")], required=True, default="hand_in"
    )
    originals = fields.Integer(aggregator=None)
    copies = fields.Integer(aggregator=None)
    note = fields.Char()

    _counts_positive = models.Constraint(
        "CHECK(originals >= 0 AND copies >= 0)", "The number of copies cannot be negative."
    )
