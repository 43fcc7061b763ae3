from odoo import fields, models


class TthcHoldingTotal(models.TransientModel):
    """How much working time some dossiers were in the hands of one officer, or of no officer."""

    _name = "tthc.holding.total"
    _description = "Working time of officers"
    _order = "hours desc"

    period_id = fields.Many2one(
        "tthc.holding.period", string="Days", required=True, ondelete="cascade", index=True
    )
    holder = fields.Selection(
        [
            ("counter", "One-stop desk"),
            ("specialist", "Specialist"),
            ("leader", "Leader"),
            ("agency", "Other agency"),
            ("citizen", "Citizen"),
            ("finance", "Finance"),
        ],
        required=True,
        string="In the hands of",
    )
    user_id = fields.Many2one("res.users", string="Officer")
    dossier_count = fields.Integer(string="Dossiers", aggregator=None)
    hours = fields.Float(string="Working hours")
    average_hours = fields.Float(string="Hours per dossier", aggregator="avg")
