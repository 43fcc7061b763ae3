from odoo import models


class TthcDossier(models.Model):
    _inherit = "tthc.dossier"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Who is reminded of a dossier does not follow it: no note of others goes to them."""
        if self.env.context.get("tthc_reminding"):
            return True
        return super().message_subscribe(partner_ids, subtype_ids)
