from odoo import fields, models

from ..models.dossier_holding import HOLDER_LABELS


class TthcDossierHoldingLine(models.TransientModel):
    _name = "tthc.dossier.holding.line"
    _description = "Working time of a holder"
    _order = "id"

    holding_id = fields.Many2one(
        "tthc.dossier.holding", required=True, ondelete="cascade", string="Totals"
    )
    holder = fields.Selection(HOLDER_LABELS, required=True)
    user_id = fields.Many2one("res.users", string="Officer", help="Empty: nobody in person.")
    # a dossier has several holders, and averages do not add up: neither is summed
    dossier_count = fields.Integer(string="Dossiers", aggregator=None)
    hours = fields.Float(string="Working time")
    average = fields.Float(string="Average per dossier", aggregator=None)
