import json
import time
from datetime import date, datetime

from odoo.tests import tagged

from odoo.addons.tthc_onestop.tests.common import DossierCase

from ..render.xlsx import workbook
from ..render.xlsx_dossiers import Line
from ..rules.matrix import Matrix, Row
from ..rules.settlement import II_06A
from .bulk import FIRST, FLOOR, LAST, make, raw_workbook
from .history import behind
from .test_xlsx import PAPER

DOSSIERS = 3000
PAGE = {field: {} for field in ("name", "applicant_name", "status", "received_on", "due_on")}


@tagged("post_install", "-at_install")
class TestReportSpeed(DossierCase):
    """What ``make bench`` measures of a million dossiers, of some thousands, in what is counted.

    Blocks that are read are the same however busy the machine is; milliseconds are not.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        other = cls.env["res.company"].create({"name": "UBND xã khác"})
        make(cls.env, [cls.company.id, other.id], DOSSIERS)
        cls.env.cr.execute("ANALYZE tthc_dossier, tthc_dossier_event")
        cls.quarter = cls.env["tthc.report.period"].create(
            {"kind": "quarter", "year": 2025, "quarter": 2, "company_id": cls.company.id}
        )

    def blocks(self, operation):
        """How many blocks of the dossiers, of their ledgers and of the indexes are asked for."""

        def asked():
            self.env.cr.execute(
                """
                SELECT SUM(pg_stat_get_xact_blocks_fetched(relation))
                  FROM (SELECT oid AS relation FROM pg_class
                         WHERE relname IN ('tthc_dossier', 'tthc_dossier_event')
                         UNION ALL
                        SELECT indexrelid FROM pg_index
                         WHERE indrelid IN ('tthc_dossier'::regclass,
                                            'tthc_dossier_event'::regclass)) AS relations"""
            )
            return int(self.env.cr.fetchone()[0])

        before = asked()
        operation()
        return asked() - before

    def floor(self):
        days = {"company": self.company.id, "first": FIRST, "last": LAST}
        self.env.cr.execute(FLOOR, days)
        return {line[0]: list(line[1:]) for line in self.env.cr.fetchall() if any(line[1:])}

    def figures(self):
        report = self.model("statistician", "tthc.report")
        return report.get_figures("II.06a", FIRST, LAST, self.company.id)

    def test_a_quarter(self):
        sheet, floor = self.figures(), self.floor()
        lines = {row["key"]: list(row["values"].values()) for row in sheet["rows"]}
        self.assertEqual(lines | {None: list(sheet["total"]["values"].values())}, floor)
        self.assertGreater(floor[None][0], 200)
        with self.assertQueryCount(4):
            self.figures()
        ratio = self.blocks(self.figures) / self.blocks(self.floor)
        self.assertLess(ratio, 1.2, "the same rows are read twice")

    def test_the_first_page_behind_a_figure(self):
        period = self.quarter.with_user(self.users["statistician"])
        action = period.action_open_dossiers("II.06a", "3")
        self.assertLess(len(json.dumps(action)), 500)
        dossiers = period.env["tthc.dossier"].with_context(**action["context"])

        def page():
            return dossiers.web_search_read(action["domain"], PAGE, limit=80, count_limit=10001)

        shown, ids = page(), behind(period, "II.06a", "3")
        self.assertEqual(shown["length"], len(ids))
        self.assertEqual([line["id"] for line in shown["records"]], ids[:-81:-1])
        page()
        with self.assertQueryCount(6):
            page()

    def test_the_workbook(self):
        keys = II_06A.figures
        lines = [
            Line(
                f"H23.20.31-230605-{number:06}",
                f"Thủ tục {number % 200}",
                f"Lĩnh vực {number % 20}",
                date(2023, 6, 5),
                date(2023, 6, 12),
                date(2023, 6, 9),
                "early",
                keys[:5],
            )
            for number in range(DOSSIERS)
        ]
        matrix = Matrix.of(II_06A, [], Row(None, "Tổng số", dict.fromkeys(keys, 0)))

        def ours():
            workbook([(matrix, PAPER)], datetime(2023, 6, 15), {"II.06a": lines})

        def raw():
            raw_workbook([(keys, lines)])

        def seconds(make_book):
            start = time.process_time()
            make_book()
            return time.process_time() - start

        rounds = [(seconds(ours), seconds(raw)) for _ in range(3)]
        ratio = min(ours for ours, _raw in rounds) / min(raw for _ours, raw in rounds)
        self.assertLess(ratio, 1, "rows are written cell by cell")
