import base64

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.procedure_parts import REQUIRED
from .common import DossierCase, at
from .test_dossier_queries import ViewQueryCase
from .test_file_type import SAMPLES

PDF = base64.b64encode(SAMPLES["pdf"])
COMPLETE = {
    "document_ids": [Command.create({"name": "Tờ khai", "originals": 1})],
    "process_text": "Nộp hồ sơ; kiểm tra; trả kết quả.",
    "channel_ids": [Command.create({"channel": "direct"})],
    "sets": 1,
    "duration_text": "05 ngày làm việc",
    "audience": "Công dân Việt Nam",
    "authority": "Ủy ban nhân dân cấp xã",
    "legal_basis_ids": [Command.create({"name": "Luật Hộ tịch", "number": "60/2014/QH13"})],
}
EMPTY = {
    part: [Command.clear()] if part.endswith("_ids") else 0 if part == "sets" else ""
    for part in REQUIRED
}


@tagged("post_install", "-at_install")
class TestProcedureParts(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls.env["tthc.procedure"].create(
            {
                "code": "9.000005",
                "name": "Bản dự thảo",
                "sector_id": cls.civil.id,
                "state": "draft",
                "document_ids": [Command.create({"name": "Tờ khai"})],
            }
        )

    def test_what_is_still_empty(self):
        """NĐ 63/2010 Đ8.2 and Đ15, part by part; what is there "if any" is never missing."""
        procedure = self.procedure
        everything = self.env["tthc.procedure"].search([])
        self.assertIn("Order of steps", procedure.missing_parts)
        self.assertNotIn(procedure, everything.filtered_domain([("is_complete", "=", True)]))
        procedure.write(COMPLETE)
        self.assertEqual((procedure.missing_parts, procedure.is_complete), ("", True))
        for part in REQUIRED:
            with self.subTest(part=part):
                procedure.write({part: EMPTY[part]})
                label = procedure._fields[part]._description_string(self.env)
                self.assertEqual(procedure.missing_parts, label)
                for value in (True, False):
                    domain = [("is_complete", "=", value), ("id", "=", procedure.id)]
                    self.assertEqual(everything.search_count(domain), not value)
                procedure.write({part: COMPLETE[part]})

    def test_codes(self):
        procedure = self.procedure
        self.assertEqual(procedure.national_code, "9.000005")
        self.assertEqual(procedure.local_code, "9.000005.000.00.00.H23")
        procedure.code = "9.000005.000.00.00.H38"
        self.assertEqual(procedure.national_code, "9.000005")
        self.assertEqual(procedure.local_code, procedure.code)
        self.assertIn(procedure, procedure.search([("national_code", "=", "9.000005")]))

    def test_online_levels_in_both_vocabularies(self):
        """Each regime has its own words, as data; those in force come first."""
        procedure = self.procedure
        for day, level, words in [
            ("2023-06-05", "partial", "Mức độ 3 · Một phần"),
            ("2025-12-01", "partial", "Một phần · Mức độ 3"),
            ("2025-12-01", "full", "Toàn trình · Mức độ 4"),
            ("2025-12-01", "none", ""),
            ("2025-12-01", False, ""),
        ]:
            with self.subTest(day=day, level=level), at(day):
                procedure.online_level = level
                self.env.invalidate_all()
                self.assertEqual(procedure.online_level_text, words)
        self.env.ref("tthc_onestop.regime_2025").online_full = "Trọn gói"
        with at("2025-12-01"):
            procedure.online_level = "full"
            self.assertEqual(procedure.online_level_text, "Trọn gói · Mức độ 4")

    def test_the_shipped_parts(self):
        """What is verified is there with its code and number, and nothing is made up beside it."""
        [marriage] = self.env["tthc.procedure"].search([("code", "=", "1.000894")])
        self.assertEqual(marriage.result_name, "Giấy chứng nhận kết hôn")
        self.assertEqual(marriage.result_code, "KQ.G15.000032")
        self.assertEqual(marriage.channel_ids.mapped("channel"), ["direct", "online", "post"])
        self.assertEqual(marriage.legal_basis_ids[:1].number, "60/2014/QH13")
        self.assertEqual(marriage.missing_parts, "Order of steps, Number of sets")
        [other] = self.env["tthc.procedure"].search([("code", "=", "2.001661")])
        self.assertFalse(other.channel_ids or other.legal_basis_ids)

    def form(self, content, name="to-khai.pdf"):
        return self.env["tthc.procedure.document"].create(
            {
                "procedure_id": self.procedure.id,
                "name": "Tờ khai",
                "form_file": base64.b64encode(content),
                "form_name": name,
            }
        )

    def test_forms(self):
        """What it is by its content, whatever its name says; called by a harmless name."""
        paper = self.form(SAMPLES["docx"], "../../Tờ khai\n.docx")
        self.assertEqual(paper.form_name, "Tờ khai.docx")
        paper.form_file = PDF
        self.assertEqual(paper.form_name, "Tờ khai.docx")
        for content in (b"<html><script>alert(1)</script></html>", b"<svg/>", b"MZ"):
            with self.assertRaisesRegex(ValidationError, "to-khai.pdf"):
                self.form(content)
            with self.assertRaisesRegex(ValidationError, "Tờ khai.docx"):
                paper.form_file = base64.b64encode(content)
        paper.form_file = False
        self.assertFalse(paper.form_name)
        with self.assertRaises(AccessError):
            self.as_user("counter", paper).form_file = PDF

    def test_notes_are_not_handed_in(self):
        """Neither at the desk nor counted; a paper of one case says of which."""
        procedure = self.procedure
        procedure.document_ids = [
            Command.create({"name": "Bản sao không cần chứng thực", "kind": "note"}),
            Command.create({"name": "Biên bản", "case": "Trẻ bị bỏ rơi", "originals": 1}),
        ]
        procedure.publish_under(self.decision())
        dossier = self.new(procedure_id=procedure.id)
        self.assertEqual(
            dossier.document_ids.mapped("name"),
            ["Tờ khai", "Biên bản (Trẻ bị bỏ rơi)"],
        )

    def test_counts(self):
        procedure = self.procedure
        for name, values in [
            ("sets_range", {"sets": -1}),
            ("duration_positive", {"case_ids": [Command.create({"name": "a", "duration": 0})]}),
            ("name_uniq", {"case_ids": [Command.create({"name": "a", "duration": 2})] * 2}),
        ]:
            with self.subTest(name=name), mute_logger("odoo.sql_db"):
                with self.assertRaisesRegex(Exception, name), self.env.cr.savepoint():
                    procedure.write(values)
                    self.env.flush_all()

    def test_a_copy_has_its_ways_to_file_and_cases(self):
        """Steps and papers find the case of the copy, because they name it."""
        procedure = self.procedure
        procedure.write(COMPLETE)
        procedure.case_ids = [Command.create({"name": "Phải xác minh", "duration": 8})]
        copy = procedure.copy({"version": 2})
        self.assertEqual(copy.channel_ids.mapped("channel"), ["direct"])
        self.assertEqual(copy.case_ids.mapped("name"), ["Phải xác minh"])


@tagged("post_install", "-at_install")
class TestProcedureQueries(ViewQueryCase):
    viewed = "tthc.procedure"

    def test_form(self):
        """As many queries with 30 papers and 25 steps as with one of each."""
        specification = self.specification("form")
        procedure = self.procedures["days"].copy({"version": 2, "state": "draft"})
        procedure.write(COMPLETE | {"case_ids": [Command.create({"name": "a", "duration": 1})]})
        procedure.document_ids[0].form_file = PDF

        def opening():
            reader = self.as_user("leader", procedure).with_context(bin_size=True, lang="vi_VN")
            [values] = reader.web_read(specification)
            return values

        def fill():
            procedure.write(
                {
                    "document_ids": [
                        Command.create({"name": f"Giấy {number}", "form_file": PDF})
                        for number in range(27)
                    ],
                    "step_ids": [
                        Command.create({"name": f"Bước {number}", "duration": 1})
                        for number in range(24)
                    ],
                    "channel_ids": [Command.create({"channel": "online"})] * 5,
                    "case_ids": [Command.create({"name": "b", "duration": 2})],
                    "legal_basis_ids": [Command.create({"name": "Luật"})] * 20,
                }
            )

        procedure.step_ids = [Command.create({"name": "Bước", "duration": 1, "case": "a"})]
        self.check(opening, fill, 20)  # two of them count the feedback on it and its reviews
        values = opening()
        self.assertEqual((len(values["document_ids"]), len(values["step_ids"])), (30, 25))
