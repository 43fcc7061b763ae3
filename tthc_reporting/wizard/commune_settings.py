from odoo import fields, models

from ..models.res_company import UNVERIFIED


class TthcCommuneSettings(models.TransientModel):
    _inherit = "tthc.commune.settings"

    tthc_report_above_day = fields.Integer(
        string="Reports go to the level above by (day)", help=UNVERIFIED
    )
    tthc_report_province_day = fields.Integer(
        string="The level above reports to the province by (day)", help=UNVERIFIED
    )
    tthc_report_ministry_day = fields.Integer(
        string="The province reports by (day)", help=UNVERIFIED
    )
