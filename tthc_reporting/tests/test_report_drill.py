import io
import json
from itertools import product

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .history import behind
from .test_report_seal import SealCase

SEE_ALL = ("statistician", "leader", "auditor", "counter")


@tagged("post_install", "-at_install")
class TestReportDrill(SealCase):
    """Every figure opens as many records as it says, in one order, for whoever may see it."""

    def setUp(self):
        super().setUp()
        self.received("2023-03-10", procedure="calendar")  # carried over
        self.received("2023-06-13", channel="online")

    def drill(self, state):
        told = {}
        for group in (*SEE_ALL, "officer"):
            period = self.quarter.with_user(self.users[group])
            for code, sheet in period.sheets.items():
                lines = (*sheet["rows"], sheet["total"])
                columns = [column["key"] for column in sheet["columns"][2:] if not sheet["blank"]]
                for line, column in product(lines, columns):
                    ids = behind(period, code, column, line["key"])
                    cell = (code, line["key"], column)
                    with self.subTest(state, group=group, cell=cell):
                        self.assertEqual(len(ids), line["values"][column])
                        if group != "officer":
                            self.assertEqual(told.setdefault(cell, ids), ids)
                        else:
                            told[group, *cell] = ids
        return told

    def test_every_cell(self):
        live = self.drill("live")
        self.assertEqual(len(live["II.06a", None, "3"]), 5)
        self.assertEqual(len(live["officer", "II.06a", None, "3"]), 3)
        self.collect(self.quarter)
        self.assertEqual(self.drill("collected"), live)
        self.seal(self.quarter)
        self.assertEqual(self.drill("sealed"), live)

    def test_who_may_name_a_figure(self):
        """The name of a figure comes from the browser: it gives no more than its sheet."""
        other = self.env["res.company"].create({"name": "UBND xã khác"})
        theirs = self.quarter.sudo().copy({"company_id": other.id})
        for sheet, form, column, refusal in (
            (self.quarter, "II.06a", "99", UserError),
            (self.quarter, "II.07b", "6", UserError),  # counts procedures
            (self.users["leader"], "II.06a", "3", UserError),
            (theirs, "II.06a", "3", AccessError),
        ):
            figure = json.dumps([sheet._name, sheet.id, form, column, None])
            with self.subTest(figure), self.assertRaises(refusal):
                self.model("leader").search([("behind_figure", "=", figure)])
        for figure in ("", "[]", "{", False):
            with self.subTest(figure), self.assertRaisesRegex(UserError, "no such figure"):
                self.model("leader").search([("behind_figure", "=", figure)])

    def test_the_workbook_tells_the_same_dossiers(self):
        for sealed in (False, True):
            if sealed:
                self.seal(self.quarter)
            for group, count in (("leader", 5), ("officer", 3)):
                period = self.quarter.with_user(self.users[group])
                book = load_workbook(io.BytesIO(period.xlsx()), data_only=True)
                codes = [line[0].value for line in book["Hồ sơ II.06a"].iter_rows(min_row=2)]
                ids = behind(period, "II.06a", "3")
                with self.subTest(group=group, sealed=sealed):
                    self.assertEqual(codes, self.model(group).browse(ids).mapped("name"))
                    self.assertEqual(len(codes), count)
                    proof = [line[4].value for line in book["Kiểm tra"].iter_rows(min_row=2)]
                    self.assertEqual(set(proof), {True})
