from odoo import fields, models


class TthcProcedureCase(models.Model):
    """A case that has a term of its own; steps and papers name it.

    By its name and not by a link, so that the parts of a version can be copied one by one.
    """

    _name = "tthc.procedure.case"
    _description = "Case of a procedure with a term of its own"
    _inherit = ["tthc.procedure.part"]
    _order = "sequence, id"

    procedure_id = fields.Many2one("tthc.procedure", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, string="Case")
    duration = fields.Float(digits=(8, 2), required=True, aggregator=None, string="Term")
    duration_unit = fields.Selection(
        [
            ("hour", "Working hours"),
            ("working_day", "Working days"),
            ("day", "Calendar days"),
            ("same_day", "Same day"),
        ],
        required=True,
        default="working_day",
        string="Unit",
    )

    _name_uniq = models.Constraint(
        "UNIQUE(procedure_id, name)", "A procedure has one term for each case."
    )
    _duration_positive = models.Constraint(
        "CHECK(duration > 0)", "The term of a case is a positive number."
    )
