from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules import periods
from ..rules.matrix import Change, Matrix, Row, changes
from ..rules.settlement import CARRIED_OVER, II_06A

YEARS = st.integers(2000, 2100)
DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestPeriods(BaseCase):
    def test_cases_of_the_law(self):
        """NĐ 09/2019 Đ12 k1–k4; hand-in by the 15th of the quarter's last month (plan II.10)."""
        for found, first, last, hand_in in [
            (periods.quarter(2023, 1), (2022, 12, 15), (2023, 3, 14), (2023, 3, 15)),
            (periods.quarter(2023, 2), (2023, 3, 15), (2023, 6, 14), (2023, 6, 15)),
            (periods.quarter(2023, 3), (2023, 6, 15), (2023, 9, 14), (2023, 9, 15)),
            (periods.quarter(2023, 4), (2023, 9, 15), (2023, 12, 14), (2023, 12, 15)),
            (periods.year(2023), (2022, 12, 15), (2023, 12, 14), (2023, 12, 15)),
            (periods.month(2023, 1), (2022, 12, 15), (2023, 1, 14), (2023, 1, 15)),
            (periods.month(2023, 12), (2023, 11, 15), (2023, 12, 14), (2023, 12, 15)),
            (periods.half_year(2023, 1), (2022, 12, 15), (2023, 6, 14), (2023, 6, 15)),
            (periods.half_year(2023, 2), (2023, 6, 15), (2023, 12, 14), (2023, 12, 15)),
            (periods.nine_months(2023), (2022, 12, 15), (2023, 9, 14), (2023, 9, 15)),
        ]:
            self.assertEqual(found, periods.Period(date(*first), date(*last), date(*hand_in)))
        for part, number in [(periods.quarter, 5), (periods.month, 13), (periods.half_year, 3)]:
            for wrong in (0, number):
                with self.assertRaises(ValueError):
                    part(2023, wrong)

    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(YEARS)
    def test_the_parts_tile_the_year(self, year):
        whole = periods.year(year)
        for part, numbers in [
            (periods.month, periods.MONTHS),
            (periods.quarter, periods.QUARTERS),
            (periods.half_year, periods.HALVES),
        ]:
            parts = [part(year, number) for number in numbers]
            self.assertEqual(parts[0].date_from, whole.date_from)
            self.assertEqual(parts[-1].date_to, whole.date_to)
            for before, after in zip(parts, parts[1:], strict=False):
                self.assertEqual(before.date_to + DAY, after.date_from)
        nine = periods.nine_months(year)
        self.assertEqual(nine.date_from, whole.date_from)
        self.assertEqual(nine.date_to + DAY, periods.quarter(year, 4).date_from)
        self.assertEqual(whole.date_to + DAY, periods.year(year + 1).date_from)

    @settings(max_examples=500, deadline=None, derandomize=True)
    @given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    def test_each_day_has_its_quarter(self, day):
        found = periods.quarter(*periods.quarter_of(day))
        self.assertTrue(found.date_from <= day <= found.date_to, (day, found))


