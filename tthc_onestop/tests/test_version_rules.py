from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules.versions import Version, before, in_force_on, last_on, rank, states_on

FIRST = date(2025, 7, 1)
days = st.integers(-3, 12).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def histories(draw):
    """Decisions in the order of their entry; several may take effect on the same day."""
    count = draw(st.integers(0, 8))
    return [
        Version(
            100 + number,
            number,
            draw(st.none() | days),
            draw(st.none() | days),
            draw(st.booleans()),
        )
        for number in draw(st.permutations(range(count)))
    ]


def lived_through(history, until):
    """What is in force, by living through the days one after another: the slow way."""
    in_force, day = None, FIRST - timedelta(days=10)
    for version in sorted(history, key=rank):
        if version.effective_on is None:
            in_force = None if version.abolishes else version
    while day <= until:
        for version in sorted(history, key=rank):
            if version.effective_on == day:
                in_force = None if version.abolishes else version
        day += timedelta(days=1)
    return in_force


@tagged("post_install", "-at_install")
class TestVersionRules(BaseCase):
    @settings(max_examples=500, deadline=None, derandomize=True)
    @given(histories(), days)
    def test_one_or_none_is_in_force(self, history, day):
        states = states_on(history, day)
        published = [id_ for id_, state in states.items() if state == "published"]
        found = in_force_on(history, day)
        self.assertEqual(published, [found.id] if found else [])
        self.assertLessEqual(
            len([s for s in states.values() if s in ("published", "abolished")]), 1
        )
        self.assertEqual(found, lived_through(history, day))
        self.assertEqual(states.keys(), {version.id for version in history})

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(histories(), days, st.randoms())
    def test_the_order_of_entry_does_not_matter(self, history, day, random):
        shuffled = random.sample(history, len(history))
        self.assertEqual(states_on(history, day), states_on(shuffled, day))

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(histories(), days, days)
    def test_what_comes_later_changes_no_earlier_day(self, history, day, later):
        known = [version for version in history if (version.effective_on or date.min) <= day]
        self.assertEqual(in_force_on(history, day), in_force_on(known, day))
        new = Version(999, 999, max(day, later) + timedelta(days=1), None, False)
        self.assertEqual(in_force_on(history, day), in_force_on([*history, new], day))

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(histories())
    def test_before(self, history):
        ordered = sorted(history, key=rank)
        for earlier, version in zip([None, *ordered], ordered, strict=False):
            self.assertEqual(before(history, version), earlier)

    def test_cases(self):
        """NĐ 63/2010 Đ14: new, amended or replaced, abolished; a text may be issued again."""
        first = Version(1, 1, None)
        amended = Version(2, 2, date(2025, 7, 1), date(2025, 6, 20))
        abolished = Version(3, 3, date(2025, 8, 1), date(2025, 7, 20), abolishes=True)
        again = Version(4, 4, date(2025, 9, 1), date(2025, 8, 20))
        corrected = Version(
            5, 5, date(2025, 7, 1), date(2025, 6, 15)
        )  # entered late, signed before
        history = [again, first, corrected, abolished, amended]
        for day, found in [
            (date(2020, 1, 1), first),
            (date(2025, 6, 30), first),
            (date(2025, 7, 1), amended),
            (date(2025, 7, 31), amended),
            (date(2025, 8, 1), None),
            (date(2025, 8, 31), None),
            (date(2025, 9, 1), again),
        ]:
            with self.subTest(day=day):
                self.assertEqual(in_force_on(history, day), found)
        self.assertEqual(last_on(history, date(2025, 8, 15)), abolished)
        self.assertEqual(
            states_on(history, date(2025, 8, 15)),
            {1: "superseded", 2: "superseded", 5: "superseded", 3: "abolished", 4: "waiting"},
        )
        self.assertIsNone(in_force_on([], FIRST))
