import codecs

from odoo import api, models


class MailThread(models.AbstractModel):
    """No letter is lost; machines that answer letters send no feedback (RFC 3834)."""

    _inherit = "mail.thread"

    @api.model
    def _message_parse_extract_payload(self, message, message_dict, save_original=False):
        """Read a letter in a charset that Python does not know byte by byte.

        Old Vietnamese programs write x-vni or tcvn3: the mail gateway would drop what it cannot
        decode.
        """
        for part in message.walk():
            if part.get_content_maintype() == "text":
                try:
                    codecs.lookup(part.get_content_charset("ascii"))
                except LookupError:
                    part.set_param("charset", "latin-1")
        return super()._message_parse_extract_payload(message, message_dict, save_original)

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
