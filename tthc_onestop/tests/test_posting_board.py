import base64
import io
from unittest.mock import patch

from PIL import Image
from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..models.res_company_notice import CONTACTS
from ..render.pdf import qr_png
from ..wizard.posting_board import TthcPostingBoard
from .test_posting import LINK, PostingCase
from .test_slip_pdf import POINTS, pages_of, right_edge

ADDRESSES = ["Thôn Đoài, xã Thử", "Hòm thư số 1", "0220 123 456", "xa.example", "ubnd@xa.example"]
SIZES = {"A4": [297, 210], "A3": [420, 297]}


@tagged("post_install", "-at_install")
class TestPostingBoard(PostingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(dict(zip(CONTACTS, ADDRESSES, strict=True)))
        cls.procedures["days"] = cls.next_version(
            cls.procedures["days"],
            name="Đăng ký khai sinh",
            fee_text="Miễn lệ phí",
            legal_basis_ids=[Command.create({"name": "Luật Hộ tịch 60/2014/QH13"})],
        )

    def board_of(self, group="statistician", **values):
        sectors = (self.civil + self.land).ids
        return self.model(group, "tthc.posting.board").create({"sector_ids": sectors, **values})

    def test_on_both_papers(self):
        for paper, size in SIZES.items():
            pdf = self.board_of(paper=paper).pdf()
            notice, table = pages_of(pdf)
            for page in PdfReader(io.BytesIO(pdf)).pages:
                self.assertEqual([round(side / POINTS) for side in page.mediabox[2:]], size)
            self.assertLessEqual(right_edge(pdf), size[0] - 10)
            for expected in [*ADDRESSES, "TIẾP NHẬN PHẢN ÁNH, KIẾN NGHỊ", "UBND xã Thử Nghiệm"]:
                self.assertIn(expected, notice)
            for expected in (
                "Lĩnh vực: Hộ tịch (thử) (3 thủ tục)",
                "Lĩnh vực: Đất đai (thử) (1 thủ tục)",
                "9.000001 Đăng ký khai sinh",
                "05 ngày làm việc",
                "Miễn lệ phí",
                "Luật Hộ tịch 60/2014/QH13",
                "4 thủ tục, cập nhật đến ngày",
            ):
                self.assertIn(expected.replace(" ", ""), table.replace(" ", ""))

    def test_with_the_content(self):
        pages = pages_of(self.board_of(with_content=True).pdf())
        self.assertEqual(len(pages), 2 + 4)
        [content] = [page for page in pages[2:] if "Đăng ký khai sinh" in page]
        for expected in ("Tờ khai Nộp 1", "Giấy tờ tùy thân Xuất trình"):
            self.assertIn(expected, content)

    def test_no_remark_of_a_source(self):
        """The public reads what it reads on its pages, and which document a basis is."""
        procedure = self.next_version(
            self.procedures["days"],
            fee_text="Theo Nghị quyết HĐND tỉnh (mức 2023: không tìm được); miễn cho hộ nghèo",
            duration_text="05 ngày làm việc (memory)",
            result_name="Giấy xác nhận (memory)",
            legal_basis_ids=[Command.create({"name": "Thông tư", "number": "01/2020/TT-BTP"})],
        )
        board = self.board_of()
        row = board._row(procedure)
        self.assertEqual(row["fee"], "Theo Nghị quyết HĐND tỉnh; miễn cho hộ nghèo")
        self.assertEqual(row["term"], "05 ngày làm việc")
        self.assertEqual(row["bases"], ["Thông tư (01/2020/TT-BTP)"])
        public = self.env["tthc.procedure"].public_page(procedure.id)
        self.assertEqual(public["legal_bases"], row["bases"])
        parts = dict(board._written_out(procedure)["parts"])
        self.assertEqual(parts["Kết quả thực hiện"], "Giấy xác nhận")

    def test_the_code_can_be_read(self):
        """By its finder patterns and its size: version 4 with a quiet zone, 4 pixels a module."""
        code = self.board_of()._row(self.procedures["days"])["qr"]
        picture = Image.open(io.BytesIO(base64.b64decode(code.partition(",")[2])))
        self.assertEqual(picture.size[0] % 4, 0)
        modules = picture.resize([side // 4 for side in picture.size], Image.Resampling.NEAREST)
        row = [modules.getpixel((x, 4 + 3)) == 0 for x in range(4, 4 + 7)]
        self.assertEqual(row, [True, False, True, True, True, False, True])

    def test_the_code_leads_to_the_public_page(self):
        """Of this commune, as the link of the procedure does."""
        self.env["ir.config_parameter"].set_param("web.base.url", "https://xa.example")
        with patch(f"{TthcPostingBoard.__module__}.qr_png", wraps=qr_png) as drawn:
            self.board_of()._row(self.procedures["days"])
        drawn.assert_called_once_with(
            f"https://xa.example/thu-tuc-hanh-chinh/9.000001?xa={self.company.id}"
        )

    def test_only_what_changed(self):
        for name in ("days", "hours", "open"):
            self.posting(self.board, self.procedures[name]).action_post(url=LINK)
        changed = self.board_of(changed_only=True, place_id=self.board.id)
        self.assertEqual(changed._procedures(), self.procedures["calendar"])
        self.assertIn("chưa niêm yết tại Bảng niêm yết", pages_of(changed.pdf())[1])
        anywhere = self.board_of(changed_only=True)
        self.assertEqual(len(anywhere._procedures()), 4)
        self.posting(self.board, self.procedures["calendar"]).action_post(url=LINK)
        with self.assertRaises(UserError):
            changed.action_print()

    def test_no_board_without_the_notice(self):
        self.company.tthc_feedback_phone = " "
        with self.assertRaises(UserError) as refused:
            self.board_of().action_print()
        label = self.company._fields["tthc_feedback_phone"]._description_string(self.env)
        self.assertIn(label, str(refused.exception))

    def test_too_many_to_be_written_out(self):
        self.env["tthc.procedure"].create(
            [
                {"code": f"8.{number:06d}", "name": "Thủ tục", "sector_id": self.civil.id}
                for number in range(60)
            ]
        )
        self.board_of().action_print()
        with self.assertRaises(UserError):
            self.board_of(with_content=True).action_print()

    def test_what_no_source_confirms_is_told(self):
        self.assertFalse(self.board_of().unverified_count)
        self.revise("hours", unverified_fields="duration")
        self.assertEqual(self.board_of().unverified_count, 1)

    def test_what_no_source_confirms_is_not_said_to_the_public(self):
        self.revise(
            "hours",
            unverified_fields="duration,fee",
            duration_text="10 giờ (memory)",
            fee_text="5.000 đồng (memory)",
        )
        table = pages_of(self.board_of().pdf())[1]
        self.assertNotIn("memory", table)
        self.assertIn("12 giờ làm việc", table)

    def test_as_many_queries_for_many(self):
        counts = []
        for more in (0, 40):
            self.env["tthc.procedure"].create(
                [
                    {"code": f"7.{number:06d}", "name": "Thủ tục", "sector_id": self.civil.id}
                    for number in range(more)
                ]
            )
            board = self.board_of()
            for _warm in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                board._content()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_whose_it_is(self):
        board = self.board_of("communication")
        self.authenticate("test_leader", "test_leader")
        self.assertEqual(self.url_open(f"/tthc/board/{board.id}").status_code, 404)
        self.authenticate("test_communication", "test_communication")
        answer = self.url_open(board.action_print()["url"])
        self.assertEqual(answer.content[:4], b"%PDF")
