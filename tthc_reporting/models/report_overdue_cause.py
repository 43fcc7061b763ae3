from odoo import fields, models


class TthcReportOverdueCause(models.Model):
    """Why a dossier is late, as the form of causes counts it."""

    _name = "tthc.report.overdue.cause"
    _description = "Cause of a late dossier"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("regulation", "The regulation of the procedure"),
            ("staff", "Staff"),
            ("facilities", "Facilities and technology"),
            ("other", "Another cause"),
        ],
        required=True,
        default="other",
        string="Column of the form",
        help="From memory: the circular's own list of causes was not found.",
    )
    active = fields.Boolean(default=True)
