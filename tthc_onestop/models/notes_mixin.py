from odoo import models


class TthcNotesMixin(models.AbstractModel):
    """What officers write on a record stays in the office."""

    _name = "tthc.notes.mixin"
    _inherit = "mail.thread"
    _description = "Notes that stay in the office"

    def message_post(self, *, subtype_xmlid=None, subtype_id=False, **kwargs):
        """Post; what somebody of the office posts is an internal note, whatever was asked for."""
        if self.env.user._is_internal():
            subtype_xmlid, subtype_id = "mail.mt_note", False
        return super().message_post(subtype_xmlid=subtype_xmlid, subtype_id=subtype_id, **kwargs)
