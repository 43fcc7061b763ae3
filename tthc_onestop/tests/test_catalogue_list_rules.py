import io
import zipfile
from dataclasses import replace

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..render.catalogue_xlsx import workbook
from ..rules.catalogue import UNITS, Procedure, read_list
from ..rules.catalogue_change import COLUMNS, PARTS, cells_of, changed_parts, plan_of
from ..rules.catalogue_columns import columns_of
from ..rules.catalogue_papers import Paper, read_papers, write_papers
from ..rules.sheet import MOST_BYTES, MOST_ROWS, read_csv, read_sheet, write_csv

# what a cell may hold: any text but what neither Excel nor Odoo keeps
letters = st.characters(
    exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), exclude_characters="\ufeff"
)
texts = st.text(letters, max_size=12).map(lambda text: " ".join(text.split()))
tricky = st.sampled_from(
    ["2) Ảnh", "Xuất trình: thẻ", "a | b", 'Mẫu "A" | B', "Thẻ – 2 bản sao", "=1+1", "'=1", "thẻ"]
)
names = (texts | tricky).filter(bool)
papers = st.builds(
    Paper, names, st.sampled_from(["hand_in", "show"]), st.integers(0, 3), st.integers(0, 3)
)
codes = st.integers(0, 999_999).map(lambda number: f"1.{number:06d}")
terms = st.sampled_from(
    [(0, None), (1, "same_day"), (0.5, "working_day"), (15, "day"), (12, "hour")]
)


@st.composite
def procedures(draw):
    duration, unit = draw(terms)
    return Procedure(
        row=1,
        code=draw(codes),
        name=draw(names),
        sector=draw(names),
        duration=duration,
        duration_unit=unit,
        duration_text=draw(texts),
        duration_max_text=draw(texts),
        online_level=draw(st.sampled_from([None, "none", "partial", "full"])),
        fee_text=draw(texts),
        result_name=draw(texts),
        note=draw(texts),
        source=draw(texts),
        unverified=(),
        papers=tuple(draw(st.lists(papers, max_size=3))),
        legal_bases=tuple(draw(st.lists(names, max_size=2))),
    )


catalogues = st.lists(procedures(), max_size=5, unique_by=lambda each: each.code)
PLAIN = Procedure(
    1,
    "1.000001",
    "A",
    "Hộ tịch",
    5,
    "working_day",
    "5 ngày làm việc",
    "",
    None,
    "",
    "",
    "",
    "",
    (),
    (),
)


def listing(*rows):
    """A list whose first row is of headings."""
    return read_list(read_csv(write_csv(rows)))


