import base64
from collections import Counter
from datetime import date, datetime, time

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.tests import freeze_time, tagged

from odoo.addons.tthc_onestop.models.res_company import to_local, to_utc
from odoo.addons.tthc_onestop.rules import lifecycle
from odoo.addons.tthc_onestop.tests.common import at

from ..models.report_overdue_causes import KINDS
from ..rules import periods
from ..rules.forms import FORMS
from .history import HistoryCase, slow_causes, slow_count, slow_electronic

# moves that a history does without: none; what makes parts and whole differ; what ends few
SPARED = [
    (),
    ("reopen",),
    tuple(
        {*lifecycle.MOVES}
        - {"submit", "receive", "process", "settle", "return", "request_supplement", "resume"}
    ),
]
START = date(2023, 11, 20)  # before the reporting year 2024
# a step as in .history, with some long waits
STEP = st.tuples(st.integers(0, 3), st.sampled_from((0, 0, 0, 1, 1, 2, 5, 40)), st.integers(0, 99))
QUARTERS = [periods.quarter(2024, number) for number in periods.QUARTERS]
HALVES = [periods.half_year(2024, number) for number in periods.HALVES]
NINE, YEAR = periods.nine_months(2024), periods.year(2024)
MONTHS = [periods.month(2024, number) for number in (1, 2, 7)]
# what adds up from parts to the whole; all else is as it stood on the last day
FLOWS = {"II.06a": ("4", "5", "7", "8", "9", "10"), "II.08": ("3", "4", "5", "6", "10")}
STOCKS = ("11", "12", "13")
SCAN = base64.b64encode(b"%PDF-1.4")
Q2 = (date(2023, 3, 15), date(2023, 6, 14))


class FormsCase(HistoryCase):
    def setUp(self):
        super().setUp()
        self.report = self.model("statistician", "tthc.report")
        self.turn = 0

    def figures(self, code, first, last):
        return self.report.get_figures(code, first, last, self.company.id)

    def arguments(self, name, due_at):
        """Now and then the result is a file."""
        self.turn += 1
        if name == "settle" and self.turn % 2:
            file = {"file": SCAN.decode(), "file_name": "a.pdf"}
            return {"result": {"number": "12/GXN-UBND"} | file}
        return super().arguments(name, due_at)

    def after_move(self, dossier):
        """Digitise now and then a paper, and what is reused of another dossier."""
        papers = dossier.document_ids
        if self.turn % 3 == 0:
            values = {"document_id": papers[0].id, "name": "a.pdf", "content": SCAN}
            self.env["tthc.dossier.file"].create(values)
        own = [("company_id", "=", self.company.id), ("id", "!=", dossier.id)]
        other = self.env["tthc.dossier"].search(own, limit=1, order="id")
        if dossier.status == "supplement" and other:
            reused = {"digitisation": "reused_dossier", "reused_from_id": other.document_ids[1].id}
            papers[1].write(reused | {"handed_in": True})


