from datetime import datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules.holding_time import HOLDERS, stretches, turns
from ..rules.lifecycle import MOVES
from ..rules.working_time import WorkCalendar, YearNotEntered, working_time

MORNING, AFTERNOON = (time(7, 30), time(11, 30)), (time(13, 30), time(17, 0))
CALENDAR = WorkCalendar(
    {weekday: (MORNING, AFTERNOON) for weekday in range(5)}, years=frozenset({2023, 2024})
)
MONDAY = datetime(2023, 6, 5)
CLERK, OFFICER, LEADER = 7, 8, 9
RUNS = ("received", "processing", "supplement", "payment")


def ledger(*moves):
    """The events of a dossier: (move, day and hour as "0 09:00" from Monday 5/6, more values)."""
    events, status, officer = [], None, None
    for name, when, *more in [("submit", "0 07:45"), *moves]:
        days, hour = when.split()
        values = more[0] if more else {}
        officer = values.get("officer_id", officer)
        move = MOVES.get(name)
        target = (move.target or status) if move else "submitted"
        hour = time.fromisoformat(hour)
        events.append(
            {
                "kind": name,
                "happened_at": datetime.combine(MONDAY + timedelta(days=int(days)), hour),
                "from_status": status,
                "to_status": target,
                "user_id": CLERK,
                "details": None,
                **values,
                "officer_id": officer,
            }
        )
        status = target
    return events


def held(events, until="11 17:00"):
    """[(holder, user, minutes)]"""
    days, hour = until.split()
    until = datetime.combine(MONDAY + timedelta(days=int(days)), time.fromisoformat(hour))
    return [
        (stretch.holder, stretch.user_id, stretch.minutes)
        for stretch in stretches(CALENDAR, turns(events), until)
    ]


RECEIVED = ("receive", "0 08:00")
HANDED = ("process", "0 09:00", {"officer_id": OFFICER})
ASKED = ("submit_for_signature", "0 10:00", {"user_id": OFFICER})
DESK = ("counter", CLERK, 60)


