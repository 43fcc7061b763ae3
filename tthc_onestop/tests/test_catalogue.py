import base64
import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged
from odoo.tools import file_open

from ..rules.catalogue import REQUIRED_COLUMNS, read_catalogue
from .common import DossierCase

GOOD = {
    "ma_tthc": "1.000001",
    "ten_tthc": "Thủ tục mẫu",
    "linh_vuc": "Lĩnh vực mẫu",
    "thoi_han_so": "5",
    "don_vi_thoi_han": "ngay_lam_viec",
}


def table(*rows):
    out = io.StringIO()
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@tagged("post_install", "-at_install")
class TestCatalogueRules(BaseCase):
    def test_cells(self):
        for change, problem in [
            ({}, None),
            ({"ma_tthc": "2.000815.000.00.00.H55"}, None),
            ({"ma_tthc": "1.000948.H38"}, None),
            ({"thoi_han_so": "0,5"}, None),
            ({"thoi_han_so": "", "don_vi_thoi_han": "dinh_ky"}, None),
            ({"thoi_han_so": "", "don_vi_thoi_han": ""}, None),
            ({"ma_tthc": "1.00193"}, ("ma_tthc", "bad_code")),
            ({"ma_tthc": ""}, ("ma_tthc", "bad_code")),
            ({"ten_tthc": " "}, ("ten_tthc", "missing")),
            ({"linh_vuc": ""}, ("linh_vuc", "missing")),
            ({"thoi_han_so": "0"}, ("thoi_han_so", "bad_number")),
            ({"thoi_han_so": "-3"}, ("thoi_han_so", "bad_number")),
            ({"thoi_han_so": "năm"}, ("thoi_han_so", "bad_number")),
            ({"thoi_han_so": "nan"}, ("thoi_han_so", "bad_number")),
            ({"thoi_han_so": ""}, ("thoi_han_so", "missing")),
            ({"don_vi_thoi_han": ""}, ("don_vi_thoi_han", "no_unit")),
            ({"don_vi_thoi_han": "tuần"}, ("don_vi_thoi_han", "bad_unit")),
        ]:
            with self.subTest(change=change):
                rows, problems = read_catalogue(table(GOOD | change))
                found = [(found.row, found.field, found.code) for found in problems]
                self.assertEqual(found, [(1, *problem)] if problem else [])
                self.assertEqual(len(rows), 0 if problem else 1)

    def test_good_rows_are_read_beside_bad_ones(self):
        rows, problems = read_catalogue(
            table(GOOD, GOOD | {"ma_tthc": "x"}, GOOD, GOOD | {"ma_tthc": "1.000002"})
        )
        self.assertEqual([row.code for row in rows], ["1.000001", "1.000002"])
        self.assertEqual([(p.row, p.code) for p in problems], [(2, "bad_code"), (3, "duplicate")])

    def test_missing_columns(self):
        rows, problems = read_catalogue("a,b\n1,2\n")
        self.assertEqual([found.field for found in problems], list(REQUIRED_COLUMNS))
        self.assertFalse(rows)

    def test_papers(self):
        cell = (
            "1) Tờ khai – 1 bản chính | 2) Ảnh – 2 bản sao; cỡ 3x4 | Xuất trình: căn cước "
            "| Bản chính – xuất trình | "
        )
        [row], _ = read_catalogue(table(GOOD | {"thanh_phan_ho_so": cell}))
        self.assertEqual(
            [(paper.name, paper.kind, paper.originals, paper.copies) for paper in row.papers],
            [
                ("Tờ khai", "hand_in", 1, 0),
                ("Ảnh; cỡ 3x4", "hand_in", 0, 2),
                ("Căn cước", "show", 0, 0),
                ("Bản chính", "show", 0, 0),
            ],
        )

    def test_only_what_is_applied_at_commune_level(self):
        rows, problems = read_catalogue(
            table(
                GOOD | {"ap_dung_cap_xa_2023": "co"},
                GOOD | {"ap_dung_cap_xa_2023": "khong", "ma_tthc": "?"},
                GOOD | {"ap_dung_cap_xa_2023": "khong_chac", "ma_tthc": "1.000002"},
            )
        )
        self.assertEqual((len(rows), problems), (1, []))

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(
        st.lists(
            st.fixed_dictionaries({column: st.text(max_size=12) for column in GOOD}), max_size=5
        )
    )
    def test_any_table_is_read_or_told_apart(self, rows):
        found, problems = read_catalogue(table(*[GOOD, *rows]))
        self.assertEqual(found[0].code, GOOD["ma_tthc"])
        self.assertLessEqual(len(found) + len({problem.row for problem in problems}), 1 + len(rows))

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(st.text(max_size=200))
    def test_any_text_is_no_error(self, text):
        read_catalogue(text)