@tagged("post_install", "-at_install")
class TestCatalogueListRules(BaseCase):
    def test_headings(self):
        """Each heading seen in a published list (control.md §3), in any order and spelling."""
        for cells, expected in [
            (
                ["STT", "Mã TTHC", "Tên", "Lĩnh vực", "Thời gian tối đa", "Phí"],
                "stt ma_tthc ten_tthc linh_vuc thoi_han phi_le_phi",
            ),
            (["TÊN THỦ TỤC HÀNH CHÍNH", "Mã số", "x"], "ten_tthc ma_tthc"),
            (["Phí, lệ phí (nếu có)", "Căn cứ pháp lý"], "phi_le_phi can_cu_phap_ly"),
            (["ma_tthc", "don_vi_thoi_han"], "ma_tthc don_vi_thoi_han"),
            (["Mã TTHC", "Mã số"], "ma_tthc"),
        ]:
            with self.subTest(cells):
                self.assertEqual(list(columns_of(cells)), expected.split())

    def test_a_list_as_a_province_publishes_it(self):
        """A title, headings, and rows that name the sector of those below them."""
        found = listing(
            ["DANH MỤC THỦ TỤC HÀNH CHÍNH CẤP XÃ", "", "", ""],
            ["Thời hạn giải quyết", "Mã TTHC", "Tên thủ tục hành chính", "STT"],
            ["", "", "LĨNH VỰC HỘ TỊCH (02 TTHC)", "I"],
            ["Trong ngày; sau 15 giờ: ngày làm việc tiếp theo", "1.001193", "Khai sinh", "1"],
            ["05 ngày làm việc kể từ ngày nhận", "1.000894", "Kết hôn", "2"],
            ["", "", "II. Lĩnh vực Đất đai", ""],
            ["Không quá 45 ngày", "1.003554.H23", "Hòa giải", "1"],
            ["Theo mùa", "1.003555", "Khác", "2"],
        )
        self.assertEqual(
            [
                (each.sector, each.code, each.duration, each.duration_unit)
                for each in found.procedures
            ],
            [
                ("Hộ tịch", "1.001193", 1, "same_day"),
                ("Hộ tịch", "1.000894", 5, "working_day"),
                ("Đất đai", "1.003554.H23", 45, "day"),
            ],
        )
        [problem] = found.problems
        self.assertEqual((problem.row, problem.code, problem.value), (8, "bad_number", "Theo mùa"))

    def test_terms_in_words(self):
        for words, number, unit in [
            ("03 ngày", 3, "day"),
            ("0,5 ngày làm việc", 0.5, "working_day"),
            ("08 giờ làm việc", 8, "hour"),
            ("Ngay trong ngày tiếp nhận; sau 15 giờ thì ngày làm việc tiếp theo", 1, "same_day"),
            ("Không quy định", 0, None),
            ("", 0, None),
        ]:
            with self.subTest(words):
                found = listing(
                    ["Mã TTHC", "Tên", "Lĩnh vực", "Thời hạn"], ["1.000001", "A", "B", words]
                )
                [procedure] = found.procedures
                self.assertEqual((procedure.duration, procedure.duration_unit), (number, unit))

    def test_the_parts_that_change(self):
        for part, new in [
            ("name", replace(PLAIN, name="B")),
            ("duration", replace(PLAIN, duration=4)),
            ("duration", replace(PLAIN, duration_unit="day")),
            ("duration_text", replace(PLAIN, duration_text="x")),
            ("fee", replace(PLAIN, fee_text="x")),
            ("documents", replace(PLAIN, papers=(Paper("A"),))),
            ("legal_bases", replace(PLAIN, legal_bases=("A",))),
        ]:
            with self.subTest(part):
                self.assertEqual(changed_parts(PLAIN, new), (part,))
                self.assertFalse(
                    changed_parts(PLAIN, new, ["ma_tthc"]), "the list has no such column"
                )
        self.assertFalse(changed_parts(PLAIN, replace(PLAIN, sector="HỘ TỊCH", name=" A ")))

    def test_what_is_abolished(self):
        """Only what the list says, or on request what is not in it, of its sectors."""
        current = {
            each.code: each
            for each in (
                PLAIN,
                replace(PLAIN, code="1.000002"),
                replace(PLAIN, code="1.000003", sector="Đất đai"),
                replace(PLAIN, code="1.000004"),
            )
        }
        head = ["Mã TTHC", "Tên", "Lĩnh vực", "Thời hạn", "Trạng thái"]
        found = listing(
            head,
            ["1.000001.H23", "A", "Hộ tịch", "5 ngày làm việc", ""],
            ["1.000002", "", "", "", "Bãi bỏ"],
            ["1.000009", "A", "Hộ tịch", "", "bãi bỏ"],
            ["1.000008", "A", "Hộ tịch", "", "bị bãi bỏ"],
            ["1.000002", "A", "Hộ tịch", "5 ngày", ""],
            ["1.000004", "", "Hộ tịch", "5 ngày", ""],
        )
        plan = plan_of(found, current, ["1.000008"])
        self.assertEqual(plan.abolished, [(3, "1.000002")], "what is said first counts")
        self.assertEqual(plan.unchanged, [(2, "1.000001"), (5, "1.000008")])
        self.assertEqual(
            {(each.row, each.code) for each in plan.problems},
            {(4, "unknown"), (6, "duplicate"), (7, "missing")},
        )
        plan = plan_of(
            listing(head, *[["1.000001", "A", "Hộ tịch", "5 ngày làm việc", ""]]), current
        )
        self.assertFalse(plan.abolished)
        plan = plan_of(found, current, abolish_missing=True)
        self.assertNotIn((0, "1.000003"), plan.abolished, "of another sector")
        self.assertNotIn((0, "1.000004"), plan.abolished, "a wrong row is in the list")

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(catalogues)
    def test_what_is_written_is_read_again(self, catalogue):
        """In both kinds of files: a list made from the catalogue changes nothing in it."""
        table = [COLUMNS, *(cells_of(number, each) for number, each in enumerate(catalogue, 1))]
        current = {each.code: each for each in catalogue}
        for content in (write_csv(table).encode("utf-8-sig"), workbook({"Danh mục": table})):
            read = read_list(read_sheet(content))
            plan = plan_of(read, current, abolish_missing=True)
            self.assertFalse(plan.problems + plan.new + plan.changed + plan.abolished)
            self.assertEqual([code for _row, code in plan.unchanged], list(current))
            for one, other in zip(read.procedures, catalogue, strict=True):
                self.assertEqual(one.papers, other.papers)

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(st.lists(papers, max_size=4))
    def test_papers(self, asked):
        self.assertEqual(list(read_papers(write_papers(asked))), asked)

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=5))
    def test_any_table_is_read_or_told_apart(self, rows):
        found = listing(COLUMNS, *rows)
        self.assertLessEqual(len(found.procedures), len(rows))

    def test_every_part_has_a_column(self):
        self.assertEqual(len(PARTS), len(set(PARTS)))
        self.assertEqual(set(UNITS), {"gio", "ngay_lam_viec", "ngay", "trong_ngay"})

    # ---------------------------------------------------------------- files

    def test_no_formula_in_a_file(self):
        """A name is a name, whatever it begins with: it is not run, and read as it was."""
        for name in ("=1+1", "+84", "-1", "@x", "'=1", "=HYPERLINK(x)"):
            with self.subTest(name):
                text = write_csv([[name]])
                self.assertTrue(text.startswith(("'", "\"'")))
                self.assertEqual(read_csv(text)[0].cells, (name,))
                book = openpyxl.load_workbook(io.BytesIO(workbook({"A": [[name]]})))
                self.assertNotEqual(book.active["A1"].data_type, "f")

    def test_a_formula_in_a_sheet_is_not_followed(self):
        book = openpyxl.Workbook()
        book.active.append(['=WEBSERVICE("x")', 1.00072, 5.0, "x"])
        out = io.BytesIO()
        book.save(out)
        [row] = read_sheet(out.getvalue())
        self.assertEqual(row.cells, ("", "1.000720", "5", "x"), "a code gets its zeros back")

    def test_what_is_refused(self):
        def archive(**members):
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
                for name, content in members.items():
                    file.writestr(name, content)
            return out.getvalue()

        for label, content, code in [
            ("large", b"x" * (MOST_BYTES + 1), "large"),
            ("rows", b"a\n" * (MOST_ROWS + 2), "large"),
            ("bomb", archive(a=b"0" * 2**28), "large"),
            (
                "entities",
                archive(**{"xl/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
                "workbook",
            ),
            ("not a workbook", archive(a=b"x"), "workbook"),
            ("torn", b"PK\x03\x04torn", "workbook"),
            ("not text", b"\xff\xfe\x00", "encoding"),
        ]:
            with self.subTest(label), self.assertRaisesRegex(ValueError, code):
                read_sheet(content)
