import logging
import time
from datetime import date, timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import arguments_of, at
from .test_calendar_impact import ImpactCase

_logger = logging.getLogger(__name__)

MOVES = (
    *("process", "request_supplement", "resume") * 2,
    *("request_payment", "confirm_payment", "extend", "settle", "reopen"),
)
KINDS = ("days", "calendar", "hours")
FIRST, LAST = date(2023, 5, 29), date(2023, 6, 23)


@tagged("post_install", "-at_install")
class TestIncrementalIsFull(ImpactCase):
    """Looking at what meets a changed day finds what looking at everything finds."""

    def live(self, dice, dossiers, day):
        """A random move of some dossiers on a day; what is refused leaves nothing."""
        with at(day, dice.choice(("08:00", "11:45", "16:30"))):
            for dossier in dossiers:
                if dice.random() < 0.7:
                    continue
                name = dice.choice(MOVES)
                given = arguments_of(name, f"{day + timedelta(days=12)} 03:00:00")
                try:
                    with self.env.cr.savepoint():
                        getattr(dossier, f"action_{name}")(**given)
                except UserError:
                    continue

    def both(self):
        """What is found by the changes, which must be what is found by looking everywhere."""
        dossiers = self.env["tthc.dossier"]
        changes = self.env["tthc.calendar.change"].pending_of(self.company)
        days = sorted(set(changes.filtered("date").mapped("date")))
        found = dossiers._moved_by_calendar(self.company, days)
        self.assertEqual(found, dossiers._moved_by_calendar(self.company))
        return found

    def change(self, dice):
        """Enter, change or remove a day at random."""
        days = self.env["tthc.calendar.day"].search(
            [("date", ">=", FIRST), ("date", "<=", LAST), ("year_id", "=", self.year.id)]
        )
        free = [
            day
            for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days))
            if day not in days.mapped("date")
        ]
        action = dice.choice(("enter", "enter", "change", "remove"))
        if action == "enter" or not days:
            kind = dice.choice(("off", "off", "working"))
            self.holiday(str(dice.choice(free)), "Ngày", kind=kind)
        elif action == "change":
            dice.choice(days).write(
                dice.choice(
                    (
                        {"date": dice.choice(free)},
                        {"kind": dice.choice(("off", "working"))},
                        {"name": "Tên khác"},
                    )
                )
            )
        else:
            dice.choice(days).unlink()

    def one_life(self, dice):
        """Some dossiers, some changes of the calendar, some of them agreed to; how many moved."""
        dossiers, day, moved = self.env["tthc.dossier"].sudo(), FIRST, 0
        for _ in range(12):
            hour, procedure = dice.choice(("09:00", "16:00")), dice.choice(("days", *KINDS))
            dossiers += self.received(str(day), hour, procedure).sudo()
            day += timedelta(days=dice.randrange(3))
            self.live(dice, dossiers, day)
        for _ in range(3):
            with at(str(day)):
                for _ in range(dice.randrange(1, 4)):
                    self.change(dice)
            if dice.random() < 0.5:
                self.live(dice, dossiers, day)
            found = self.both()
            moved += len(found)
            day += timedelta(days=2)
            if dice.random() < 0.6:
                with at(str(day)):
                    self.approved() if found else self.found().action_propose()
                    self.apply()
                self.assertFalse(self.both())
        self.assertEqual(self.model("auditor").verify_ledger(dossiers.ids), [])
        return moved

    def test_a_supplement_asked_for_when_it_was_late(self):
        """Whether it restarts depends on days after the due day (NĐ 61/2018 Đ19.4: 3 days)."""
        dossier = self.received(procedure="hours").sudo()
        with at("2023-06-09"):
            dossier.action_request_supplement("Thiếu ảnh")
        with at("2023-06-12"):
            dossier.action_resume()
            self.assertEqual(dossier.due_on, date(2023, 6, 6))
            self.holiday()
            [(found, due)] = self.both()
        self.assertEqual((found, due.day), (dossier, 13))

    def test_random_calendars_and_dossiers(self):
        moved = []

        @settings(
            max_examples=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(st.integers(0, 2**32))
        def lives(seed):
            point = self.env.cr.savepoint()
            try:
                moved.append(self.one_life(Random(seed)))  # noqa: S311  # no secret
            finally:
                point.close(rollback=True)
                self.env.invalidate_all()
                self.env.registry.clear_cache()

        lives()
        self.assertGreater(sum(moved), 40)

    def test_five_thousand_open_dossiers(self):
        dice, dossiers = Random(1), self.env["tthc.dossier"].sudo()  # noqa: S311
        days = [day for day in (FIRST + timedelta(days=n) for n in range(70)) if day.weekday() < 5]
        for number in range(50):
            with at(str(days[number])):
                values = {
                    "procedure_id": self.procedures[KINDS[number % 3]].id,
                    "applicant_name": "Nguyễn Thị Đào",
                    "company_id": self.company.id,
                }
                batch = self.model("counter").create_received([values] * 100).sudo()
            if number % 5 == 0:
                with at(str(days[number]), "16:00"):
                    batch[:40].action_request_supplement("Thiếu ảnh")
                with at(str(days[number] + timedelta(days=5))):
                    batch[:30].action_resume()
            dossiers += batch
        with at("2023-08-25"):
            for day in dice.sample(days[10:50], 3):
                self.holiday(str(day))
        changes = self.env["tthc.calendar.change"].pending_of(self.company)
        # nothing else of the transaction is counted: the planner might take the tables for empty
        self.env.flush_all()
        self.env.cr.execute("ANALYZE tthc_dossier, tthc_dossier_event")
        seconds, found = {}, {}
        for name, days in (("full", None), ("incremental", sorted(changes.mapped("date")))):
            self.env.flush_all()
            self.env.invalidate_all()
            start = time.perf_counter()
            found[name] = dossiers._moved_by_calendar(self.company, days)
            seconds[name] = time.perf_counter() - start
        self.assertEqual(found["incremental"], found["full"])
        self.assertGreater(len(found["full"]), 500)
        _logger.info("%s of 5,000 dossiers move; seconds: %s", len(found["full"]), seconds)
        self.assertLess(seconds["full"], 30)
        self.assertLess(seconds["incremental"], seconds["full"])
