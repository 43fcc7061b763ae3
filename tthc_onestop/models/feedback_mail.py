from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize, format_date, html2plaintext
from odoo.tools.mail import email_split_tuples

from ..rules import feedback as rules
from .feedback_input import MOST_CHARACTERS
from .res_company import local_today

ACKNOWLEDGED = 3  # letters a day that say to one address that its feedback is registered
NO_REPLY = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}


class TthcFeedback(models.Model):
    """Letters: those that come in become feedback or go to it, and what its sender is written."""

    _inherit = "tthc.feedback"

    # ---------------------------------------------------------------- in

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A letter is registered whatever it lacks: who looks at it asks for the rest."""
        name, address = (email_split_tuples(msg_dict.get("email_from") or "") or [("", "")])[0]
        subject = rules.clean(msg_dict.get("subject") or "", 500)
        content = rules.clean(html2plaintext(msg_dict.get("body") or ""), MOST_CHARACTERS)
        values = {
            **(custom_values or {}),
            "channel": "email",
            "subject": subject or self.env._("(no subject)"),
            "content": content or subject or self.env._("(no text)"),
            "sender_name": rules.clean(name, 200) or address or self.env._("(no name)"),
            "sender_email": email_normalize(address) or address,
            "sent_at": msg_dict.get("date"),
        }
        if msg_dict.get("tthc_automatic"):
            self = self.with_context(tthc_no_letter=True)
        return self.create(values).with_context(tthc_no_letter=False)

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
        """The letter would be read by nobody: who handles it is told, or who screens feedback."""
        screeners = self._screeners(self._staff(self.company_id))
        readers = (self.status == "in_progress" and self.officer_id) or screeners
        told = self.with_env(self.env["tthc.reminder"]._in_vietnamese().env)
        for user in readers - self.accused_ids:
            told.with_context(
                mail_activity_quick_update=True, tthc_reminding=True
            ).activity_schedule(
                "mail.mail_activity_data_todo",
                summary=told.env._("Feedback: its sender has written again"),
                user_id=user.id,
            )

    def message_post(self, *, attachments=None, body="", tthc_automatic=False, **kwargs):
        """Post; a file that the commune does not take is left out and named, the letter is kept."""
        kept, dropped = [], []
        for attachment in attachments or ():
            try:
                self._check_file(attachment)
                kept.append(attachment)
            except ValidationError as error:
                dropped.append(str(error.args[0]))
        if dropped:
            body = Markup("%s<br/>%s<br/>%s") % (
                body,
                self.env._("Files that were not kept:"),
                Markup("<br/>").join(dropped),
            )
        return super().message_post(attachments=kept, body=body, **kwargs)

    def _check_file(self, attachment):
        name, content = attachment[:2]
        content = content.encode() if isinstance(content, str) else content
        self.env["ir.attachment"].checked(
            {"name": name, "raw": content, "res_model": self._name, "res_id": self.id}
        )

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        return [("sender_email", "=ilike", email_from_normalized), ("channel", "=", "email")]

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
