from odoo import fields, models

UNVERIFIED = (
    "A day of the last month of the period; 0: not shown. From memory: what the law says of it was "
    "not found, so take it from the plan of the province."
)


class ResCompany(models.Model):
    """By when a report is handed on, level by level."""

    _inherit = "res.company"

    tthc_report_above_day = fields.Integer(
        string="Reports go to the level above by (day)", default=17, help=UNVERIFIED
    )
    tthc_report_province_day = fields.Integer(
        string="The level above reports to the province by (day)", default=20, help=UNVERIFIED
    )
    tthc_report_ministry_day = fields.Integer(
        string="The province reports by (day)", default=25, help=UNVERIFIED
    )

    _tthc_report_days_range = models.Constraint(
        "CHECK(tthc_report_above_day BETWEEN 0 AND 28 AND tthc_report_province_day BETWEEN 0 AND 28"
        " AND tthc_report_ministry_day BETWEEN 0 AND 28)",
        "A report is handed on by a day from 1 to 28; 0 when there is none.",
    )
