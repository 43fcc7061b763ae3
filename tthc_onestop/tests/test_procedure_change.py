from lxml import html

from odoo.tests import tagged

from .common import DossierCase


@tagged("post_install", "-at_install")
class TestProcedureChange(DossierCase):
    def shown(self, version):
        """The table of changes: the rows of each part as (old, new)."""
        table = html.fromstring(version.changes)
        parts, rows = {}, None
        for row in table.xpath("//tbody/tr"):
            cells = [" ".join(cell.text_content().split()) for cell in row]
            if len(cells) == 1:
                rows = parts.setdefault(cells[0], [])
            else:
                rows.append(tuple(cells))
        return parts

    def test_part_by_part(self):
        self.revise(
            duration_text="05 ngày làm việc",
            step_ids=[
                (0, 0, {"name": "Tiếp nhận", "role": "counter", "duration": 1}),
                (0, 0, {"name": "Thẩm định", "duration": 4}),
            ],
            legal_basis_ids=[(0, 0, {"name": "Luật cũ"})],
        )
        old = self.procedures["days"]
        new = self.revise(
            duration=3,
            duration_text="03 ngày làm việc",
            document_ids=[
                (0, 0, {"name": "Tờ khai", "originals": 1, "copies": 2}),
                (0, 0, {"name": "Ảnh"}),
            ],
            step_ids=[
                (0, 0, {"name": "Tiếp nhận", "role": "counter", "duration": 1}),
                (0, 0, {"name": "Thẩm định", "duration": 2}),
            ],
            legal_basis_ids=[(0, 0, {"name": "Luật mới"})],
        )
        self.assertEqual(new.previous_id, old)
        shown = self.shown(new)
        self.assertIn(("Duration 5", "Duration 3"), shown["Particulars"])
        self.assertIn(
            ("Term as published 05 ngày làm việc", "Term as published 03 ngày làm việc"),
            shown["Particulars"],
        )
        self.assertNotIn("Mã", str(shown["Particulars"]))
        papers = shown["Papers"]
        self.assertEqual(len(papers), 3)
        self.assertIn("Copies: 2", papers[0][1])
        self.assertIn("Originals: 1", papers[0][0])
        self.assertEqual(
            [("–" in old, "–" in new) for old, new in papers[1:]].count((True, False)), 1
        )
        self.assertEqual(len(shown["Workflow"]), 2)
        self.assertIn(("Luật cũ", "–"), shown["Legal bases"])
        self.assertIn(("–", "Luật mới"), shown["Legal bases"])

    def test_numbers_as_the_reader_writes_them(self):
        version = self.revise(duration=2.5, duration_unit="working_day")
        self.assertIn(">2,5</mark>", version.with_context(lang="vi_VN").changes)

    def test_nothing_but_the_decision(self):
        version = self.revise()
        self.assertIn("Nothing but the decision", version.changes)
        self.assertFalse(self.procedures["hours"].changes)

    def test_what_people_type_is_text(self):
        version = self.revise(name="<script>alert(1)</script>", note="<b>x</b>")
        self.assertNotIn("<script>", version.changes)
        self.assertIn("&lt;script&gt;", version.changes)
        self.assertNotIn("<b>x", version.changes)

    def test_a_draft_is_compared_with_what_it_will_replace(self):
        second = self.revise()
        draft = second.copy({"name": "Khác"})
        self.assertEqual(draft.previous_id, second)
        draft.effective_on = "2019-01-01"  # before the second took effect
        self.assertEqual(draft.previous_id.version, 1)
