from odoo import api, models


class MailThread(models.AbstractModel):
    """Machines that answer letters are no senders of feedback (RFC 3834)."""

    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        """Say of a letter for feedback that a machine wrote it; drop what answers by itself."""
        routes = super().message_route(message, message_dict, model, thread_id, custom_values)
        kind = str(message.get("Auto-Submitted") or "no").split(";")[0].strip().lower()
        if kind == "no":
            return routes
        kept = []
        for route in routes or ():
            if route[0] == "tthc.feedback":
                if kind == "auto-replied" and not route[1]:
                    continue
                message_dict["tthc_automatic"] = True
            kept.append(route)
        return kept
