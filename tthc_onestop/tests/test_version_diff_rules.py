from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules.version_diff import pairs, words

rows = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("12")).map(
        lambda cells: (("Paper", cells[0]), ("Copies", cells[1]))
    ),
    max_size=7,
)


@tagged("post_install", "-at_install")
class TestVersionDiffRules(BaseCase):
    @settings(max_examples=500, deadline=None, derandomize=True)
    @given(rows, rows)
    def test_each_row_is_shown_once(self, old, new):
        found = pairs(old, new)
        self.assertEqual(Counter(row for row, _ in found if row is not None), Counter(old))
        self.assertEqual([row for _, row in found if row is not None], new, "in the new order")
        self.assertNotIn((None, None), found)
        # nothing is told as removed and added again
        removed = {row[0] for row, other in found if other is None}
        added = {row[0] for other, row in found if other is None}
        self.assertFalse(removed & added)

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(rows)
    def test_nothing_changed(self, same):
        self.assertEqual(pairs(same, same), [(row, row) for row in same])

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(st.text("ab \n", max_size=15), st.text("ab \n", max_size=15))
    def test_words_are_all_there(self, old, new):
        left, right = words(old, new)
        self.assertEqual(" ".join(text for _, text in left), old)
        self.assertEqual(" ".join(text for _, text in right), new)
        self.assertEqual(any(changed for changed, _ in left + right), old != new)

    def test_cases(self):
        form, photo, card = (("Paper", "Tờ khai"),), (("Paper", "Ảnh"),), (("Paper", "Căn cước"),)
        twice = (("Paper", "Ảnh"), ("Copies", "2"))
        self.assertEqual(
            pairs([form, photo, card], [form, twice]), [(form, form), (photo, twice), (card, None)]
        )
        self.assertEqual(
            pairs([form, photo], [card, photo]), [(None, card), (form, None), (photo, photo)]
        )
        self.assertEqual(
            words("trong 05 ngày làm việc", "trong 03 ngày làm việc"),
            (
                [(False, "trong"), (True, "05"), (False, "ngày làm việc")],
                [(False, "trong"), (True, "03"), (False, "ngày làm việc")],
            ),
        )
