import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules.fee import FIXED, PER_COPY, PER_PAGE, Tariff
from ..rules.public_text import tariff_in_words, without_remarks
from ..rules.search_text import MOST_CHARACTERS, find, plain, text_of

NAMES = (
    "Thủ tục đăng ký kết hôn lưu động",
    "Thủ tục đăng ký kết hôn",
    "Thủ tục đăng ký khai sinh",
    "Đăng ký lại khai tử",
    "Hỗ trợ chi phí mai táng",
    "Hồ sơ hộ tịch",
)
SYLLABLES = "Đăng ký lại khai tử hộ tịch ứng hưởng đường sông quốc tế 1.004 (mới) Ơ Ư Ă".split()
words = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=6)


@tagged("post_install", "-at_install")
class TestSearchText(BaseCase):
    def test_plain(self):
        for text, expected in [
            ("Đăng ký KẾT HÔN", "dang ky ket hon"),
            ("Hộ tịch, đất đai (xã)", "ho tich dat dai xa"),
            (unicodedata.normalize("NFD", "Người được hưởng Ưu đãi"), "nguoi duoc huong uu dai"),
            ("1.001193.H38", "1 001193 h38"),
            ("  –  ", ""),
        ]:
            with self.subTest(text):
                self.assertEqual(plain(text), expected)

    @given(st.text())
    def test_plain_again_is_the_same(self, text):
        once = plain(text)
        self.assertEqual(plain(once), once)
        self.assertFalse(any(unicodedata.combining(each) for each in once))

    @given(words)
    def test_composition_case_and_diacritics_do_not_matter(self, parts):
        text = " ".join(parts)
        for same in (text.upper(), unicodedata.normalize("NFD", text), plain(text)):
            self.assertEqual(plain(same), plain(text))

    def test_the_nearest_first(self):
        texts = [text_of(name, f"1.00{number}") for number, name in enumerate(NAMES)]
        for query, places in [
            ("ket hon", [1, 0]),
            ("hôn KẾT", [1, 0]),
            ("đăng ký kết", [1, 0]),
            ("khai", [3, 2]),
            ("hộ", [5, 1, 4, 0]),  # as it is written before what is so without diacritics
            ("hỗ", [4, 5, 1, 0]),
            ("1.003", [3]),
            ("tu", [3, 1, 2, 0]),
            ("hon ket lai", []),
            ("ang", []),  # words begin so, they do not have it inside
            ("  , ", [0, 1, 2, 3, 4, 5]),
            ("", [0, 1, 2, 3, 4, 5]),
        ]:
            with self.subTest(query):
                self.assertEqual(find(query, texts), places)

    @given(words, st.randoms(use_true_random=False))
    def test_a_name_is_found_by_its_words_in_any_order(self, parts, random):
        texts = [text_of(name) for name in ("Khác hẳn", " ".join(parts), *NAMES)]
        assume(len(" ".join(parts)) <= MOST_CHARACTERS)
        random.shuffle(parts)
        for query in (" ".join(parts), plain(" ".join(parts)).upper()):
            self.assertIn(1, find(query, texts))

    @given(st.text(), st.lists(st.text(max_size=40), max_size=8))
    def test_any_query_finds_each_once(self, query, names):
        found = find(query * 30, [text_of(name) for name in names])
        self.assertEqual(len(found), len(set(found)))
        self.assertLessEqual(set(found), set(range(len(names))))


@tagged("post_install", "-at_install")
class TestPublicText(BaseCase):
    def test_tariffs(self):
        """As the national database says those of certified copies (2.000815) and signatures."""
        for tariff, text in [
            (
                Tariff(PER_PAGE, 2000, 3, 1000, 200000),
                "2.000 đ/trang; từ trang 3: 1.000 đ/trang; tối đa 200.000 đ/bản",
            ),
            (Tariff(PER_PAGE, 500), "500 đ/trang"),
            (Tariff(PER_COPY, 10000), "10.000 đ mỗi bản hoặc trường hợp"),
            (Tariff(FIXED, 1500000), "1.500.000 đ"),
            (Tariff(FIXED, 0), "Miễn phí"),
        ]:
            with self.subTest(text):
                self.assertEqual(tariff_in_words(tariff), text)

    def test_remarks(self):
        for text, shown in [
            ("15 ngày (memory)", "15 ngày"),
            ("70.000 đ/giấy (memory; xóa đăng ký: không)", "70.000 đ/giấy (xóa đăng ký: không)"),
            ("20 ngày (TTLT 05/2015, memory); 15 ngày", "20 ngày (TTLT 05/2015); 15 ngày"),
            ("2023 (memory): Giấy xác nhận", "2023: Giấy xác nhận"),
            ("Theo Nghị quyết (mức 2023: không tìm được); miễn", "Theo Nghị quyết; miễn"),
            ("05 ngày (kể từ ngày nhận)", "05 ngày (kể từ ngày nhận)"),
            ("Thẻ nhớ (memory card)", "Thẻ nhớ (memory card)"),
            ("", ""),
        ]:
            with self.subTest(text):
                self.assertEqual(without_remarks(text), shown)

    @given(st.text("a( );,memory"))
    def test_what_is_not_in_brackets_stays(self, text):
        shown = without_remarks(text)
        self.assertLessEqual(len(shown), len(text))
        if "(" not in text:
            self.assertEqual(shown, text.strip())
