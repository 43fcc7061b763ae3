from odoo import api, models

NUL = "\0"  # no text of the database may hold it


class MailThread(models.AbstractModel):
    """No letter is lost; machines that answer letters send no feedback (RFC 3834)."""

    _inherit = "mail.thread"

    @api.model
    def message_parse(self, message, save_original=False):
        parsed = super().message_parse(message, save_original=save_original)
        return {
            key: value.replace(NUL, "") if isinstance(value, str) else value
            for key, value in parsed.items()
        }

    @api.model
    def _message_parse_extract_payload(self, message, message_dict, save_original=False):
        """Read a letter that names no charset, or one that Python does not know.

        Old Vietnamese programs write x-vni or tcvn3, others UTF-8 without saying so: the mail
        gateway would drop what it cannot decode.
        """
        for part in message.walk():
            if part.get_content_maintype() == "text" and not _is_readable(part):
                charset = "utf-8" if _decodes(_content(part), "utf-8") else "latin-1"
                part.set_param("charset", charset)
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

    def _detect_loop_sender(self, message, message_dict, routes):
        """Feedback is registered however much comes from one address.

        A loop ends without Odoo's guard, which loses what it stops: a few letters a day are
        acknowledged, and what follows is not answered.
        """
        others = [route for route in routes or () if route[0] != "tthc.feedback"]
        return super()._detect_loop_sender(message, message_dict, others)


def _content(part):
    return part.get_payload(decode=True) or b""


def _is_readable(part):
    """Whether Python reads the text of a part in the charset that it names."""
    charset = part.get_content_charset()
    if charset in (None, "us-ascii", "ascii"):
        return _content(part).isascii()
    return _decodes(_content(part), charset, "replace")


def _decodes(content, charset, errors="strict"):
    try:
        content.decode(charset, errors)
    except (LookupError, UnicodeError):
        return False
    return True
