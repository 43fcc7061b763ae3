from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    tthc_news_approval = fields.Boolean(
        string="Communication: the leader approves items",
        default=True,
        help="Before they go out. No law was found that asks for it of a commune.",
    )
