import unicodedata
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules.reuse import Held, find_held, paper_key

TODAY = date(2023, 6, 5)
days = st.dates(date(2000, 1, 1), date(2050, 1, 1))
papers = st.builds(
    Held,
    source=st.integers(1, 9),
    name=st.sampled_from(["Tờ khai", "tờ  khai.", "Giấy chứng sinh"]),
    accepted_on=days,
    paper=st.sampled_from([None, 1, 2]),
    valid_until=st.none() | days,
)


@tagged("post_install", "-at_install")
class TestReuseRules(BaseCase):
    def test_the_same_paper(self):
        composed = "Tờ khai"
        decomposed = unicodedata.normalize("NFD", composed)
        for one, other, same in [
            ("Giấy khai sinh", "GIẤY  KHAI SINH", True),
            ("Giấy khai sinh", "Giấy khai sinh (mã kết quả KQ.G15.000031).", True),
            (composed, decomposed, True),
            ("Giấy khai sinh", "Giấy khai tử", False),
            ("Giấy khai sinh", "Bản sao Giấy khai sinh", False),
        ]:
            with self.subTest(other):
                self.assertEqual(paper_key(one) == paper_key(other), same)

    def test_which_is_offered(self):
        def held(source="a", name="Tờ khai", on=date(2023, 1, 5), paper=None, until=None):
            return Held(source, name, on, paper, until)

        for label, asked, kept, limit, expected in [
            ("nothing held", ("Tờ khai", None), [], 0, None),
            ("by name", ("tờ khai", None), [held()], 0, "a"),
            ("by the catalogue", ("Đơn", 1), [held(paper=1)], 0, "a"),
            ("another of the catalogue", ("Đơn", 2), [held(paper=1)], 0, None),
            ("two that no catalogue knows", ("Đơn", None), [held()], 0, None),
            ("the newest", ("Tờ khai", 1), [held(), held("b", on=date(2023, 2, 1))], 0, "b"),
            ("ended", ("Tờ khai", 1), [held(until=date(2023, 6, 4))], 0, None),
            ("ends today", ("Tờ khai", 1), [held(until=TODAY)], 0, "a"),
            ("not yet accepted", ("Tờ khai", 1), [held(on=date(2023, 6, 6))], 0, None),
            ("within the limit", ("Tờ khai", 1), [held(on=date(2023, 5, 6))], 30, "a"),
            ("beyond the limit", ("Tờ khai", 1), [held(on=date(2023, 5, 5))], 30, None),
            ("its own end counts", ("Tờ khai", 1), [held(until=date(2024, 1, 1))], 30, "a"),
        ]:
            with self.subTest(label):
                found = find_held(*asked, kept, TODAY, limit)
                self.assertEqual(found and found.source, expected)

    @settings(deadline=None, derandomize=True)
    @given(st.lists(papers, max_size=6), st.sampled_from([None, 1, 2]), days, st.integers(0, 5000))
    def test_what_is_offered_is_right_and_the_newest(self, held, paper, today, limit):
        found = find_held("Tờ khai", paper, held, today, limit)
        valid = [
            each
            for each in held
            if (paper_key(each.name) == "tờ khai" or (paper and paper == each.paper))
            and each.accepted_on <= today
            and (not each.valid_until or today <= each.valid_until)
            and (each.valid_until or not limit or today - each.accepted_on <= timedelta(limit))
        ]
        self.assertEqual(bool(found), bool(valid))
        if found:
            self.assertIn(found, valid)
            self.assertEqual(found.accepted_on, max(each.accepted_on for each in valid))
