import base64
import re
from email.message import EmailMessage

from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize, format_date, html2plaintext, html_sanitize
from odoo.tools.mail import email_split_tuples

from ..rules import feedback as rules
from .feedback_input import MOST_CHARACTERS
from .res_company import local_today

ACKNOWLEDGED = 3  # letters a day that say to one address that its feedback is registered
# what Odoo makes a file when the letter is posted
EMBEDDED = re.compile(r"data:image/[a-z]+;base64,(?P<content>[a-z0-9+/\s]*=*)", re.IGNORECASE)
PICTURE = "hình trong thư"  # its name, for who sent it
NO_REPLY = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}


class TthcFeedback(models.Model):
    """Letters: those that come in become feedback or go to it, and what its sender is written."""

    _inherit = "tthc.feedback"

    # ---------------------------------------------------------------- in

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A letter is registered whatever it lacks: who looks at it asks for the rest."""
        name, address = (email_split_tuples(msg_dict.get("email_from") or "") or [("", "")])[0]
        body = msg_dict.get("body") or ""
        subject = rules.clean(msg_dict.get("subject") or "", 500)
        content = rules.clean(_text_of(body), MOST_CHARACTERS)
        values = {
            **(custom_values or {}),
            "channel": "email",
            "subject": subject or self.env._("(no subject)"),
            "content": content or subject or self.env._("(no text)"),
            "sender_name": rules.clean(name or address or msg_dict.get("email_from") or "", 200)
            or self.env._("(no name)"),
            "sender_email": email_normalize(address) or address,
            "sent_at": msg_dict.get("date"),
        }
        commune = self.with_company(values.get("company_id"))
        *_taken, dropped = commune._checked_letter(Markup(body), msg_dict.get("attachments"))
        lettered = self.with_context(
            tthc_no_letter=msg_dict.get("tthc_automatic"), tthc_dropped_files=dropped
        )
        return lettered.create(values).with_env(self.env)

    def message_update(self, msg_dict, update_vals=None):
        """The sender has written again: what waited for that goes on."""
        result = super().message_update(msg_dict, update_vals)
        if msg_dict.get("tthc_automatic"):
            return result
        for feedback in self.sudo():  # the mail gateway acts for the office
            if feedback.waiting == rules.SENDER:
                feedback.action_resume()
            elif feedback.status not in ("received", "classified"):
                feedback._tell_of_reply()
        return result

    def _tell_of_reply(self):
        """The letter would be read by nobody."""
        env = self.env["tthc.reminder"]._in_vietnamese().env
        self._tell(env._("Feedback: its sender has written again"))

    def _tell_of_failure(self):
        """A letter to the sender has not arrived: they know nothing unless told otherwise."""
        env = self.env["tthc.reminder"]._in_vietnamese().env
        for feedback in self.sudo():  # the mail gateway acts for the office
            feedback._tell(env._("Feedback: a letter to its sender did not arrive"))

    def _message_receive_bounce(self, email, partner):
        result = super()._message_receive_bounce(email, partner)
        self._tell_of_failure()
        return result

    def _tell(self, summary):
        """Tell who handles it, or who screens feedback; nobody twice."""
        screeners = self._screeners(self._staff(self.company_id))
        readers = (self.status == "in_progress" and self.officer_id) or screeners
        known = self.activity_ids.filtered(lambda each: each.summary == summary).user_id
        for user in readers - self.accused_ids - known:
            self.with_context(
                mail_activity_quick_update=True, tthc_reminding=True
            ).activity_schedule("mail.mail_activity_data_todo", summary=summary, user_id=user.id)

    def message_post(self, *, attachments=None, body="", tthc_automatic=False, **kwargs):
        """Post; a file that the commune does not take is left out and named, the letter is kept."""
        body, kept, dropped = self._checked_letter(body, attachments)
        if dropped:
            body = Markup("%s<br/>%s<br/>%s") % (
                body,
                self.env._("Files that were not kept:"),
                Markup("<br/>").join(dropped.values()),
            )
        return super().message_post(attachments=kept, body=body, **kwargs)

    def _checked_letter(self, body, attachments):
        """The body and files of a letter that the commune takes; why it does not take others.

        A letter in the letter is no file: Odoo has made its text and files those of the outer one.
        A picture within the text is one: Odoo keeps it as such.
        :return: body, files, and for the name of each that is left out the reason
        """
        kept, dropped = [], {}

        def is_taken(name, content):
            raw = content.encode() if isinstance(content, str) else content
            vals = {"name": name, "raw": raw, "res_model": self._name, "res_id": self.id}
            try:
                self.env["ir.attachment"].checked(vals)
            except ValidationError as error:
                dropped[name] = str(error.args[0])
                return False
            return True

        def picture(found):
            try:
                content = base64.b64decode(found["content"])
            except ValueError:
                content = b""
            return found[0] if is_taken(PICTURE, content) else ""

        for attachment in attachments or ():
            if not isinstance(attachment[1], EmailMessage) and is_taken(*attachment[:2]):
                kept.append(attachment)
        if isinstance(body, Markup):
            body = Markup(EMBEDDED.sub(picture, body))
        return body, kept, dropped

    # ---------------------------------------------------------------- out

    def _acknowledge(self):
        """Say to who left an e-mail address under which number it is registered."""
        if self.env.context.get("tthc_no_letter"):
            return
        for feedback in self.sudo():
            today = [
                ("sender_email", "=ilike", feedback.sender_email),
                ("received_on", "=", local_today()),
            ]
            # an answering machine at the other end would be answered for ever
            if feedback.sender_email and self.sudo().search_count(today) <= ACKNOWLEDGED:
                feedback._letter("acknowledged")

    def _after_refuse(self, reason):
        self._letters("refused", reason)

    def _after_route_out(self, reason):
        self._letters("routed_out")
        self._erase()

    def _after_forward(self, reason):
        self._letters("forwarded")

    def _after_ask_more(self, reason):
        self._letters("asked", reason)

    def _after_send(self, reason):
        self.filtered(lambda each: each.sent_by == "email")._letters("answered")

    def _after_answer_with(self, reason):
        self._after_send(reason)

    def _after_ask_solved(self, reason):
        self._letters("solved")

    def _letters(self, kind, reason=None):
        for feedback in self.filtered("sender_email"):
            feedback._letter(kind, reason)

    def _letter(self, kind, reason=None):
        """Queue a letter to the sender, kept with the feedback so that a reply finds it."""
        self.ensure_one()
        company = self.company_id
        mailbox = company.tthc_feedback_mailbox()
        body = self.env["ir.qweb"]._render(
            "tthc_onestop.feedback_letter",
            {
                "kind": kind,
                "feedback": self,
                "agency": company.name,
                "phone": company.tthc_feedback_phone or company.tthc_desk_phone or "",
                "day": format_date(self.env, self.received_on, date_format="dd/MM/yyyy"),
                "due": self.due_on and format_date(self.env, self.due_on, date_format="dd/MM/yyyy"),
                "reason": reason or "",
                "dropped": ", ".join(self.env.context.get("tthc_dropped_files") or ()),
                "link": self._lookup_link(),
            },
            minimal_qcontext=True,
        )
        routed = kind == "routed_out"  # nothing of it stays here
        self.env["mail.mail"].create(
            {
                "subject": f"{company.name}: phản ánh, kiến nghị số {self.name}",
                "body_html": body,
                "email_to": self.sender_email,
                "email_from": mailbox or company.email,
                "reply_to": mailbox,
                "headers": repr(NO_REPLY),
                "auto_delete": routed,
                "is_notification": not routed,
                "is_internal": True,
                "subtype_id": self.env.ref("mail.mt_note").id,
                **({} if routed else {"model": self._name, "res_id": self.id, "body": body}),
            }
        )


def _text_of(body):
    """What an HTML body says: its words and links, no styles and no pictures."""
    return html2plaintext(re.sub(r"<img\b[^>]*>", "", html_sanitize(body)))
