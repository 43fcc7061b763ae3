import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..render.catalogue_xlsx import workbook
from ..rules.catalogue import read_list
from ..rules.catalogue_change import COLUMNS
from ..rules.sheet import read_sheet
from .common import DossierCase, at

HEAD = ["STT", "Mã TTHC", "Tên thủ tục", "Lĩnh vực", "Thời hạn giải quyết", "Phí", "Tình trạng"]
SECTOR = "Hộ tịch (thử)"
DAYS = ["1", "9.000001", "Thủ tục thử days", SECTOR, "05 ngày làm việc", "", ""]


@tagged("post_install", "-at_install")
class TestCatalogueList(DossierCase):
    """A published list is compared with the catalogue, then applied to it."""

    def setUp(self):
        super().setUp()
        self.under = self.decision("2023-06-05")

    def load(self, *rows, group="statistician", decision=True, **values):
        """The dialogue with a list, checked."""
        wizard = self.model(group, "tthc.procedure.import").create(
            {
                "file": base64.b64encode(workbook({"A": [HEAD, *rows]})),
                "filename": "danh-muc.xlsx",
                "decision_id": decision and self.under.id,
                **values,
            }
        )
        wizard.action_check()
        return wizard

    def versions(self, code):
        procedures = self.env["tthc.procedure"].with_context(active_test=False)
        return procedures.search([("code", "=", code)], order="version")

    def test_a_dry_run_says_and_does_nothing(self):
        before = self.env["tthc.procedure"].search_count([])
        with at("2023-06-05"):
            wizard = self.load(
                [*DAYS[:4], "03 ngày làm việc", "8.000 đ", ""],
                ["2", "8.000001", "Mới", SECTOR, "Trong ngày", "", ""],
                ["3", "9.000003", "x", SECTOR, "", "", "Bãi bỏ"],
                ["4", "9.000004", "Thủ tục thử open", SECTOR, "", "", ""],
                ["5", "sai", "Sai", SECTOR, "nhanh", "", ""],
            )
        self.assertEqual(self.env["tthc.procedure"].search_count([]), before)
        self.assertEqual(wizard.new_ids.mapped("code"), ["8.000001"])
        self.assertEqual(wizard.changed_ids.mapped("code"), ["9.000001"])
        self.assertEqual(wizard.changed_ids.parts, "term, term as published, fee")
        self.assertEqual(wizard.abolished_ids.mapped("code"), ["9.000003"])
        self.assertEqual(wizard.unchanged_ids.mapped("code"), ["9.000004"])
        self.assertEqual(wizard.error_ids.mapped("row"), [6, 6])
        self.assertIn("Mã TTHC: “sai”", wizard.error_ids[0].message)
        self.assertIn("Thời hạn giải quyết: “nhanh”", wizard.error_ids[1].message)
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(wizard.report)))
        self.assertEqual([sheet.max_row for sheet in book], [2, 2, 2, 2, 3])

    def test_it_is_applied_as_versions_under_one_decision(self):
        old = self.procedures["days"]
        with at("2023-06-05"):
            wizard = self.load(
                [*DAYS[:4], "03 ngày làm việc", "8.000 đ", ""],
                ["2", "8.000001", "Mới", "Lĩnh vực mới", "Trong ngày", "", ""],
                ["3", "9.000003", "x", SECTOR, "", "", "Bãi bỏ"],
            )
            wizard.action_load()
            self.assertIn("1 procedures have been added", wizard.summary)
            new = self.versions("9.000001")[-1]
            self.assertEqual((new.version, new.state, new.duration), (2, "published", 3))
            self.assertEqual(new.fee_text, "8.000 đ")
            self.assertEqual(new.decision_id, self.under)
            self.assertEqual(
                new.document_ids.mapped("name"), old.document_ids.mapped("name"), "not in the list"
            )
            self.assertEqual((old.state, old.duration), ("superseded", 5))
            self.assertEqual(self.versions("8.000001").state, "published")
            self.assertEqual(self.versions("8.000001").sector_id.name, "Lĩnh vực mới")
            self.assertEqual(self.versions("9.000003")[-1].state, "abolished")

    def test_a_second_run_changes_nothing(self):
        """Nor while the versions wait for their day."""
        rows = (
            [*DAYS[:4], "03 ngày làm việc", "8.000 đ", ""],
            ["2", "8.000001", "Mới", SECTOR, "Trong ngày", "", ""],
            ["3", "9.000003", "x", SECTOR, "", "", "Bãi bỏ"],
        )
        for day in ("2023-06-01", "2023-06-05"):
            with at(day):
                self.load(*rows).action_load()
                count = self.env["tthc.procedure"].search_count([("state", "!=", "draft")])
                again = self.load(*rows)
                again.action_load()
                self.assertEqual(len(again.unchanged_ids), 3)
                self.assertEqual(len(again.line_ids), 3)
                self.assertEqual(
                    self.env["tthc.procedure"].search_count([("state", "!=", "draft")]), count
                )

    def test_all_or_nothing(self):
        """What fails at the last version leaves the first ones unmade."""
        rows = [["1", f"8.{n:06d}", "Mới", SECTOR, "Trong ngày", "", ""] for n in range(3)]
        with at("2023-06-05"):
            wizard = self.load(*rows, [*DAYS[:4], "03 ngày làm việc", "", ""])
            before = self.env["tthc.procedure"].search([]).ids

            def fail(self, *args):
                raise ValueError("x")

            self.patch(type(self.env["tthc.procedure"]), "publish_under", fail)
            with self.assertRaises(ValueError), self.cr.savepoint():
                wizard.action_load()
        self.assertEqual(self.env["tthc.procedure"].search([]).ids, before)

    def test_what_changes_needs_a_decision(self):
        with at("2023-06-05"):
            wizard = self.load([*DAYS[:4], "03 ngày làm việc", "", ""], decision=False)
            with self.assertRaisesRegex(UserError, "decision"):
                wizard.action_load()

    def test_what_is_not_in_the_list(self):
        """Only when it is ticked, and of its sectors only."""
        with at("2023-06-05"):
            self.assertFalse(self.load(DAYS).abolished_ids)
            wizard = self.load(DAYS, abolish_missing=True)
            self.assertEqual(set(wizard.abolished_ids.mapped("code")), {"9.000003", "9.000004"})
            wizard.action_load()
            self.assertEqual(self.versions("9.000003")[-1].state, "abolished")
            self.assertEqual(self.procedures["calendar"].state, "published", "of another sector")

    def test_a_term_that_its_workflow_does_not_take(self):
        self.revise(
            "days", step_ids=[(0, 0, {"name": "Thẩm định", "role": "officer", "duration": 5})]
        )
        with at("2023-06-05"):
            wizard = self.load([*DAYS[:4], "03 ngày làm việc", "", ""])
        self.assertFalse(wizard.changed_ids)
        self.assertIn("workflow take 5", wizard.error_ids.message)

    def test_what_a_list_confirms_is_unverified_no_more(self):
        self.revise("days", unverified_fields="code,fee")
        with at("2023-06-05"):
            self.load([*DAYS[:5], "8.000 đ", ""]).action_load()
        self.assertEqual(self.versions("9.000001")[-1].unverified_fields, "code")

    def test_the_catalogue_comes_back_as_it_is(self):
        """All of it, the shipped list too, as Excel and as CSV."""
        count = self.env["tthc.procedure"].search_count([("in_force", "=", True)])
        for kind in ("xlsx", "csv"):
            with self.subTest(kind):
                content = self.env["tthc.procedure"].export_list(kind)
                plan = self.env["tthc.procedure"].plan_list(read_list(read_sheet(content)), True)
                self.assertFalse(plan.problems + plan.new + plan.changed + plan.abolished)
                self.assertEqual(len(plan.unchanged), count)

    def test_a_list_of_two_thousand(self):
        """As many queries for many rows as for few, but for the rows themselves."""
        spent = []
        for first, count in ((0, 20), (100, 220)):
            rows = [
                [str(n), f"7.{n:06d}", f"Mới {n}", SECTOR, "05 ngày làm việc", "", ""]
                for n in range(first, first + count)
            ]
            with at("2023-06-05"):
                self.load(*rows).action_load()
                rows = [[*row[:5], "10.000 đ", ""] for row in rows]
                wizard = self.load(*rows)
                self.assertEqual(len(wizard.changed_ids), count)
                self.env.flush_all()
                start = self.cr.sql_log_count
                self.patch(type(wizard), "_show_progress", lambda *args: None)
                wizard.action_load()
                self.env.flush_all()
                spent.append(self.cr.sql_log_count - start)
        self.assertLess(spent[1], 3 * spent[0])

    def test_who_loads_a_list(self):
        for group in ("counter", "officer", "leader", "auditor"):
            with self.subTest(group), self.assertRaises(AccessError):
                self.load(DAYS, group=group)

    def test_files_that_are_refused(self):
        for content, words in [
            (b"PK\x03\x04x", "xlsx"),
            (b"\xff\xfe\x00", "UTF-8"),
            (b" ", "empty"),
        ]:
            wizard = self.model("manager", "tthc.procedure.import").create(
                {"file": base64.b64encode(content)}
            )
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                wizard.action_check()


@tagged("post_install", "-at_install")
class TestCatalogueListHttp(HttpCase):
    def test_download(self):
        for login, status in (("admin", 200), (None, 404)):
            self.authenticate(login, login)
            for kind in ("csv", "xlsx"):
                with self.subTest(login=login, kind=kind):
                    answer = self.url_open(f"/tthc/procedures.{kind}", allow_redirects=False)
                    if status == 200:
                        self.assertEqual(read_sheet(answer.content)[0].cells, tuple(COLUMNS))
                    else:
                        self.assertNotEqual(answer.status_code, 200)
