from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    tthc_sector_ids = fields.Many2many(
        "tthc.sector",
        relation="tthc_sector_user_rel",
        column1="user_id",
        column2="sector_id",
        string="Assigned sectors",
        help="The sectors whose dossiers a specialist sees and handles.",
    )
