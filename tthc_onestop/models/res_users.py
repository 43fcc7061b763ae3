from odoo import api, fields, models, tools


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

    @api.private
    def tthc_name(self) -> str:
        """The name of the user for official papers, cached until it changes."""
        return self._tthc_name(self.id)

    @api.model
    @tools.ormcache("user_id")
    def _tthc_name(self, user_id: int) -> str:
        return self.sudo().browse(user_id).name
