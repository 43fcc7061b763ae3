import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules.reuse import paper_key


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

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(st.text(max_size=30))
    def test_a_key_is_its_own_key(self, name):
        """So that what is kept in the register and what is asked meet, however often compared."""
        self.assertEqual(paper_key(paper_key(name)), paper_key(name))
