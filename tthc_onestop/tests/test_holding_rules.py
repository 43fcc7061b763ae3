from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules import lifecycle
from ..rules.holding_time import HOLDERS, MINUTE, holdings
from ..rules.working_time import working_time
from .test_working_time import office

DESK, OFFICER, OTHER, LEADER, FINANCE = 1, 2, 3, 4, 5
# kind, status after it, who did it, officer after it
LIFE = {
    "submit": ("submitted", DESK, None),
    "receive": ("received", DESK, None),
    "process": ("processing", DESK, OFFICER),
    "ask_agency": (None, OFFICER, OFFICER),
    "record_answer": (None, OFFICER, OFFICER),
    "take_over": ("processing", OTHER, OTHER),
    "submit_for_signature": ("processing", OTHER, OTHER),
    "send_back": ("processing", LEADER, OTHER),
    "approve": ("settled", LEADER, OTHER),
    "request_supplement": ("supplement", OFFICER, OFFICER),
    "resume": ("processing", DESK, OFFICER),
    "request_payment": ("payment", DESK, OFFICER),
    "confirm_payment": ("processing", FINANCE, OFFICER),
    "settle": ("settled", OFFICER, OFFICER),
    "return": ("returned", DESK, OFFICER),
    "reopen": ("processing", LEADER, OFFICER),
}


def ledger(*moves):
    """Events from (kind, "dd HH:MM" of June 2023[, details])."""
    events, status = [], None
    for kind, at, *details in moves:
        target, user, officer = LIFE[kind]
        events.append(
            {
                "kind": kind,
                "happened_at": datetime.strptime(f"2023-06-{at}", "%Y-%m-%d %H:%M"),
                "from_status": status,
                "to_status": target or status,
                "user_id": user,
                "officer_id": officer,
                "details": details[0] if details else None,
            }
        )
        status = target or status
    return events


@tagged("post_install", "-at_install")
class TestHoldingTime(BaseCase):
    """5 June 2023 is a Monday; the office is open 7:30 to 11:30 and 13:30 to 17:00."""

    calendar = office()

    def check(self, events, expected, until="30 17:00"):
        moment = datetime.strptime(f"2023-06-{until}", "%Y-%m-%d %H:%M")
        found = holdings(self.calendar, events, moment)
        self.assertEqual([(one.holder, one.user, one.minutes) for one in found], expected)

    def test_through_all_hands(self):
        self.check(
            ledger(
                ("submit", "05 08:00"),
                ("receive", "05 08:30"),
                ("process", "05 09:00"),
                ("take_over", "05 10:00"),
                ("submit_for_signature", "05 11:00"),
                ("send_back", "05 14:00"),
                ("submit_for_signature", "05 15:00"),
                ("approve", "06 08:00"),
                ("return", "07 08:00"),
            ),
            [
                ("counter", DESK, 30),
                ("specialist", OFFICER, 60),
                ("specialist", OTHER, 60),
                ("leader", LEADER, 60),
                ("specialist", OTHER, 60),
                ("leader", LEADER, 150),
            ],
        )

    def test_waiting_for_others(self):
        self.check(
            ledger(
                ("submit", "05 08:00"),
                ("receive", "05 08:00"),
                ("ask_agency", "05 08:10"),
                ("record_answer", "05 08:30"),
                ("request_payment", "05 09:00"),
                ("confirm_payment", "05 09:20"),
                ("ask_agency", "05 10:00"),
                ("ask_agency", "05 10:05"),
                ("record_answer", "05 10:20"),
                ("record_answer", "05 10:30"),
                ("request_supplement", "05 11:00"),
                ("resume", "07 08:00"),
            ),
            [
                ("counter", DESK, 10),
                ("agency", None, 20),
                ("counter", DESK, 30),
                ("finance", FINANCE, 20),
                ("specialist", OFFICER, 40),
                ("agency", None, 30),
                ("specialist", OFFICER, 30),
                ("citizen", None, 30 + 210 + 450 + 30),
                ("specialist", OFFICER, 60),
            ],
            until="07 09:00",
        )

    def test_a_supplement_too_many_is_no_time_of_the_citizen(self):
        self.check(
            ledger(
                ("receive", "05 08:00"),
                ("process", "05 08:30"),
                ("request_supplement", "05 09:00", {"against_desk": True}),
                ("resume", "05 10:00"),
                ("settle", "05 11:00"),
            ),
            [("counter", DESK, 30), ("specialist", OFFICER, 150)],
        )

    def test_nobody_has_what_is_ended_until_it_is_reopened(self):
        self.check(
            ledger(
                ("receive", "05 08:00"),
                ("settle", "05 09:00"),
                ("reopen", "07 08:00"),
                ("settle", "07 08:30"),
            ),
            [("counter", DESK, 60), ("specialist", OFFICER, 30)],
        )

    def test_nobody_yet(self):
        self.check(ledger(("submit", "05 08:00")), [])

    @settings(max_examples=200, deadline=None)
    @given(
        st.lists(
            st.tuples(st.sampled_from(sorted(LIFE)), st.integers(0, 200_000)),
            min_size=1,
            max_size=15,
        )
    )
    def test_the_sum_is_exact(self, steps):
        """Whatever happens when, to the second: whole minutes add up to the elapsed time."""
        moment, events, status = datetime(2023, 6, 1, 7), [], None
        for kind, seconds in [("receive", 0), *steps]:
            moment += timedelta(seconds=seconds)
            target, user, officer = LIFE[kind]
            events.append(
                {
                    "kind": kind,
                    "happened_at": moment,
                    "from_status": status,
                    "to_status": target or status,
                    "user_id": user,
                    "officer_id": officer,
                    "details": None,
                }
            )
            status = target or status
        until = moment + timedelta(hours=3)
        found = holdings(self.calendar, events, until)
        open_ = ("received", "supplement", *lifecycle.RUNNING)
        ends = [event["happened_at"] for event in events[1:]] + [until]
        elapsed = sum(
            (
                working_time(self.calendar, event["happened_at"], end)
                for event, end in zip(events, ends, strict=True)
                if event["to_status"] in open_
            ),
            timedelta(),
        )
        self.assertEqual(sum(one.minutes for one in found), elapsed // MINUTE)
        for one, following in zip(found, [*found[1:], None], strict=True):
            self.assertIn(one.holder, HOLDERS)
            self.assertGreaterEqual(one.minutes, 0)
            self.assertLessEqual(one.start, one.end)
            if following:
                self.assertLessEqual(one.end, following.start)
