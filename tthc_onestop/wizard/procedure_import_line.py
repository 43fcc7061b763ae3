from odoo import fields, models


class TthcProcedureImportLine(models.TransientModel):
    """What a list says of one procedure, or what is wrong with one of its cells."""

    _name = "tthc.procedure.import.line"
    _description = "Row of a list of procedures"
    _order = "row, id"

    import_id = fields.Many2one("tthc.procedure.import", required=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("new", "New"),
            ("changed", "Changed"),
            ("abolished", "Abolished"),
            ("unchanged", "Unchanged"),
            ("error", "Wrong"),
        ],
        required=True,
        string="What",
    )
    row = fields.Integer(aggregator=None)
    code = fields.Char()
    name = fields.Char(string="Procedure")
    parts = fields.Char(string="What changes")
    message = fields.Char(string="What is wrong")
