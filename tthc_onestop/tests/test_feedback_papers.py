import csv
import io
import json
from datetime import date, datetime

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .common import at
from .feedback_common import FeedbackCase

FORMULA = "=cmd|' /C calc'!A0"


def text_of(pdf):
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )


@tagged("post_install", "-at_install")
class TestFeedbackPapers(FeedbackCase, HttpCase):
    def book(self, group="leader", **values):
        return self.model(group, "tthc.feedback.register").create(
            {
                "company_id": self.company.id,
                "date_from": "2023-06-05",
                "date_to": "2023-06-30",
                **values,
            }
        )

    def test_book(self):
        with at("2023-06-04"):
            self.entered("2023-06-04", content="Trước kỳ")
        answered = self.answered(content=f"{FORMULA}<b>x</b>", sender_name="@SUM(1+1)")
        refused = self.entered()
        with at("2023-06-06"):
            self.as_user("leader", refused).action_refuse("Không rõ")
        self.entered("2023-07-01", content="Sau kỳ")
        book = self.book()
        text = text_of(book.pdf())
        for words in ("SỔ TIẾP NHẬN PHẢN ÁNH, KIẾN NGHỊ", "Quy định", "09/06/2023", "Văn bản"):
            self.assertIn(words, text)
        self.assertNotIn("Trước kỳ", text)
        sheet = load_workbook(io.BytesIO(book.xlsx())).active
        rows = list(sheet.iter_rows(min_row=8))
        self.assertEqual([row[0].value for row in rows], [
            f"{each.number:02d}" for each in (answered, refused)
        ])  # fmt: skip
        self.assertEqual(rows[0][1].value, datetime(2023, 6, 5))
        self.assertEqual({cell.data_type for row in rows for cell in row} - {"s", "d", "n"}, set())
        self.assertIn(FORMULA, rows[0][5].value)
        self.assertEqual(rows[0][5].data_type, "s")
        self.assertEqual(rows[1][12].value, "Không tiếp nhận, ngoài phạm vi")

    def test_long_text(self):
        self.entered(content="Rất dài " * 12_500, subject="x" * 500)
        book = self.book()
        sheet = load_workbook(io.BytesIO(book.xlsx())).active
        self.assertLessEqual(len(sheet.cell(8, 6).value), 500)
        self.assertLess(len(PdfReader(io.BytesIO(book.pdf())).pages), 4)

    def test_book_of_what_one_sees(self):
        self.entered(by="counter", about_officer=True, sender_name="Trần Kín")
        self.assertIn("Trần Kín", text_of(self.book().pdf()))
        self.assertNotIn("Trần Kín", text_of(self.book("statistician").pdf()))

    def test_wrong_days(self):
        with self.assertRaises(UserError):
            self.book(date_to="2023-06-01").action_pdf()

    def test_receipt(self):
        feedback = self.entered(channel="phone")
        text = text_of(feedback.receipt_pdf())
        for words in (feedback.name, "Nguyễn Thị Đào", "09:00 ngày 05/06/2023", "Điện thoại"):
            self.assertIn(words, text)

    def test_notice(self):
        with self.assertRaises(UserError):
            self.company.tthc_notice_pdf()
        self.company.write(
            {
                "tthc_feedback_address": "Thôn Đoài",
                "tthc_feedback_post": "Hộp thư 1",
                "tthc_feedback_phone": "0220 111 222",
                "tthc_feedback_website": "xa.example",
                "tthc_feedback_email": "pa@xa.example",
            }
        )
        wording = self.env["tthc.slip.wording"].search([("subject", "=", "notice")])
        wording.write({"closing": "Ghi rõ tên."})
        text = text_of(self.company.tthc_notice_pdf("A3"))
        for words in ("Thôn Đoài", "Hộp thư 1", "0220 111 222", "xa.example", "Ghi rõ tên."):
            self.assertIn(words, text)

    def test_over_http(self):
        """Each gets the papers of what they see, and no others."""
        shown, hidden = self.classified(), self.entered(about_officer=True)
        book = self.book("counter")
        other = self.book("leader")
        self.company.tthc_feedback_phone = "1"
        self.authenticate("test_counter", "test_counter")
        for path, status in (
            (f"/tthc/feedback/{shown.id}/receipt", 200),
            (f"/tthc/feedback/{hidden.id}/receipt", 404),
            (f"/tthc/feedback/register/{book.id}/pdf", 200),
            (f"/tthc/feedback/register/{book.id}/xlsx", 200),
            (f"/tthc/feedback/register/{other.id}/pdf", 404),
            ("/tthc/feedback/notice/999999", 404),
        ):
            with self.subTest(path):
                self.assertEqual(self.url_open(path).status_code, status)

    def test_limits_move_what_is_due(self):
        feedback = self.assigned()
        self.assertEqual(feedback.due_on, date(2023, 6, 26))
        settings = self.model("manager", "tthc.commune.settings").create({})
        settings.tthc_feedback_handle_days = 10
        settings.action_save()
        self.assertEqual(feedback.due_on, date(2023, 6, 19))
        self.assertIn("10", feedback.deadline_explanation.splitlines()[0])

    def exported(self, kind, records, names, groupby=()):
        asked = {
            "model": records._name,
            "fields": [{"name": name, "label": name, "type": "char"} for name in names],
            "ids": records.ids,
            "domain": [],
            "groupby": groupby,
            "import_compat": False,
        }
        form = {"data": json.dumps(asked), "csrf_token": Request.csrf_token(self)}
        return self.url_open(f"/web/export/{kind}", data=form).content

    def test_exports_of_the_list(self):
        """Odoo's own exports, which everybody with a list has, make no formula of it either."""
        feedback = self.classified(
            content=FORMULA,
            subject="external:\\\\x",
            sender_name="=SUM(1)",
            sender_address="@SUM(1)",
        )
        self.as_user("leader", feedback).action_ask_more(FORMULA)
        self.users["leader"].group_ids += self.env.ref("base.group_allow_export")
        self.authenticate("test_leader", "test_leader")
        names = ("content", "subject", "sender_name", "sender_address")
        for records, columns, groups in (
            (feedback, names, ()),
            (feedback, ("subject", "content"), ("sender_name",)),
            (feedback.event_ids, ("reason", "kind"), ()),
            (feedback.procedure_id, ("feedback_ids/content", "feedback_ids/sender_name"), ()),
        ):
            with self.subTest(records=records, groups=groups):
                sheet = load_workbook(io.BytesIO(self.exported("xlsx", records, columns, groups)))
                cells = [cell for row in sheet.active.rows for cell in row if cell.value]
                self.assertEqual({cell.data_type for cell in cells}, {"s"})
                self.assertIn(FORMULA, [cell.value for cell in cells])
        rows = [*csv.reader(io.StringIO(self.exported("csv", feedback, names).decode()))]
        self.assertEqual(rows[1], [f"'{feedback[name]}" for name in names])
