import io
from datetime import date

from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..rules.forms import FORMS
from ..rules.report_text import NO_FIGURE
from .test_report_forms import Q2, FormsCase


@tagged("post_install", "-at_install")
class TestFormData(FormsCase):
    def test_a_new_circular_is_a_change_of_data(self):
        self.env["tthc.report.form"].create(
            {
                "code": "II.06a",
                "name": "Biểu của thông tư mới",
                "number": "01a/BTP/KSTT",
                "circular": "Ban hành theo Thông tư số 99/2023/TT-BTP",
                "recipient": "Sở Tư pháp",
                "date_from": "2023-06-15",
            }
        )
        self.company.tthc_parent_name = "UBND huyện Thử"
        for number, expected in [
            (2, ("Biểu số II.06a/VPCP/KSTT", "01/2020/TT-VPCP", "UBND huyện Thử")),
            (3, ("Biểu số 01a/BTP/KSTT", "99/2023/TT-BTP", "Sở Tư pháp")),
        ]:
            period = self.model("statistician", "tthc.report.period").create(
                {"kind": "quarter", "year": 2023, "quarter": number}
            )
            sheet = load_workbook(io.BytesIO(period.xlsx()))["II.06a"]
            texts = "\n".join(
                str(cell.value) for line in sheet["A1:M3"] for cell in line if cell.value
            )
            for text in expected:
                self.assertIn(text, texts)

    def test_since_the_two_levels_a_commune_reports_to_the_province(self):
        """NĐ 118/2025/NĐ-CP, in force from 01/7/2025; without a province, as was entered."""
        commune = self.env["res.company"].create(
            {"name": "UBND xã Mới", "parent_id": self.company.id, "tthc_parent_name": "UBND huyện"}
        )
        forms = self.env["tthc.report.form"]
        for code in self.report.offered():
            for day, company, recipient in [
                (date(2025, 6, 30), commune, "UBND huyện"),
                (date(2025, 7, 1), commune, self.company.name),
                (date(2025, 7, 1), self.company, self.company.tthc_parent_name or ""),
            ]:
                self.assertEqual(forms.in_force_on(code, day).recipient_of(company), recipient)

    def test_a_form_is_offered_with_what_it_counts(self):
        codes = self.report.offered()
        self.assertEqual(codes, [code for code in FORMS if code in codes], "in their order")
        self.assertLessEqual({"II.06a", "II.06g", "II.07b", "II.08"}, set(codes))
        for code, form in FORMS.items():
            models = [f"tthc.{name}" for name in (form.counts, *form.needs)]
            there = all(name in self.env for name in models)
            self.assertEqual(code in codes, there, code)
            self.assertEqual(
                code in self.env["tthc.report.form"].of_day(Q2[1]).mapped("code"), there, code
            )
            if not there:
                with self.assertRaisesRegex(UserError, code):
                    self.figures(code, *Q2)

    def test_what_nobody_can_count_is_left_blank(self):
        """II.04b: nothing is kept of a review, and 0 would say that there was none."""
        period = self.model("statistician", "tthc.report.period").create(
            {"kind": "quarter", "year": 2023, "quarter": 2}
        )
        for group in ("statistician", "officer"):
            sheet = period.with_user(self.users[group]).sheets["II.04b"]
            self.assertTrue(sheet["blank"])
            self.assertEqual((sheet["rows"], sheet["identities"]), ([], []))
            self.assertIn(FORMS["II.04b"].blank, sheet["notes"])
        sheet = load_workbook(io.BytesIO(period.xlsx()))["II.04b"]
        self.assertIn(FORMS["II.04b"].blank, sheet["A6"].value)
        self.assertEqual(
            [sheet.cell(11, column).value for column in (2, 3, 4)], ["Tổng số"] + 2 * [None]
        )
        self.assertTrue(period.pdf().startswith(b"%PDF"))
        period.action_compose_text()
        section = period.text_ids.section_ids[1]
        section.body = "Đã rà soát: {II.04b:3}.\n{II.04b}"
        pages = period.text_ids._pages()["blocks"]
        [table] = [
            block for block in pages if block["kind"] == "table" and "RÀ SOÁT" in block["caption"]
        ]
        self.assertEqual(table["rows"], [["", "Tổng số", "", "", "", "", ""]])
        self.assertIn(f"Đã rà soát: {NO_FIGURE}.", [block.get("text") for block in pages])
        with self.assertRaisesRegex(UserError, "no column"):
            period.action_open_dossiers("II.04b", "3")
