from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules import seal

VALUES = dict.fromkeys(seal.DIGESTED, "") | {"content": {}}


def chain_of(reports):
    """A chain as it is sealed: one link a pair of content and file."""
    chain, previous = [], ""
    for position, (content, workbook) in enumerate(reports, 1):
        values = VALUES | {
            "position": position,
            "content": {"figures": content},
            "workbook_digest": seal.file_digest(workbook),
        }
        previous = seal.digest(previous, values)
        chain.append(values | {"workbook": workbook, "digest": previous})
    return chain


CHAINS = st.lists(st.tuples(st.integers(), st.binary(max_size=9)), min_size=1, max_size=6)


@tagged("post_install", "-at_install")
class TestSealRules(BaseCase):
    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(CHAINS, st.data())
    def test_the_first_break_is_found(self, reports, data):
        chain = chain_of(reports)
        self.assertIsNone(seal.first_break(chain))
        position = data.draw(st.integers(1, len(chain)))
        link = chain[position - 1]
        kind = data.draw(st.sampled_from(["field", "content", "workbook", "digest", "forged"]))
        if kind == "field":
            field = data.draw(st.sampled_from(sorted(set(seal.DIGESTED) - {"position", "content"})))
            link[field] += "x"
        elif kind == "content":
            link["content"]["figures"] += 1
        elif kind == "workbook":
            link["workbook"] += b"x"
        elif kind == "digest":
            link["digest"] = link["digest"][::-1]
        else:  # with a digest that fits: the reports after it do not follow from it
            link["content"]["figures"] += 1
            link["digest"] = seal.digest(
                chain[position - 2]["digest"] if position > 1 else "", link
            )
        found = seal.first_break(chain)
        if kind == "forged":
            expected = (position + 1, "changed") if position < len(chain) else None
            self.assertEqual(found, expected)
            return
        self.assertEqual(found[0], position)
        if kind == "workbook":
            self.assertEqual(found[1], "workbook")

    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(CHAINS, st.data())
    def test_a_missing_report_is_found(self, reports, data):
        chain = chain_of(reports)
        position = data.draw(st.integers(1, len(chain)))
        del chain[position - 1]
        expected = (position, "missing") if chain[position - 1 :] else None
        self.assertEqual(seal.first_break(chain), expected)

    def test_the_order_of_the_keys_does_not_matter(self):
        one = VALUES | {"content": {"a": 1, "b": [2, {"c": 3, "d": 4}]}}
        two = VALUES | {"content": {"b": [2, {"d": 4, "c": 3}], "a": 1}}
        self.assertEqual(seal.digest("", one), seal.digest("", two))