@tagged("post_install", "-at_install")
class TestFormsOfRandomHistories(FormsCase):
    @settings(
        max_examples=15,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
    )
    @given(st.lists(STEP, min_size=25, max_size=60), st.sampled_from(SPARED))
    def live(self, history, never):
        point = self.env.cr.savepoint()
        self.never = never
        try:
            with freeze_time(to_utc(datetime.combine(START, time(7)))) as frozen:
                self.turn = 0
                self.play(history, {}, frozen, START)
            self.say_causes()
            counts = self.slow_counts()
            values = {
                (code, period): self.check(code, period, counts.get(code))
                for code in self.report.offered()
                for period in (*QUARTERS, *HALVES, NINE, YEAR, *MONTHS)
            }
            self.check_carried(values)
            if "reopen" in never:  # what is opened again comes in, and ends, once more
                self.check_flows(values)
        finally:
            point.close(rollback=True)
            self.env.invalidate_all()

    def test_every_form_of_every_period(self):
        """Each sheet proves itself and equals a slow count, and parts add up to their whole."""
        self.seen = set()
        self.live()
        for code in ("II.06a", "II.06g", "II.08"):
            empty = {column for column in FORMS[code].figures if (code, column) not in self.seen}
            self.assertFalse(empty, f"{code}: never counted")

    def say_causes(self):
        """Hand in a cause, or none, of every dossier in each quarter but the last."""
        causes = self.env["tthc.report.overdue.cause"].search([])
        self.assertEqual(set(causes.mapped("kind")), set(KINDS.values()))
        dossiers = self.env["tthc.dossier"].search([("company_id", "=", self.company.id)])
        for number in (1, 2, 3):
            period = self.env["tthc.report.period"].create(
                {"kind": "quarter", "year": 2024, "quarter": number, "company_id": self.company.id}
            )
            hand_in = self.env["tthc.report.hand.in"].create(
                {"period_id": period.id, "user_id": self.users["officer"].id}
            )
            choices = [*causes.ids, False]
            self.env["tthc.report.hand.in.line"].create(
                [
                    {
                        "hand_in_id": hand_in.id,
                        "dossier_id": dossier.id,
                        "is_late": True,
                        "cause_id": choices[(order + number) % len(choices)],
                    }
                    for order, dossier in enumerate(dossiers)
                ]
            )

    def slow_counts(self):
        """A slow count of each form of dossiers, by the first and the last day."""
        ledger = self.ledger()
        own = [("company_id", "=", self.company.id)]
        lines = self.env["tthc.report.hand.in.line"].search([*own, ("cause_id", "!=", False)])
        given = [
            (line.dossier_id.id, line.hand_in_id.period_id.date_to, line.id, line.cause_id.kind)
            for line in lines
        ]
        scanned = [
            (file.dossier_id.id, to_local(file.attached_at).date())
            for file in self.env["tthc.dossier.file"].search(
                [("document_id.dossier_id.company_id", "=", self.company.id)]
            )
        ]
        papers = self.env["tthc.dossier.document"].search(
            [("dossier_id.company_id", "=", self.company.id), ("reused_from_id", "!=", False)]
        )
        reused = [(paper.dossier_id.id, paper.reused_on) for paper in papers]
        results = [
            (
                result.dossier_id.id,
                to_local(result.recorded_at).date(),
                bool(result.attachment_id),
                result.correction_ids and to_local(result.correction_ids.recorded_at).date(),
            )
            for result in self.env["tthc.dossier.result"].search(own)
        ]
        return {
            "II.06a": lambda *days: slow_count(ledger, *days),
            "II.06g": lambda *days: slow_causes(ledger, *days, given),
            "II.08": lambda *days: slow_electronic(ledger, *days, scanned, reused, results),
        }

    def check(self, code, period, count):
        days = period.date_from, period.date_to
        sheet = self.figures(code, *days)
        self.assertTrue(all(identity["holds"] for identity in sheet["identities"]), sheet)
        values = sheet["total"]["values"]
        self.seen |= {(code, column) for column, value in values.items() if value}
        if count:
            self.assertEqual(values, count(*days), (code, days))
        rows, behind = Counter(), Counter()
        for row in sheet["rows"]:
            rows.update({} if row["level"] else row["values"])
        self.assertEqual({column: rows[column] for column in values}, values)
        for _id, _position, _row, columns in self.report.behind(code, *days, self.company.id):
            behind.update(columns)
        self.assertEqual({column: behind[column] for column in values}, values)
        return values

    def check_carried(self, values):
        """(6) of a whole is that of its first part; what is pending is as in the last part."""
        for whole, first, last in [
            (YEAR, QUARTERS[0], QUARTERS[3]),
            (HALVES[0], QUARTERS[0], QUARTERS[1]),
            (HALVES[1], QUARTERS[2], QUARTERS[3]),
            (NINE, QUARTERS[0], QUARTERS[2]),
        ]:
            self.assertEqual(values["II.06a", whole]["6"], values["II.06a", first]["6"])
            for column in STOCKS:
                self.assertEqual(values["II.06a", whole][column], values["II.06a", last][column])
        for before, after in zip(QUARTERS, QUARTERS[1:], strict=False):
            self.assertEqual(values["II.06a", after]["6"], values["II.06a", before]["11"])

    def check_flows(self, values):
        for whole, parts in [
            (YEAR, QUARTERS),
            (YEAR, HALVES),
            (YEAR, [NINE, QUARTERS[3]]),
            (HALVES[0], QUARTERS[:2]),
            (NINE, QUARTERS[:3]),
        ]:
            for code, columns in FLOWS.items():
                for column in columns:
                    added = sum(values[code, part][column] for part in parts)
                    self.assertEqual(values[code, whole][column], added, (code, column, whole))


@tagged("post_install", "-at_install")
class TestNoColumnOfToday(FormsCase):
    def test_no_column_of_today_counts(self):
        """Whatever the columns of dossiers say now, every form is as it was."""
        day = date(2023, 5, 2)
        dossiers = [self.received("2023-03-20", procedure=kind).sudo() for kind in self.procedures]
        for dossier, move in zip(
            dossiers, ("settle", "withdraw", "request_supplement", "process"), strict=True
        ):
            with at(str(day)):
                self.make(dossier, move, day)
        before = {code: self.figures(code, *Q2) for code in self.report.offered()}
        self.assertEqual(before["II.06a"]["total"]["values"]["3"], 4)
        self.env.flush_all()
        for status in ("returned", "submitted"):
            self.env.cr.execute(
                "UPDATE tthc_dossier SET status = %s, outcome = 'early', due_on = NULL,"
                " due_at = NULL, ended_on = NULL, stage_id = NULL, officer_id = NULL,"
                " returned_on = NULL WHERE company_id = %s",
                [status, self.company.id],
            )
            for code, sheet in before.items():
                self.assertEqual(self.figures(code, *Q2), sheet, code)
