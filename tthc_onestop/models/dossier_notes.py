from odoo import models


class TthcDossier(models.Model):
    """What officers write on a dossier stays in the office."""

    _inherit = "tthc.dossier"

    def message_post(self, *, subtype_xmlid=None, subtype_id=False, **kwargs):
        """Post; what somebody of the office posts is an internal note, whatever was asked for."""
        if self.env.user._is_internal():
            subtype_xmlid, subtype_id = "mail.mt_note", False
        return super().message_post(subtype_xmlid=subtype_xmlid, subtype_id=subtype_id, **kwargs)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Nobody outside the office is sent a note: not who follows, not who is named in it."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        return [recipient for recipient in recipients if recipient["type"] == "user"]
