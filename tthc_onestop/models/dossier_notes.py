from odoo import models


class TthcDossier(models.Model):
    """What officers write on a dossier stays in the office."""

    _inherit = "tthc.dossier"

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Nobody outside the office is sent a note: not who follows, not who is named in it."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        return [recipient for recipient in recipients if recipient["type"] == "user"]
