from odoo import fields, models


class TthcReportOutline(models.Model):
    """What a written report begins with: its parts, and what each is filled with."""

    _name = "tthc.report.outline"
    _description = "Outline of the written report"
    _inherit = "tthc.report.section.mixin"

    # another source is another entry here and a method ``_text_of_<source>`` of the period
    source = fields.Selection(
        [
            ("results", "Results that the specialists handed in"),
            ("difficulties", "Difficulties that the specialists handed in"),
            ("proposals", "Proposals that the specialists handed in"),
            ("plan", "How the tasks of the plan stand"),
            ("communication", "What went out of the communication programme"),
        ],
        string="Followed by",
    )
    hint = fields.Text(string="What belongs here", help="Shown to who writes, never printed.")
    active = fields.Boolean(default=True)
