from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules.fee import FIXED, PER_COPY, PER_PAGE, RULES, Tariff, fee, quarter_before
from ..rules.vietnamese import number_in_words

CASES = settings(deadline=None, derandomize=True)
# 2.000 đ a page, from the third page 1.000 đ, at most 200.000 đ a copy: procedure 2.000815 on the
# national database (V2, read in a copy of it); the text of TT 226/2016/TT-BTC was not read
CERTIFIED_COPY = Tariff(PER_PAGE, 2000, from_page=3, amount_beyond=1000, ceiling=200_000)
SIGNATURE = Tariff(PER_COPY, 10_000)  # 2.000884: 10.000 đ a case (V2)
WILL = Tariff(PER_COPY, 50_000)  # 2.001019: 50.000 đ a will (V2)
EXTRACT = Tariff(PER_COPY, 8000)  # 2.000635: 8.000 đ a copy of an extract (V2)
ADOPTION = Tariff(FIXED, 400_000)  # 2.001263: 400.000 đ a case (V2)
WORKED = [
    # tariff, pages, copies, exempt in per cent, đồng
    (CERTIFIED_COPY, 1, 1, 0, 2000),
    (CERTIFIED_COPY, 2, 1, 0, 4000),
    (CERTIFIED_COPY, 3, 1, 0, 5000),
    (CERTIFIED_COPY, 4, 5, 0, 30_000),
    (CERTIFIED_COPY, 197, 1, 0, 199_000),
    (CERTIFIED_COPY, 198, 1, 0, 200_000),
    (CERTIFIED_COPY, 199, 1, 0, 200_000),  # the ceiling is of a copy…
    (CERTIFIED_COPY, 300, 2, 0, 400_000),  # …not of the dossier
    (SIGNATURE, 9, 2, 0, 20_000),
    (WILL, 1, 1, 0, 50_000),
    (EXTRACT, 1, 3, 0, 24_000),
    (ADOPTION, 7, 7, 0, 400_000),
    # families of merit, poor households, people with a disability: Luật Hộ tịch Đ11.1a (V)
    (EXTRACT, 1, 3, 100, 0),
    (ADOPTION, 1, 1, 50, 200_000),
    (Tariff(FIXED, 1), 1, 1, 50, 0),  # half a đồng is nobody's
    (Tariff(PER_PAGE, 3000), 4, 2, 0, 24_000),  # one amount for every page, no ceiling
]

amounts = st.integers(0, 10**7)
counts = st.integers(1, 10_000)
tariffs = st.builds(
    Tariff,
    st.sampled_from(RULES),
    amounts,
    st.one_of(st.just(0), st.integers(2, 500)),
    amounts,
    amounts,
)


@tagged("post_install", "-at_install")
class TestFeeRules(BaseCase):
    def test_worked_cases(self):
        for tariff, pages, copies, exempt, expected in WORKED:
            with self.subTest(tariff=tariff, pages=pages, copies=copies):
                self.assertEqual(fee(tariff, pages, copies, exempt), expected)

    @CASES
    @given(tariffs, counts, counts, st.integers(0, 100))
    def test_more_never_costs_less(self, tariff, pages, copies, exempt):
        asked = fee(tariff, pages, copies, exempt)
        self.assertGreaterEqual(fee(tariff, pages + 1, copies, exempt), asked)
        self.assertGreaterEqual(fee(tariff, pages, copies + 1, exempt), asked)
        self.assertGreaterEqual(asked, 0)

    @CASES
    @given(tariffs, counts, counts)
    def test_never_above_the_ceiling(self, tariff, pages, copies):
        if tariff.rule == PER_PAGE and tariff.ceiling:
            self.assertLessEqual(fee(tariff, pages, copies), tariff.ceiling * copies)

    @CASES
    @given(tariffs, counts, counts, st.integers(0, 99))
    def test_exempt(self, tariff, pages, copies, exempt):
        self.assertEqual(fee(tariff, pages, copies, 100), 0)
        less = fee(tariff, pages, copies, exempt + 1)
        self.assertLessEqual(less, fee(tariff, pages, copies, exempt))

    @CASES
    @given(amounts, counts, counts)
    def test_a_page_number_from_which_nothing_changes(self, amount, pages, copies):
        plain = Tariff(PER_PAGE, amount)
        same = Tariff(PER_PAGE, amount, from_page=3, amount_beyond=amount)
        self.assertEqual(fee(plain, pages, copies), fee(same, pages, copies))

    def test_quarters(self):
        for today, begin, end in (
            ("2023-03-14", "2022-09-15", "2022-12-14"),  # its last day is not over
            ("2023-03-15", "2022-12-15", "2023-03-14"),
            ("2023-06-15", "2023-03-15", "2023-06-14"),
            ("2024-01-02", "2023-09-15", "2023-12-14"),
        ):
            found = quarter_before(date.fromisoformat(today))
            self.assertEqual(found, (date.fromisoformat(begin), date.fromisoformat(end)))

    @CASES
    @given(st.dates(date(2001, 1, 1), date(2090, 1, 1)))
    def test_quarters_follow_each_other(self, today):
        begin, end = quarter_before(today)
        self.assertLess(end, today)
        self.assertLessEqual(today - end, timedelta(92))
        self.assertEqual(quarter_before(begin)[1], begin - timedelta(1))

    def test_numbers_in_words(self):
        for number, words in (
            (0, "không"),
            (10, "mười"),
            (15, "mười lăm"),
            (21, "hai mươi mốt"),
            (105, "một trăm lẻ năm"),
            (2000, "hai nghìn"),
            (21_015, "hai mươi mốt nghìn không trăm mười lăm"),
            (24_000, "hai mươi bốn nghìn"),
            (155_000, "một trăm năm mươi lăm nghìn"),
            (1_000_005, "một triệu không trăm lẻ năm"),
            (1_005_000_000, "một tỷ không trăm lẻ năm triệu"),
        ):
            self.assertEqual(number_in_words(number), words)

    @CASES
    @given(st.integers(0, 10**12 - 1))
    def test_words_say_the_number(self, number):
        self.assertEqual(_read(number_in_words(number)), number)


def _read(words):
    """The number that words say, reckoned as they are heard."""
    digits = {
        word: value
        for value, names in enumerate(
            ("không", "một mốt", "hai", "ba", "bốn", "năm lăm", "sáu", "bảy", "tám", "chín")
        )
        for word in names.split()
    }
    scales = {"tỷ": 10**9, "triệu": 10**6, "nghìn": 10**3}
    total = group = last = 0
    for word in words.split():
        if word in scales:
            total, group, last = total + (group + last) * scales[word], 0, 0
        elif word == "mười":
            group += 10
        elif word in ("trăm", "mươi"):
            group, last = group + last * (100 if word == "trăm" else 10), 0
        elif word != "lẻ":
            last = digits[word]
    return total + group + last
