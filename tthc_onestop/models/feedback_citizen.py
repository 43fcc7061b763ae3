import hashlib
import hmac
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_datetime

from ..rules import feedback as rules
from ..rules.search_text import find, text_of

HOURLY, HOURLY_OF_ALL = 5, 200  # feedback by the public form: from one address, in a commune
PUBLIC_CHARACTERS = 10_000
# what somebody who is not logged in may say, and how long it may be
PUBLIC_FIELDS = {
    "subject": 200,
    "content": PUBLIC_CHARACTERS,
    "proposal": PUBLIC_CHARACTERS,
    "sender_name": 200,
    "sender_address": 300,
    "sender_phone": 30,
    "sender_email": 100,
}
PUBLISHED = 1000  # answers in which is searched
# public pages are Vietnamese, whatever the language of the server
PROGRESS = {
    "received": "Đã tiếp nhận",
    "refused": "Không được tiếp nhận",
    "classified": "Đã phân loại",
    "forwarded": "Đã chuyển cơ quan có thẩm quyền",
    "in_progress": "Đang xử lý",
    "answered": "Đã trả lời",
    "published": "Đã trả lời, công khai",
    "closed": "Đã kết thúc",
}
ASKED = "Chờ bổ sung thông tin"


class NotTaken(ValueError):
    """What was written on the public page is not registered; says why, in Vietnamese."""


class TooMany(NotTaken):
    """More came from one place in an hour than people write."""


class TthcFeedback(models.Model):
    """What a citizen is shown of a feedback and may do, with an account and without."""

    _inherit = "tthc.feedback"

    web_source = fields.Char(
        copy=False,
        index="btree_not_null",
        export_string_translation=False,
        groups="base.group_system",
    )

    @api.private
    @api.model
    def from_public(self, company, values, address, partner):
        """Register what somebody has written on the public page. For its controller alone.

        :param values: clean texts
        :param address: the network address it came from; what is kept of it is a digest
        :return: the register number; of what was sent twice that of the first time
        :raises TooMany: it is one of too many in an hour
        :raises NotTaken: it is too long, or lacks its subject, content or name
        """
        said = {name: values.get(name) or "" for name in PUBLIC_FIELDS}
        for name, most in PUBLIC_FIELDS.items():
            if len(said[name]) > most:
                raise NotTaken(f"Nội dung quá dài: tối đa {most} ký tự mỗi mục.")
        if not all(said[name] for name in ("subject", "content", "sender_name")):
            raise NotTaken("Hãy ghi họ tên, tiêu đề và nội dung phản ánh, kiến nghị.")
        if not said["sender_address"] or not (said["sender_phone"] or said["sender_email"]):
            raise NotTaken("Hãy ghi địa chỉ và số điện thoại (hoặc thư điện tử) của người gửi.")
        source = self._source(address)
        since = fields.Datetime.now() - timedelta(hours=1)
        every = self.sudo()  # anybody may add one, and sees none
        said = self._said(said) | {
            "partner_id": partner and partner.id,
            "about_officer": bool(values.get("about_officer")),
            "company_id": company.id,
            "channel": "web",
            "web_source": source,
        }
        if number := every._number_of_the_same(said):
            return number
        recent = [("channel", "=", "web"), ("create_date", ">=", since)]
        if (
            every.search_count([*recent, ("web_source", "=", source)]) >= HOURLY
            or every.search_count([*recent, ("company_id", "=", company.id)]) >= HOURLY_OF_ALL
        ):
            raise TooMany(
                "Đã có nhiều phản ánh, kiến nghị được gửi từ nơi này trong một giờ qua. "
                "Hãy thử lại sau, hoặc gọi số điện thoại chuyên dùng."
            )
        return every.create(said).name

    def _number_of_the_same(self, said):
        """The register number of what has the same values; the second of two clicks waits here."""
        key = repr(sorted(said.items()))
        self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", key))
        # what is registered by now, not when this request began
        with self.env.registry.cursor() as cr:
            same = [(field, "=", value or False) for field, value in said.items()]
            return self.with_env(self.env(cr=cr)).search(same, limit=1).name

    @api.model
    def _source(self, address):
        """A digest of a network address that is another one tomorrow."""
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        text = f"{address} {fields.Date.today()}"
        return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()

    @api.private
    @api.model
    def progress_of_feedback(self, number):
        """Number and progress of a feedback, None when there is none: for everybody."""
        number = rules.clean(number or "", 60).upper()
        found = number and self.sudo().search([("name", "=", number)], limit=1)
        return {"number": found.name, "progress": found._progress()} if found else None

    def _progress(self):
        if self.waiting == rules.SENDER:
            return ASKED
        return PROGRESS[self.status]

    @api.private
    @api.model
    def published(self, company, query):
        """The published answers of a commune that have the words of a query, the newest first."""
        every = self.sudo().search(
            [("company_id", "=", company.id), ("published_on", "!=", False)],
            order="published_on DESC, id DESC",
            limit=PUBLISHED,
        )  # what is published is public
        texts = [text_of(each.public_question, each.public_answer) for each in every]
        return [
            {
                "question": every[place].public_question,
                "answer": every[place].public_answer,
                "day": f"{every[place].published_on:%d/%m/%Y}",
            }
            for place in sorted(find(query, texts))
        ]

    # ---------------------------------------------------------------- with an account

    @api.private
    @api.model
    def of_sender(self, partner):
        """The feedback of a contact, past the rights of the user; for the portal alone."""
        return self.sudo().search([("partner_id", "=", partner.id)], order="id desc")

    @api.private
    def sender_values(self):
        """What the sender is shown of one: words and moments, no record, no note."""
        self.ensure_one()
        told = self.status in ("answered", "published", "closed")
        asked = self.event_ids.filtered(lambda event: event.kind in ("ask_more", "refuse"))
        review = self.event_ids.filtered(lambda event: event.kind == "tell")
        return {
            "id": self.id,
            "number": self.name,
            "subject": self.subject,
            "content": self.content,
            "progress": self._progress(),
            "received": self._moment(self.received_at),
            "due": f"{self.due_on:%d/%m/%Y}" if self.due_on and self.due_kind == "handle" else "",
            "agency": self.agency or "",
            "answer": told and self.answer or "",
            "said": asked[-1:].reason or "",
            "review": review[-1:].reason or "",
            "may_reply": self.waiting == rules.SENDER,
            "may_rate": self.status in ("answered", "published"),
            "solved": self.solved or "",
        }

    def _moment(self, moment):
        tz = "Asia/Ho_Chi_Minh"  # of the commune, wherever the sender is
        return format_datetime(self.env, moment, tz=tz, dt_format="HH:mm dd/MM/yyyy")

    @api.private
    def sender_says(self, text):
        """Keep what the sender was asked for, and go on. For the portal alone."""
        text = rules.clean(text, PUBLIC_CHARACTERS)
        if text and self.waiting == rules.SENDER:
            self.message_post(body=text, author_id=self.partner_id.id)
            self.action_resume()
