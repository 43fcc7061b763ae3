import io
from unittest.mock import patch

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..rules.register import COLUMNS
from ..wizard import dossier_register
from .common import at
from .test_slip_forms import LONG_NAME, LONG_PROCEDURE, SlipCase
from .test_slip_pdf import POINTS, pages_of, right_edge

A4_LANDSCAPE = [297, 210]


@tagged("post_install", "-at_install")
class TestRegister(SlipCase, HttpCase):
    def register(self, group="counter", **values):
        return self.model(group, "tthc.dossier.register").create(
            {"date_from": "2023-08-01", "date_to": "2023-08-31", **values}
        )

    def rows(self, register):
        return register._rows([id_ for id_, _entry in register._entries()])

    def test_on_paper(self):
        self.revise(name=LONG_PROCEDURE)
        dossiers = [
            self.received("2023-08-07", applicant_name=LONG_NAME, applicant_address=LONG_NAME),
            self.received("2023-08-08", procedure="calendar"),
        ]
        self.received("2023-09-01", applicant_name="Người khác")
        with at("2023-08-09"):
            dossier = dossiers[0]
            self.as_user("leader", dossier).action_process(self.users["officer"].id)
            self.as_user("officer", dossier).action_settle()
            dossier.action_return("counter", "Lê Văn Nhận")
        pdf = self.register().pdf()
        cover, table = pages_of(pdf)
        for page in PdfReader(io.BytesIO(pdf)).pages:
            self.assertEqual([round(side / POINTS) for side in page.mediabox[2:]], A4_LANDSCAPE)
        self.assertLessEqual(right_edge(pdf), 297 - 9)
        for expected in (
            "Mẫu số 06",
            "UBND XÃ THỬ NGHIỆM",
            "SỔ THEO DÕI HỒ SƠ",
            "Lĩnh vực: tất cả",
            "Quyển số: 01/2023",
            "Từ ngày 01/08/2023 đến ngày 31/08/2023",
        ):
            self.assertIn(expected, cover)
        for expected in (
            "Nhận kết quả từ cơ quan giải quyết",
            "Phương thức Ký nhận",
            LONG_NAME,
            LONG_PROCEDURE,
            "07/08/2023 14/08/2023 09/08/2023 09/08/2023 09/08/2023 Trực tiếp Lê Văn Nhận",
        ):
            # a narrow cell ends without a space
            self.assertIn(expected.replace(" ", ""), table.replace(" ", ""))
        self.assertNotIn("Người khác", table)
        self.assertNotIn("030185000123", table)

    def test_the_form_of_a_later_regime(self):
        register = self.register(date_from="2025-08-01", date_to="2025-08-31")
        cover, table = pages_of(register.pdf())
        self.assertIn("Mẫu số 07", cover)
        self.assertIn("Không có hồ sơ", table)

    def test_of_a_sector_and_of_what_one_sees(self):
        mine = self.received("2023-08-07")
        other = self.received("2023-08-07", procedure="calendar")
        codes = {
            (group, bool(sectors)): [
                row["code"] for row in self.rows(self.register(group, sector_ids=sectors.ids))
            ]
            for group, sectors in (
                ("counter", self.env["tthc.sector"]),
                ("counter", self.land),
                ("officer", self.env["tthc.sector"]),
            )
        }
        self.assertEqual(codes["counter", False], [mine.name, other.name])
        self.assertEqual(codes["counter", True], [other.name])
        self.assertEqual(codes["officer", False], [mine.name])

    def test_the_entry_is_the_number_of_the_first_receipt(self):
        dossier = self.received("2023-08-07")
        receipt = dossier.slip_ids
        receipt.sudo().copy({"number": receipt.number + 5000})  # as a new date gives one
        [row] = self.rows(self.register())
        self.assertEqual(row["entry"], f"{receipt.number:02d}")

    def test_as_many_queries_for_many(self):
        counts = []
        for many in (2, 20):
            for _ in range(many):
                self.received("2023-08-07")
            register = self.register()
            for _warm in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.rows(register)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_in_excel(self):
        self.received("2023-08-07", applicant_name="=cmd|'/c calc'!A1")
        self.authenticate("test_counter", "test_counter")
        answer = self.url_open(self.register().action_xlsx()["url"])
        self.assertIn("so-theo-doi_20230801_20230831.xlsx", answer.headers["Content-Disposition"])
        sheet = load_workbook(io.BytesIO(answer.content)).active
        cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
        self.assertEqual(cells["=cmd|'/c calc'!A1"].data_type, "s")
        self.assertIn("SỔ THEO DÕI HỒ SƠ", cells)
        for column in COLUMNS:
            self.assertIn(column.label, cells)
            self.assertIn(column.group or column.label, cells)
        self.assertEqual(sheet.page_setup.orientation, "landscape")

    def test_whose_it_is(self):
        register = self.register()
        self.authenticate("test_leader", "test_leader")
        self.assertEqual(self.url_open(f"/tthc/register/{register.id}/pdf").status_code, 404)
        self.authenticate("test_counter", "test_counter")
        self.assertEqual(self.url_open(register.action_pdf()["url"]).content[:4], b"%PDF")
        self.assertEqual(self.url_open(f"/tthc/register/{register.id}/exe").status_code, 404)

    def test_a_long_one_is_drawn_in_parts(self):
        """As one book: one cover, every dossier once and in order, pages numbered through."""
        with at("2023-08-07"), patch.object(dossier_register, "AT_ONCE", 12):
            values = {
                "procedure_id": self.procedures["days"].id,
                "applicant_name": "Nguyễn Thị Đào",
                "company_id": self.company.id,
            }
            self.model("counter").create_received([values] * 30)
            register = self.register()
            action = register.action_pdf()
            self.assertEqual(action["params"], {"id": register.id, "total": 30})
            with self.assertRaises(UserError):
                register.pdf()
            self.received("2023-08-08")  # while it is drawn: it is in the next one
            self.assertEqual([register.draw_part() for _ in range(4)], [12, 24, 30, 30])
            pdf = register.pdf()
            with self.assertRaises(AccessError):
                self.as_user("leader", register).draw_part()
        cover, *pages = pages_of(pdf)
        self.assertIn("SỔ THEO DÕI HỒ SƠ", cover)
        self.assertNotIn("SỔ THEO DÕI HỒ SƠ", " ".join(pages))
        for number, page in enumerate(pages, 2):
            self.assertEqual(page.split()[-1], str(number))
        text = "".join(pages).replace(" ", "")
        codes = self.env["tthc.dossier"].browse(register.listed_ids).mapped("name")
        places = [text.index(code.replace(" ", "")) for code in codes]
        self.assertEqual(places, sorted(places))
        self.assertEqual(text.count("NguyễnThịĐào"), 30)

    def test_the_wrong_way_round(self):
        with self.assertRaises(UserError):
            self.register(date_to="2023-07-01").action_pdf()