@tagged("post_install", "-at_install")
class TestMatrix(BaseCase):
    def row(self, **values):
        return Row(
            None, "", dict.fromkeys(II_06A.figures, 0) | {k[1:]: v for k, v in values.items()}
        )

    def holds(self, *rows, before=0):
        found = Matrix.of(II_06A, rows[:-1], rows[-1], before)
        return [identity.name for identity in found.identities if not identity.holds]

    def test_identities_tell_what_is_wrong(self):
        good = {"_3": 3, "_4": 1, "_5": 1, "_6": 1, "_7": 2, "_8": 1, "_9": 1, "_11": 1, "_12": 1}
        self.assertEqual(self.holds(self.row(**good), before=1), [])
        for change, broken in [
            ({"_4": 2}, ["(3) = (4) + (5) + (6)"]),
            ({"_10": 1}, ["(7) = (8) + (9) + (10)"]),
            ({"_13": 1}, ["(11) = (12) + (13)"]),
            ({"_7": 3, "_8": 2}, ["(3) = (7) + (11)"]),
        ]:
            self.assertEqual(self.holds(self.row(**good | change), before=1), broken)
            # a line that is wrong is seen though the total is right
            both = (self.row(**good | change), self.row(**good))
            self.assertEqual(self.holds(*both, before=1), broken)
        self.assertEqual(self.holds(self.row(**good), before=2), [CARRIED_OVER])

    def test_what_is_kept_comes_back(self):
        matrix = Matrix.of(II_06A, [self.row(_3=1, _4=1, _11=1, _12=1)], self.row(_3=1), 0)
        self.assertEqual(Matrix.from_dict(II_06A, matrix.as_dict()), matrix)
        columns = matrix.as_dict()["columns"]
        self.assertEqual([column["key"] for column in columns], [str(n) for n in range(1, 14)])
        self.assertEqual(columns[3]["label"], "Số lượng hồ sơ tiếp nhận – Trong kỳ – Trực tuyến")

    def test_the_heading_covers_the_table_once(self):
        """Three rows of merged cells over thirteen columns: no hole, no overlap."""
        cells = [
            (row, column)
            for heading in II_06A.headings
            for row in range(heading.row, heading.row + heading.rows)
            for column in range(heading.column, heading.column + heading.columns)
        ]
        self.assertEqual(len(cells), len(set(cells)))
        self.assertEqual(set(cells), {(row, column) for row in range(3) for column in range(13)})
        self.assertEqual(II_06A.heading_rows, 3)

    def test_some_of_the_rows_have_a_total_of_their_own(self):
        lines = [Row(key, str(key), dict.fromkeys(II_06A.figures, key)) for key in (1, 2, 4)]
        total = Row(None, "Tổng số", dict.fromkeys(II_06A.figures, 7))
        part = Matrix.of(II_06A, lines, total, 7).only({1, 4, 9})
        self.assertEqual([row.key for row in part.rows], [1, 4])
        self.assertEqual(part.total.values["3"], 5)
        self.assertNotIn(CARRIED_OVER, [identity.name for identity in part.identities])

    LINES = st.dictionaries(st.integers(1, 4), st.integers(0, 2), max_size=4)

    def sheet(self, counts):
        rows = [Row(key, f"Dòng {key}", self.row(_3=count).values) for key, count in counts.items()]
        return Matrix.of(
            II_06A, rows, Row(None, "Tổng số", self.row(_3=sum(counts.values())).values)
        )

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(LINES, LINES)
    def test_what_changed_leads_from_one_sheet_to_the_other(self, before, after):
        """A line that only one has counts as 0 in the other; what is the same is not told."""
        found = changes(self.sheet(before), self.sheet(after))
        self.assertTrue(all(change.before != change.after for change in found))
        led = dict.fromkeys({*before, *after}, 0) | before
        for change in found:
            if change.label != "Tổng số":
                key = int(change.label.split()[1])
                self.assertEqual((change.column, led[key]), ("3", change.before))
                led[key] = change.after
        self.assertEqual(led, dict.fromkeys(led, 0) | after)
        totals = [change[2:] for change in found if change.label == "Tổng số"]
        sums = sum(before.values()), sum(after.values())
        self.assertEqual(totals, [sums] if sums[0] != sums[1] else [])

    def test_a_sheet_that_is_new_counted_nothing_before(self):
        sheet = self.sheet({1: 2})
        line, total = Change("Dòng 1", "3", 0, 2), Change("Tổng số", "3", 0, 2)
        self.assertEqual(changes(None, sheet), [line, total])
        self.assertEqual(
            changes(sheet, None), [Change("Dòng 1", "3", 2, 0), Change("Tổng số", "3", 2, 0)]
        )
        self.assertEqual(changes(None, None), [])
