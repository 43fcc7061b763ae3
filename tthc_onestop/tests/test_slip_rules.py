from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules.control_slip import hand_overs
from ..rules.lifecycle import MOVES
from ..rules.register import COLUMNS, headings
from ..rules.slip_form import FORMS, OF_MOVES, SUBJECTS, form_of, subject_of
from ..rules.vietnamese import day_in_words, days_in_short, moment_in_words

MONDAY = datetime(2023, 6, 5, 9)


def event(kind, to_status, hours=0, **values):
    """An event of a ledger, so many hours after Monday morning."""
    return {
        "kind": kind,
        "from_status": values.pop("before", None),
        "to_status": to_status,
        "happened_at": MONDAY + timedelta(hours=hours),
        "user_id": 1,
        "officer_id": None,
        "details": None,
        "due_at": datetime(2023, 6, 7, 17),
        "duration_unit": "working_day",
        **values,
    }


@tagged("post_install", "-at_install")
class TestSlipRules(BaseCase):
    def test_the_forms_of_both_regimes(self):
        """Forms of TT 01/2018 Đ9.1 and of TT 03/2025 PL I."""
        for stop_form, forms in (
            ("03", ("01", "02", "03", "04", "04", "03", "05", "06")),
            ("05", ("01", "02", "03", "04", "04", "05", "06", "07")),
        ):
            self.assertEqual(
                tuple(form_of(stop_form, subject) for subject in SUBJECTS), forms, stop_form
            )
            self.assertEqual(len(set(forms)), 6 if stop_form == "03" else 7)

    def test_what_a_form_is_about(self):
        self.assertEqual(subject_of("03", "03"), "refusal")
        self.assertEqual(subject_of("03", "05"), "control")
        self.assertEqual(subject_of("05", "05"), "stop")
        self.assertEqual(subject_of("05", "04"), "apology")
        for stop_form, forms in FORMS.items():
            for form in forms.values():
                self.assertEqual(form_of(stop_form, subject_of(stop_form, form)), form)

    def test_every_move_with_a_slip_says_what_it_is_about(self):
        self.assertEqual({name for name, move in MOVES.items() if move.slip}, set(OF_MOVES))
        for name, subject in OF_MOVES.items():
            slip = MOVES[name].slip
            for stop_form in FORMS:
                wanted = stop_form if slip == "stop" else slip
                self.assertEqual(form_of(stop_form, subject), wanted)

    def test_days_in_words(self):
        self.assertEqual(
            day_in_words(date(2023, 2, 6)).split(), "ngày 06 tháng 02 năm 2023".split()
        )
        self.assertEqual(day_in_words(date(2023, 11, 30)).split()[1::2], ["30", "11", "2023"])
        self.assertTrue(moment_in_words(datetime(2023, 3, 1, 7, 5)).startswith("07 giờ 05 phút, "))
        days = [date(2023, 4, 29), date(2023, 5, 2), date(2023, 5, 3)]
        self.assertEqual(days_in_short(days), "29/4, 02/5–03/5")

    @given(st.sets(st.integers(0, 89), max_size=12))
    def test_days_in_short_lose_none(self, numbers):
        days = {date(2023, 1, 1) + timedelta(days=number) for number in numbers}
        counted = 0
        for run in filter(None, days_in_short(sorted(days)).split(", ")):
            ends = [date(2023, *map(int, reversed(end.split("/")))) for end in run.split("–")]
            counted += (ends[-1] - ends[0]).days + 1
        self.assertEqual(counted, len(days))

    def test_the_columns_of_the_register(self):
        spread = [column for _group, columns in headings() for column in columns]
        self.assertEqual(tuple(spread), COLUMNS)
        self.assertEqual(
            [(group, len(columns)) for group, columns in headings() if group],
            [("Ngày, tháng, năm", 4), ("Trả kết quả", 3)],
        )
        self.assertLess(sum(column.width for column in COLUMNS), 297 - 25 - 15)


@tagged("post_install", "-at_install")
class TestHandOvers(BaseCase):
    def sides(self, *events):
        return [
            (found.giver.holder, found.giver.user_id, found.taker.holder, found.taker.user_id)
            for found in hand_overs([event("submit", "submitted"), *events])
        ]

    def received(self):
        return event("receive", "received", before="submitted", user_id=7)

    def test_nothing_before_the_first(self):
        self.assertEqual(hand_overs([]), [])
        self.assertEqual(self.sides(self.received()), [])

    def test_desk_specialist_leader_desk_citizen(self):
        inside = {"before": "processing", "officer_id": 8}
        self.assertEqual(
            self.sides(
                self.received(),
                event("process", "processing", 1, before="received", officer_id=8),
                event("submit_for_signature", "processing", 2, user_id=8, **inside),
                event("approve", "settled", 3, user_id=9, **inside),
                event("notify", "settled", 4, before="settled", officer_id=8),
                event("return", "returned", 5, before="settled", officer_id=8),
            ),
            [
                ("counter", 7, "officer", 8),
                ("officer", 8, "leader", 9),
                ("leader", 9, "counter", None),
                ("counter", None, "citizen", None),
            ],
        )

    def test_another_officer(self):
        self.assertEqual(
            self.sides(
                self.received(),
                event("process", "processing", 1, before="received", officer_id=8),
                event("take_over", "processing", 2, before="processing", officer_id=6),
            )[1:],
            [("officer", 8, "officer", 6)],
        )

    def test_what_is_withdrawn_goes_back(self):
        self.assertEqual(
            self.sides(self.received(), event("withdraw", "withdrawn", 1, before="received")),
            [("counter", 7, "citizen", None)],
        )

    def test_the_agency_by_name(self):
        asked = event("ask_agency", "received", 1, before="received", details={"agency": "Công an"})
        answered = event("record_answer", "received", 2, before="received")
        to, back = hand_overs([self.received(), asked, answered])
        self.assertEqual((to.taker.holder, to.taker.agency), ("agency", "Công an"))
        self.assertEqual((back.giver.agency, back.taker.holder), ("Công an", "counter"))

    def test_early_on_time_late(self):
        for hours, expected in ((24, "early"), (48, "on_time"), (72, "late")):
            [found] = hand_overs(
                [self.received(), event("process", "processing", hours, before="received")]
            )
            self.assertEqual(found.outcome, expected)
