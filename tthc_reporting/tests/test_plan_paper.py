import io
import re

from docx import Document
from docx.table import Table
from pypdf import PdfReader

from odoo.tests import HttpCase, tagged
from odoo.tools import file_open, mute_logger

from odoo.addons.tthc_onestop.tests.test_plan import PlanCase

SPACES = re.compile(r"\s+")


@tagged("post_install", "-at_install")
class TestPlanPaper(PlanCase, HttpCase):
    """The plan of 2023 as printed, side by side with the text of the original."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the commune itself is there already: another of its name, but for a capital
        cls.company.write({"name": "UBND Xã Bình Lãng", "tthc_place": "Bình Lãng"})
        with file_open("tthc_onestop/tests/data/plan_2023.txt") as file:
            cls.original = file.read().splitlines()

    def lines(self, content):
        """The paragraphs of a Word document in their order, those of its tables too."""
        document = Document(io.BytesIO(content))
        for block in document.iter_inner_content():
            cells = [block]
            if isinstance(block, Table):
                cells = [
                    each for row in block.rows for cell in row.cells for each in cell.paragraphs
                ]
            for paragraph in cells:
                if text := " ".join(paragraph.text.split()):
                    yield text

    def test_word_says_what_the_original_says_in_its_order(self):
        lines = list(self.lines(self.plan.docx()))
        head = " ".join(self.original[:4])
        count = next(n for n, line in enumerate(lines) if line == "KẾ HOẠCH")
        self.assertEqual(sorted(" ".join(lines[:count]).split()), sorted(head.split()))
        body = self.original[4:-4]
        self.assertEqual(lines[count : count + len(body)], body)
        self.assertTrue(body[-1].startswith("Trên đây là kế hoạch"))
        end = lines[count + len(body) :]
        to, *signer = self.original[-3:]
        # the scan has the brace of the two first recipients at the end
        wanted = to.replace("huyện; - TT", "huyện (để b/c); - TT").replace(" - } (để b/c)", "")
        self.assertEqual(end, ["Nơi nhận:", *re.split(r" (?=- )", wanted), *signer])

    def test_pdf_says_the_same(self):
        pages = [
            re.sub(r"\n\d+$", "", page.extract_text())
            for page in PdfReader(io.BytesIO(self.plan.pdf())).pages
        ]
        text, place = SPACES.sub("", "".join(pages)), 0
        for line in self.original[4:-4]:
            found = text.find(SPACES.sub("", line), place)
            self.assertGreaterEqual(found, place, line)
            place = found + 1
        self.assertIn("TrầnXuânMãng", text)
        self.assertIn("Số:24/KH-UBND", text)

    def test_a_draft_leaves_number_and_day_open(self):
        lines = list(self.lines(self.draft().docx()))
        self.assertIn("Số: ……/KH-UBND", lines)
        self.assertIn("- Ban hành văn bản", lines)

    @mute_logger("odoo.http")
    def test_for_who_may_read_it(self):
        urls = [f"/tthc_reporting/plan/{self.plan.id}.{kind}" for kind in ("docx", "pdf")]
        for group, status in (("communication", 200), ("manager", 403)):
            self.authenticate(f"test_{group}", f"test_{group}")
            for url in urls:
                self.assertEqual(self.url_open(url).status_code, status, group)
        self.authenticate("test_leader", "test_leader")
        self.assertEqual(self.url_open("/tthc_reporting/plan/0.pdf").status_code, 404)