@tagged("post_install", "-at_install")
class TestCatalogue(DossierCase):
    def setUp(self):
        super().setUp()
        with file_open("tthc_onestop/data/procedures_commune.csv") as file:
            self.rows = list(csv.DictReader(file))

    def test_the_shipped_list_is_loaded(self):
        """Every row that applies to communes in 2023, with its parts; none of the others."""
        procedures = self.env["tthc.procedure"].with_context(active_test=False).search([])
        by_code = {procedure.code: procedure for procedure in procedures}
        loaded = [row for row in self.rows if row["ap_dung_cap_xa_2023"] == "co"]
        self.assertEqual(len(loaded), 150)
        for row in loaded:
            procedure = by_code[row["ma_tthc"]]
            self.assertEqual(procedure.name, row["ten_tthc"].strip())
            self.assertEqual(procedure.sector_id.name, row["linh_vuc"])
            self.assertEqual(procedure.duration, float(row["thoi_han_so"] or 0))
            self.assertEqual(procedure.duration_text or "", row["thoi_han"])
            self.assertEqual(procedure.fee_text or "", row["phi_le_phi"])
            self.assertEqual(procedure.source or "", row["source"])
            for word, field in [("ma", "code"), ("ten", "name")]:
                verified = word in row["verified_fields"].split(";")
                self.assertEqual(field in procedure.unverified_fields.split(","), not verified)
        for row in self.rows:
            if row["ap_dung_cap_xa_2023"] != "co":
                self.assertNotIn(row["ma_tthc"], by_code)

    def test_search_without_diacritics(self):
        procedure = self.env["tthc.procedure"].search([("code", "=", "2.000815")])
        for words in (
            "chung thuc ban sao",
            "ban sao chung thuc tu ban chinh",
            "2.000815",
            "Chứng thực bản sao",
        ):
            with self.subTest(words=words):
                found = [
                    id_ for id_, _ in self.model("counter", "tthc.procedure").name_search(words)
                ]
                self.assertIn(procedure.id, found)
        self.assertFalse(self.env["tthc.procedure"].name_search("xin cap phep bay vu tru"))

    def test_loading_again_changes_nothing(self):
        procedure = self.env["tthc.procedure"].search([("code", "=", "2.000815")])
        procedure = procedure.copy({"name": "Tên đã sửa", "decision_id": self.decision().id})
        procedure.action_publish()
        count = self.env["tthc.procedure"].search_count([])
        self.env["tthc.procedure"].load_shipped_catalogue()
        self.assertEqual(self.env["tthc.procedure"].search_count([]), count)
        self.assertEqual(procedure.name, "Tên đã sửa")

    def wizard(self, content, group="manager"):
        return self.model(group, "tthc.procedure.import").create(
            {"file": base64.b64encode(content)}
        )

    def test_wizard(self):
        rows = [GOOD | {"ma_tthc": "8.000001"}, GOOD | {"ma_tthc": "sai", "thoi_han_so": "5 ngày"}]
        wizard = self.wizard(("\ufeff" + table(*rows)).encode())
        wizard.action_check()
        self.assertIn("Row 2, ma_tthc: “sai” is not a procedure code", wizard.result)
        self.assertIn("Row 2, thoi_han_so: “5 ngày” is not a positive number", wizard.result)
        self.assertFalse(self.env["tthc.procedure"].search([("code", "=", "8.000001")]))
        wizard.action_load()
        self.assertTrue(self.env["tthc.procedure"].search([("code", "=", "8.000001")]))
        for content, words in [(b"\xff\xfe\x00", "UTF-8"), (b"  ", "empty")]:
            with self.assertRaisesRegex(UserError, words):
                self.wizard(content).action_check()
