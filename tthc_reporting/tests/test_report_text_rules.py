from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules import report_text as rules
from ..rules.forms import FORMS
from ..rules.matrix import Matrix, Row
from ..rules.periods import months_earlier, quarter
from ..rules.report_text import BEFORE, NOW, YEAR_AGO, Section, UnknownPlace
from ..rules.settlement import II_06A

COUNTS = st.integers(0, 10**7)
PERIODS = (NOW, BEFORE, YEAR_AGO)


def sheet(online, other, carried, early, on_time, late, overdue=0):
    """A matrix whose sums are those of the form."""
    received, settled = online + other + carried, early + on_time + late
    pending = received - settled
    values = (received, online, other, carried, settled, early, on_time, late)
    values += (pending, pending - overdue, overdue)
    named = dict(zip(II_06A.figures, values, strict=True))
    return Matrix.of(II_06A, [Row(1, "Hộ tịch", named)], Row(None, "Tổng số", named))


FIGURES = {
    NOW: {"II.06a": sheet(400, 800, 34, 1000, 172, 62)},
    BEFORE: {"II.06a": sheet(300, 800, 17, 1000, 100, 17)},
    YEAR_AGO: {},
}
EARLIER = {  # worked by hand: 1.172 of 1.234 is 94,976%; 1.100 of 1.117 is 98,478%
    "{II.06a:3}": "1.234",
    "{II.06a:3:before}": "1.117",
    "{ II.06a:3:year_ago }": "không có số liệu",
    "{II.06a:3:since_before}": "tăng 117 (10,5%) so với kỳ trước",
    "{II.06a:3:since_year_ago}": "cùng kỳ năm trước không có số liệu",
    "{II.06a:8:since_before}": "bằng kỳ trước",
    "{II.06a:13:since_before}": "bằng kỳ trước",
    "{rate:on_time}": "95%",
    "{rate:on_time:before}": "98,5%",
    "{rate:on_time:since_before}": "giảm 3,5 điểm phần trăm so với kỳ trước",
    "{rate:online}": "33,3%",
    "{rate:late}": "5%",
    "{rate:settled:year_ago}": "không có số liệu",
    "{II.06g:3}": "không có số liệu",
    "một {nửa": "một {nửa",
    "kỳ {II.06a:4}/{II.06a:5}": "kỳ 400/800",
}
WRONG = (
    "{}",
    "{II.06a:2}",
    "{II.06a:99}",
    "{II.06z:3}",
    "{II.06a:3:now}",
    "{II.06a:3:since}",
    "{II.06a:3:since_now}",
    "{II.06a:3:before:x}",
    "{rate:happy}",
    "{rate}",
    "xem {II.06a}",
    "{__class__}",
)
COMPARED = (
    ((12, 10), "tăng 2 (20%) so với kỳ trước"),
    ((10, 12), "giảm 2 (16,7%) so với kỳ trước"),
    ((5, 0), "tăng 5 so với kỳ trước"),  # no percent of nothing
    ((0, 5), "giảm 5 (100%) so với kỳ trước"),
    ((0, 0), "bằng kỳ trước"),
    ((3, None), "kỳ trước không có số liệu"),
    ((None, 3), "không có số liệu"),
    ((2500, 1000), "tăng 1.500 (150%) so với kỳ trước"),
)
NUMBERS = (
    (0, "0"),
    (999, "999"),
    (1000, "1.000"),
    (1234567, "1.234.567"),
    (Decimal("1234.5"), "1.234,5"),
    (Decimal("0.1"), "0,1"),
)
SHARES = (
    ((1, 3), "33.3"),
    ((2, 3), "66.7"),
    ((1, 2000), "0.1"),  # half up
    ((1, 1), "100"),
    ((0, 7), "0"),
)


