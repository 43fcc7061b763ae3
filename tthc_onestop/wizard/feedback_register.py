from datetime import date

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.feedback_receipt import CHANNELS
from ..render.pdf import html_to_pdf
from ..render.register_xlsx import workbook
from ..rules.feedback import shortened
from ..rules.register import FEEDBACK_COLUMNS, Cover, headings

MOST = 2000  # entries in one book
CELL, NAME = 500, 90  # characters of what was said, of the name of a procedure
# the book is Vietnamese by law, whatever the language of the user
CATEGORIES = {"conduct": "Hành vi", "regulation": "Quy định", "initiative": "Sáng kiến"}
STATUSES = {
    "received": "Chưa phân loại",
    "refused": "Không tiếp nhận",
    "classified": "Đã phân loại",
    "forwarded": "Đã chuyển",
    "in_progress": "Đang xử lý",
    "answered": "Đã trả lời",
    "published": "Đã công khai",
    "closed": "Kết thúc",
}
WAITING = {
    "sender": "chờ người gửi",
    "suspended": "tạm dừng",
    "approval": "chờ duyệt",
    "approved": "chờ gửi",
}
REFUSALS = {
    "incomplete": "thiếu thông tin",
    "complaint": "khiếu nại",
    "denunciation": "tố cáo",
    "outside": "ngoài phạm vi",
}
SOLVED = {"yes": "đã giải quyết", "partly": "giải quyết một phần", "no": "chưa giải quyết được"}


class TthcFeedbackRegister(models.TransientModel):
    """The book of the feedback received in a time, as the user sees it: on paper or in Excel."""

    _name = "tthc.feedback.register"
    _description = "Register of feedback"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, string="Commune"
    )
    date_from = fields.Date(
        required=True,
        string="Received from",
        default=lambda self: fields.Date.context_today(self).replace(month=1, day=1),
    )
    date_to = fields.Date(required=True, string="Received until", default=fields.Date.context_today)
    book = fields.Char(string="Book number", required=True, default="01")

    def action_pdf(self):
        return self._open("pdf")

    def action_xlsx(self):
        return self._open("xlsx")

    def action_notice(self):
        """The notice on feedback to hang up."""
        self.company_id.tthc_check_contacts()
        url = f"/tthc/feedback/notice/{self.company_id.id}"
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}

    def _open(self, kind):
        self.ensure_one()
        self._entries()  # what is wrong is said here, where it can be corrected
        return {
            "type": "ir.actions.act_url",
            "url": f"/tthc/feedback/register/{self.id}/{kind}",
            "target": "new" if kind == "pdf" else "download",
        }

    def _entries(self):
        if self.date_to < self.date_from:
            raise UserError(self.env._("The last day is before the first day."))
        found = self.env["tthc.feedback"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("received_on", ">=", self.date_from),
                ("received_on", "<=", self.date_to),
            ],
            order="year, number",
            limit=MOST + 1,
        )
        if len(found) > MOST:
            raise UserError(
                self.env._("More than %(count)s entries: choose a shorter time.", count=MOST)
            )
        return found

    def xlsx(self):
        """The book as an Excel file."""
        return workbook(self._cover(), map(self._row, self._entries()), FEEDBACK_COLUMNS)

    def pdf(self):
        """The book as PDF on A4, landscape."""
        rows = [
            {
                key: f"{value:%d/%m/%Y}" if isinstance(value, date) else value
                for key, value in self._row(feedback).items()
            }
            for feedback in self._entries()
        ]
        html = self.env["ir.qweb"]._render(
            "tthc_onestop.dossier_register",
            {
                "cover": self._cover(),
                "pages": 0,
                "columns": FEEDBACK_COLUMNS,
                "headings": headings(FEEDBACK_COLUMNS),
                "rows": rows,
                "nothing": "Không có phản ánh, kiến nghị trong thời gian này",
            },
            minimal_qcontext=True,
        )
        return html_to_pdf(str(html), fields.Datetime.now())

    def _cover(self):
        regime = self.env["tthc.regime"].in_force_on(self.date_to)
        return Cover(
            form="",
            agency=self.company_id.name.upper(),
            desk=regime.desk_name.upper(),
            title="SỔ TIẾP NHẬN PHẢN ÁNH, KIẾN NGHỊ",
            sectors="tất cả",
            book=f"{self.book}/{self.date_from.year}",
            period=f"Từ ngày {self.date_from:%d/%m/%Y} đến ngày {self.date_to:%d/%m/%Y}",
        )

    def _row(self, feedback):
        contact = (feedback.sender_address, feedback.sender_phone, feedback.sender_email)
        states = (
            STATUSES[feedback.status],
            WAITING.get(feedback.waiting),
            REFUSALS.get(feedback.refusal_kind),
            SOLVED.get(feedback.solved),
            feedback.duplicate_of_id and f"trùng số {feedback.duplicate_of_id.number:02d}",
        )
        return {
            "number": f"{feedback.number:02d}",
            "received": feedback.received_on,
            "sender": feedback.sender_name,
            "contact": ", ".join(filter(None, contact)),
            "channel": CHANNELS[feedback.channel],
            "content": shortened(f"{feedback.subject}: {feedback.content}", CELL),
            "category": CATEGORIES.get(feedback.category),
            "procedure": shortened(feedback.procedure_id.name, NAME),
            "handler": feedback.agency or feedback.officer_id.name,
            "due": feedback.due_on,
            "answered": feedback.answered_on or feedback.dismissed_on,
            "published": feedback.published_on,
            "note": ", ".join(filter(None, states)),
        }
