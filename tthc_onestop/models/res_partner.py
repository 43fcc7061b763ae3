from odoo import models

# what the public pages say of a commune
ADDRESS = {"street", "street2", "city", "state_id", "phone", "email"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        if "name" in vals:  # the names of users and communes are kept here
            self.env.registry.clear_cache()
        elif vals.keys() & ADDRESS:
            # whose address it is matters, not who may see the commune
            communes = self.env["res.company"].sudo()
            if communes.search_count([("partner_id", "in", self.ids)], limit=1):
                self.env.registry.clear_cache()
        return super().write(vals)