@tagged("post_install", "-at_install")
class TestReportTextRules(BaseCase):
    def test_what_braces_say(self):
        for text, expected in EARLIER.items():
            with self.subTest(text):
                self.assertEqual(rules.fill(text, FIGURES, FORMS), expected)

    def test_what_names_nothing_is_refused(self):
        for text in WRONG:
            with self.subTest(text), self.assertRaises(UnknownPlace):
                rules.check("Mục", text, FORMS)
        with self.assertRaises(UnknownPlace):
            rules.check("{II.06a}", "", FORMS)
        rules.check("Mục {II.06a:3}", "{II.06a}\nxem {rate:late}", FORMS)

    def test_comparison_in_words(self):
        for (now, then), expected in COMPARED:
            with self.subTest(now=now, then=then):
                self.assertEqual(rules.compared(now, then, BEFORE), expected)
        for number, expected in NUMBERS:
            self.assertEqual(rules.number(number), expected)
        for (part, whole), expected in SHARES:
            self.assertEqual(rules.share(part, whole), Decimal(expected))
        with self.assertRaises(ZeroDivisionError):
            rules.share(0, 0)

    def test_a_rate_of_nothing_is_no_figure(self):
        figures = {NOW: {"II.06a": sheet(0, 0, 5, 0, 0, 0)}}
        self.assertEqual(rules.fill("{rate:on_time}", figures, FORMS), "không có số liệu")
        self.assertEqual(rules.fill("{rate:settled}", figures, FORMS), "0%")

    def test_which_figures_are_wanted(self):
        texts = ["{II.06a:3} {II.06g:3:before}", "{rate:late:since_year_ago}", "{II.06a}"]
        self.assertEqual(
            rules.wanted(texts, FORMS),
            {NOW: {"II.06a"}, BEFORE: {"II.06g"}, YEAR_AGO: {"II.06a"}},
        )

    def test_empty_parts_are_left_out_and_the_numbers_close_up(self):
        sections = [
            Section(0, "Mở đầu", "Kính gửi"),
            Section(1, "TÌNH HÌNH", ""),
            Section(2, "Trống", "  \n"),
            Section(2, "Kết quả", "Có {II.06a:3}\n\nHai"),
            Section(1, "TRỐNG", ""),
            Section(1, "KIẾN NGHỊ", "Không"),
            Section(2, "Thêm", "Nữa"),
            Section(1, "BỎ", ""),
            Section(0, "Kết thúc", "Hết./."),
        ]
        told = [
            (block["kind"][0], block["text"]) for block in rules.blocks(sections, FIGURES, FORMS)
        ]
        self.assertEqual(
            told,
            [
                ("p", "Kính gửi"),
                ("h", "I. TÌNH HÌNH"),
                ("h", "1. Kết quả"),
                ("p", "Có 1.234"),
                ("p", "Hai"),
                ("h", "II. KIẾN NGHỊ"),
                ("p", "Không"),
                ("h", "1. Thêm"),
                ("p", "Nữa"),
                ("p", "Hết./."),
            ],
        )

    def test_a_table_has_every_cell_of_the_form(self):
        [table] = rules.blocks([Section(0, "", "{II.06a}")], FIGURES, FORMS)
        self.assertEqual(table["rows"][0][:4], ["1", "Hộ tịch", "1.234", "400"])
        self.assertEqual(table["rows"][-1][:3], ["", "Tổng số", "1.234"])
        self.assertEqual({len(row) for row in table["rows"]}, {len(table["numbers"])})
        area = sum(rows * columns for *_, rows, columns in table["headings"])
        self.assertEqual(area, 3 * 13)
        [missing] = rules.blocks([Section(0, "", "{II.06g}")], FIGURES, FORMS)
        self.assertEqual(missing["text"], "(không có số liệu)")

    def test_the_same_days_earlier(self):
        for day, months, expected in (
            (date(2023, 3, 15), 3, date(2022, 12, 15)),
            (date(2024, 2, 29), 12, date(2023, 2, 28)),
            (date(2023, 3, 31), 1, date(2023, 2, 28)),
            (date(2023, 1, 14), 1, date(2022, 12, 14)),
        ):
            self.assertEqual(months_earlier(day, months), expected)

    @given(st.integers(2001, 2100), st.integers(1, 4))
    def test_the_quarter_before(self, year, number):
        now = quarter(year, number)
        before = quarter(year, number - 1) if number > 1 else quarter(year - 1, 4)
        self.assertEqual(
            tuple(months_earlier(day, 3) for day in (now.date_from, now.date_to)),
            (before.date_from, before.date_to),
        )

    @settings(deadline=None)
    @given(st.lists(st.sampled_from([*EARLIER, "chữ", "- ", "<b>"]), max_size=9), COUNTS, COUNTS)
    def test_nothing_is_left_in_braces(self, parts, one, other):
        figures = {
            when: {"II.06a": sheet(count, one, 0, one, 0, 0)}
            for when, count in zip(PERIODS, (one, other, other), strict=True)
        }
        text = " ".join(part for part in parts if part != "một {nửa")
        filled = rules.fill(text, figures, FORMS)
        self.assertNotIn("{", filled)
        self.assertEqual(filled.count("<b>"), text.count("<b>"))

    @given(COUNTS, COUNTS)
    def test_a_comparison_says_the_way_and_the_difference(self, now, then):
        said = rules.compared(now, then, BEFORE)
        self.assertEqual(said.startswith("tăng"), now > then)
        self.assertEqual(said.startswith("giảm"), now < then)
        if now != then:
            difference = said.split()[1].replace(".", "")
            self.assertEqual(int(difference), abs(now - then))

    @given(COUNTS, st.integers(1, 10**7))
    def test_a_share_is_the_nearest_tenth(self, part, whole):
        self.assertLessEqual(
            abs(rules.share(part, whole) * whole - 100 * part), Decimal("0.05") * whole
        )

    @given(COUNTS)
    def test_a_number_reads_back(self, value):
        self.assertEqual(int(rules.number(value).replace(".", "")), value)
