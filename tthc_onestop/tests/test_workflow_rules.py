from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules.procedure_code import local_code, national_code
from ..rules.workflow import Step, Term, by_case, differences, main_case, sections, total

DAYS = Term(8, "working_day")
# hundredths, as they are stored
times = st.integers(0, 2000).map(lambda hundredths: hundredths / 100)
steps_of = st.lists(
    st.builds(
        Step,
        st.sampled_from(["", "a) nộp trực tiếp", "b) nộp trực tuyến"]),
        st.sampled_from(["commune", "district", "province"]),
        times,
    ),
    max_size=25,
)


def chain(case, **levels):
    return [Step(case, level, time) for level, times in levels.items() for time in times]


@tagged("post_install", "-at_install")
class TestWorkflowRules(BaseCase):
    def test_tables_of_a_province(self):
        """QĐ 2022/QĐ-UBND Cao Bằng 27/11/2025: steps, sub-totals, total."""
        for code, levels, subtotals, whole in [
            # reception, division, officer, division, leader of the commune, clerk, return
            (
                "2.001661",
                {"commune": [0.25, 0.25, 1, 1, 0.25, 0.25], "province": [5, 0]},
                [3, 5],
                8,
            ),
            ("2.000286", {"commune": [10], "province": [15]}, [10, 15], 25),
            ("2.000477", {"commune": [6]}, [6], 6),
            ("1.001806", {"commune": [10]}, [10], 10),
        ]:
            with self.subTest(code=code):
                steps = chain("", **levels)
                found = sections(steps, range(len(steps)))
                self.assertEqual([section.level for section in found], list(levels))
                self.assertEqual([section.time for section in found], subtotals)
                self.assertFalse(differences(steps, Term(whole, "working_day"), {}))

    def test_cases(self):
        """1.013814: a) takes 5; beside it a case with a term and a unit of its own."""
        own = {"b": Term(2, "day")}
        a, b = chain("a", commune=[0.5, 4, 0.5]), chain("b", commune=[0.5, 1.5])
        five = Term(5, "working_day")
        for steps, term, said, main in [
            (a + b, five, {}, "a"),
            (b + a, five, {}, "a"),
            (a, five, {"b": (0, own["b"])}, "a"),  # a case that nobody has written steps for
            (a + b[:1], five, {"b": (0.5, own["b"])}, "a"),
            (a[:2] + b, five, {"a": (4.5, five)}, "a"),
            (chain("", commune=[5]) + a + b, five, {}, ""),
            (b, five, {}, None),  # nothing for those who come with the published term
            ([], five, {}, None),
            (chain("", commune=[0, 0]), Term(0, None), {"b": (0, own["b"])}, ""),
        ]:
            with self.subTest(steps=steps):
                self.assertEqual(differences(steps, term, own), said)
                self.assertEqual(main_case(steps, term, own), main)

    def test_hundredths(self):
        self.assertEqual(total([0.1] * 3), 0.3)
        self.assertFalse(differences(chain("", commune=[0.1] * 80), DAYS, {}))
        [(taken, _)] = differences(chain("", commune=[0.1] * 80 + [0.01]), DAYS, {}).values()
        self.assertEqual(taken, 8.01)

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(steps_of)
    def test_subtotals_add_up(self, steps):
        """Every step stands in one section of one case, and sub-totals add up to the total."""
        seen = []
        for case, places in by_case(steps).items():
            found = sections(steps, places)
            self.assertEqual({steps[each].case for each in places}, {case})
            self.assertEqual([each for section in found for each in section.places], places)
            self.assertEqual(
                total([section.time for section in found]),
                total([steps[each].time for each in places]),
            )
            for one, next_ in zip(found, found[1:], strict=False):
                self.assertNotEqual(one.level, next_.level)
            seen += places
        self.assertEqual(sorted(seen), list(range(len(steps))))

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(steps_of, times)
    def test_a_case_is_off_or_it_adds_up(self, steps, amount):
        """By how much a case is off is what its steps lack; the others add up to the hundredth."""
        off = differences(steps, Term(amount, "day"), {})
        for case, places in by_case(steps).items():
            hundredths = sum(round(steps[each].time * 100) for each in places)
            missing = round(amount * 100) - hundredths
            self.assertEqual(case in off, bool(missing))
            if missing:
                self.assertEqual(round(off[case][0] * 100) + missing, round(amount * 100))
        fitting = {
            case: Term(total([steps[each].time for each in places]), "day")
            for case, places in by_case(steps).items()
        }
        self.assertFalse(differences(steps, DAYS, fitting))


@tagged("post_install", "-at_install")
class TestProcedureCode(BaseCase):
    def test_suffix(self):
        for code, unit, national, local in [
            ("2.000815", "H23.20.31", "2.000815", "2.000815.000.00.00.H23"),
            ("2.000815", "000.17.22.H56", "2.000815", "2.000815.000.00.00.H56"),
            ("2.000815", "", "2.000815", "2.000815"),
            ("1.000948.H38", "H23.20.31", "1.000948", "1.000948.H38"),
            (
                "1.000948.000.00.00.H23",
                "H56.00.00",
                "1.000948",
                "1.000948.000.00.00.H23",
            ),
            ("nội bộ 1", "H23.20.31", "nội bộ 1", "nội bộ 1"),
        ]:
            with self.subTest(code=code):
                self.assertEqual(national_code(code), national)
                self.assertEqual(local_code(code, unit), local)

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(st.from_regex(r"\d\.\d{6}", fullmatch=True), st.from_regex(r"[A-Y]\d\d", fullmatch=True))
    def test_there_and_back(self, code, province):
        self.assertEqual(national_code(local_code(code, f"{province}.00.00")), code)