@tagged("post_install", "-at_install")
class TestHoldingTime(BaseCase):
    def test_nobody_holds_what_is_not_received(self):
        self.assertEqual(held([]), [])
        self.assertEqual(held(ledger()), [])
        self.assertEqual(held(ledger(("reject", "0 09:00"))), [])

    def test_who_holds_it(self):
        by_leader = {"user_id": LEADER}
        against = {"details": {"against_desk": True}}
        for name, moves, expected in [
            ("desk", [], [("counter", CLERK, 3 * 60)]),
            ("specialist", [HANDED], [DESK, ("officer", OFFICER, 120)]),
            ("nobody named", [("process", "0 09:00")], [DESK, ("officer", None, 120)]),
            (
                "another specialist takes over",
                [HANDED, ("take_over", "0 10:00", {"officer_id": 5})],
                [DESK, ("officer", OFFICER, 60), ("officer", 5, 60)],
            ),
            (
                "who takes the papers says so",
                [HANDED, ("confirm_handover", "0 10:00", {"officer_id": OFFICER})],
                [DESK, ("officer", OFFICER, 120)],
            ),
            (
                "handed over to the same once more",
                [HANDED, ("process", "0 10:00", {"officer_id": OFFICER})],
                [DESK, ("officer", OFFICER, 120)],
            ),
            (
                "waits for a signature",
                [HANDED, ASKED],
                [DESK, ("officer", OFFICER, 60), ("leader", None, 60)],
            ),
            (
                "signed: the leader is known by it",
                [HANDED, ASKED, ("approve", "0 10:30", by_leader)],
                [DESK, ("officer", OFFICER, 60), ("leader", LEADER, 30)],
            ),
            (
                "sent back",
                [HANDED, ASKED, ("extend", "0 10:05"), ("send_back", "0 10:30", by_leader)],
                [DESK, ("officer", OFFICER, 60), ("leader", LEADER, 30), ("officer", OFFICER, 30)],
            ),
            (
                "taken out of the leader's hands: no leader is named",
                [HANDED, ASKED, ("process", "0 10:30", {"officer_id": 5})],
                [DESK, ("officer", OFFICER, 60), ("leader", None, 30), ("officer", 5, 30)],
            ),
            (
                "two other agencies, the second while the first has not answered",
                [
                    ("ask_agency", "0 08:30"),
                    ("ask_agency", "0 09:00"),
                    ("record_answer", "0 09:30"),
                    ("record_answer", "0 10:00"),
                ],
                [("counter", CLERK, 30), ("agency", None, 90), ("counter", CLERK, 60)],
            ),
            (
                "a signature asked for while an agency owes its answer",
                [HANDED, ("ask_agency", "0 09:30"), ASKED],
                [DESK, ("officer", OFFICER, 30), ("agency", None, 90)],
            ),
            (
                "supplement",
                [HANDED, ("request_supplement", "0 10:00"), ("resume", "0 10:30")],
                [
                    DESK,
                    ("officer", OFFICER, 60),
                    ("citizen", None, 30),
                    ("officer", OFFICER, 30),
                ],
            ),
            (
                "supplement against the desk, though an answer comes in meanwhile",
                [
                    ("ask_agency", "0 08:30"),
                    ("request_supplement", "0 09:00", against),
                    ("record_answer", "0 10:00"),
                ],
                [("counter", CLERK, 30), ("agency", None, 30), ("counter", None, 120)],
            ),
            (
                "payment",
                [HANDED, ("request_payment", "0 10:00"), ("confirm_payment", "0 10:30")],
                [
                    DESK,
                    ("officer", OFFICER, 60),
                    ("citizen", None, 30),
                    ("officer", OFFICER, 30),
                ],
            ),
            (
                "payment that finance works out",
                [HANDED, ("request_payment", "0 10:00", {"details": {"held_by": "finance"}})],
                [DESK, ("officer", OFFICER, 60), ("finance", None, 60)],
            ),
            ("ended", [("settle", "0 09:00"), ("notify", "0 10:00")], [DESK]),
            ("withdrawn", [("withdraw", "0 09:00")], [DESK]),
            ("stopped", [("stop", "0 09:00")], [DESK]),
            ("returned", [("settle", "0 09:00"), ("return", "0 10:00")], [DESK]),
            (
                "opened again: the closed time is nobody's",
                [HANDED, ("settle", "0 10:00"), ("reopen", "0 10:30")],
                [DESK, ("officer", OFFICER, 60), ("officer", OFFICER, 30)],
            ),
        ]:
            with self.subTest(name):
                self.assertEqual(held(ledger(RECEIVED, *moves), "0 11:00"), expected)

    def test_nights_lunch_and_weekends_are_nobodys(self):
        events = ledger(
            ("receive", "3 16:00"), ("process", "4 11:00", {"officer_id": OFFICER})
        )  # Thursday 16:00, Friday 11:00
        self.assertEqual(
            held(events, "7 08:00"),
            [("counter", CLERK, 60 + 210), ("officer", OFFICER, 30 + 210 + 30)],
        )

    def test_seconds_are_not_lost(self):
        """None of the four stretches is a minute long, together they are nearly three."""
        moves = [("take_over", f"0 08:0{n}", {"officer_id": n}) for n in range(3)]
        events = ledger(RECEIVED, *moves)
        start = events[1]["happened_at"]
        for n, event in enumerate(events[2:], 1):
            event["to_status"] = "processing"
            event["happened_at"] = start + timedelta(seconds=40 * n)
        found = stretches(CALENDAR, turns(events), start + timedelta(seconds=40 * 3 + 50))
        self.assertEqual([stretch.minutes for stretch in found], [0, 1, 1, 0])

    def test_a_clock_set_back_takes_no_time_from_anybody(self):
        events = ledger(RECEIVED, ("process", "0 07:50", {"officer_id": OFFICER}))
        self.assertEqual(held(events, "0 09:00"), [("counter", CLERK, 0), ("officer", OFFICER, 60)])

    def test_years_that_are_not_entered(self):
        events = ledger(RECEIVED)
        with self.assertRaises(YearNotEntered):
            stretches(CALENDAR, turns(events), datetime(2025, 1, 6, 9))

    @given(
        steps=st.lists(
            st.tuples(
                st.sampled_from(sorted(MOVES)),
                st.integers(0, 4 * 86400),
                st.integers(1, 3),
                st.booleans(),
            ),
            max_size=25,
        ),
        more=st.integers(0, 10 * 86400),
    )
    @settings(max_examples=300, deadline=None)
    def test_any_ledger_sums_exactly(self, steps, more):
        """Random lawful ledgers to the second: whole, without gaps, nothing negative."""
        moment = MONDAY + timedelta(hours=8)
        events, status = ledger(("receive", "0 08:00")), "received"
        for name, seconds, user, flag in steps:
            move = MOVES[name]
            if status not in move.sources:
                continue
            moment += timedelta(seconds=seconds)
            target = move.target or status
            events.append(
                {
                    "kind": name,
                    "happened_at": moment,
                    "from_status": status,
                    "to_status": target,
                    "user_id": user,
                    "officer_id": user if flag else None,
                    "details": {"against_desk": True, "held_by": "finance"} if flag else None,
                }
            )
            status = target
        until = moment + timedelta(seconds=more)

        found = stretches(CALENDAR, turns(events), until)
        elapsed, edges = timedelta(), [event["happened_at"] for event in events[1:]] + [until]
        for event, start, end in zip(events[1:], edges, edges[1:], strict=False):
            if event["to_status"] in RUNS:
                elapsed += working_time(CALENDAR, start, end)
        self.assertEqual(sum(s.minutes for s in found), elapsed // timedelta(minutes=1))
        self.assertTrue(all(s.minutes >= 0 and s.holder in HOLDERS for s in found))
        for before, after in zip(found, found[1:], strict=False):
            self.assertLessEqual(before.start, before.end)
            if before.end != after.start:  # a gap is between an end and its reopening
                reopened = [e for e in events if e["kind"] == "reopen"]
                self.assertIn(after.start, [e["happened_at"] for e in reopened])
        if status in RUNS:
            self.assertEqual(found[-1].end, until)
