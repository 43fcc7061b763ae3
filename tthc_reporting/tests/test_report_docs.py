import io
import re
from pathlib import Path
from tempfile import NamedTemporaryFile
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.orm.models import MetaModel
from odoo.tests import tagged
from odoo.tools.convert import convert_xml_import

from odoo.addons.tthc_onestop.tests.common import DossierCase, at

from ..rules.forms import FORMS
from .history import behind

ADDON = "odoo.addons.tthc_reporting"
MANUAL = Path(__file__).parents[2] / "docs" / "bieu-mau.md"


def run(code, package):
    names = {"__name__": f"{ADDON}.{package}.sample", "__package__": f"{ADDON}.{package}"}
    exec(compile(code, str(MANUAL), "exec"), names)  # noqa: S102  # the manual's own code
    return names


@tagged("post_install", "-at_install")
class TestReportDocs(DossierCase):
    """The form that the manual adds, just as it stands there."""

    def setUp(self):
        super().setUp()
        blocks = re.findall(r"```(?:python|xml)\n(.*?)```", MANUAL.read_text("utf-8"), re.DOTALL)
        declaration, question, record = blocks
        self.assertLess(sum(block.count("\n") for block in blocks), 60)
        form = run(declaration, "rules")["BY_CHANNEL"]
        self.enterContext(patch.dict(FORMS, {form.code: form}))
        model = run(question, "models")["TthcReport"]
        MetaModel._module_to_models__["tthc_reporting"].remove(model)  # of this test alone
        name = "_facts_by_channel"
        registered = type(self.env["tthc.report"])
        self.enterContext(patch.object(registered, name, getattr(model, name), create=True))
        with NamedTemporaryFile(suffix=".xml") as file:
            file.write(record.encode())
            file.flush()
            convert_xml_import(self.env, "tthc_reporting", file.name)
        for channel, procedure in [
            ("online", "days"), ("direct", "days"), ("direct", "days"), ("direct", "hours"),
            ("direct", "calendar"),
        ]:  # fmt: skip
            last = self.received("2023-06-12", procedure=procedure, channel=channel)
        with at("2023-06-13"):
            last.sudo().action_settle()
        self.period = self.model("statistician", "tthc.report.period").create(
            {"kind": "quarter", "year": 2023, "quarter": 2}
        )

    def test_its_lines_are_of_three_levels(self):
        sheet = self.period.sheets["X.01"]
        self.assertTrue(all(identity["holds"] for identity in sheet["identities"]))
        counted = {(row["level"], row["label"]): row["values"]["3"] for row in sheet["rows"]}
        names = {kind: procedure.name for kind, procedure in self.procedures.items()}
        self.assertEqual(counted.pop((0, "Hộ tịch (thử)")), 4)
        self.assertEqual(counted.pop((0, "Đất đai (thử)")), 1)
        self.assertEqual(counted.pop((1, "Trực tuyến")), 1)
        self.assertEqual(counted.pop((2, names["hours"])), 1)
        self.assertEqual(counted.pop((2, names["calendar"])), 1)
        levels = [row["level"] for row in sheet["rows"]]
        self.assertEqual(levels, [0, 1, 2, 2, 1, 2, 0, 1, 2])
        self.assertEqual(sheet["total"]["values"], {"3": 5, "4": 1, "5": 4, "6": self.late(sheet)})
        first = sheet["rows"][0]["key"]
        self.assertTrue(all(row["key"].startswith(f"{first}/") for row in sheet["rows"][1:6]))

    def late(self, sheet):
        return sum(row["values"]["6"] for row in sheet["rows"] if row["level"] == 2)

    def check_cells(self, record):
        sheet = record.sheets["X.01"]
        for row in [*sheet["rows"], sheet["total"]]:
            for column, value in row["values"].items():
                ids = behind(record, "X.01", column, row["key"])
                self.assertEqual(len(ids), value, (row["label"], column))

    def test_every_cell_opens_its_dossiers(self):
        officer = self.period.with_user(self.users["officer"])
        self.check_cells(self.period)
        self.check_cells(officer)
        self.assertEqual(officer.sheets["X.01"]["total"]["values"]["3"], 4)
        with at("2023-06-15"):
            self.period.action_collect()
            self.period.action_seal()
        self.check_cells(self.period)
        self.check_cells(officer)
        self.assertEqual(officer.sheets["X.01"]["total"]["values"]["3"], 4)
        for wrong in (7, "1/direct/2/3"):
            with self.assertRaisesRegex(UserError, "no row"):
                self.env["tthc.report"].get_dossier_ids(
                    "X.01", "3", "2023-03-15", "2023-06-14", wrong, self.company.id
                )

    def test_its_workbook(self):
        content = self.period.xlsx()
        live = load_workbook(io.BytesIO(content))["X.01"]
        values = load_workbook(io.BytesIO(content), data_only=True)["X.01"]
        self.assertEqual(values["A1"].value, "Biểu số X.01/VÍ-DỤ")
        self.assertEqual([values.cell(12, column).value for column in (1, 3)], [1, 4])
        self.assertEqual([values.cell(18, column).value for column in (1, 3)], [2, 1])
        self.assertIsNone(values["A13"].value)
        self.assertEqual(values["B13"].value, "    Trực tiếp")
        self.assertEqual(live["D21"].value, "=SUM(D12,D18)")
        self.assertEqual(live["C21"].value, "=SUM(C12,C18)")
        self.assertEqual(values["C21"].value, 5)
