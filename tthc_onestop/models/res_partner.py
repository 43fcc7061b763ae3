from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        if "name" in vals:  # the names of users and communes are kept here
            self.env.registry.clear_cache()
        return super().write(vals)
