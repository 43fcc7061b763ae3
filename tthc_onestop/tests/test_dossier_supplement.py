from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import DossierCase, at
from .test_slip_pdf import pages_of


@tagged("post_install", "-at_install")
class TestSupplement(DossierCase):
    def setUp(self):
        super().setUp()
        self.dossier = self.received("2023-08-07")

    def dialogue(self, dossiers=None, move="request_supplement"):
        model = self.model("counter", "tthc.dossier.move")
        ids = (dossiers or self.dossier).ids
        return Form(model.with_context(default_move=move, default_dossier_ids=ids))

    def test_papers_are_ticked_in_the_dialogue(self):
        dossier = self.new()
        dossier.document_ids[1].handed_in = True
        dossier.action_receive()
        form = self.dialogue(dossier)
        self.assertEqual(
            [
                (paper["name"], paper["asked"], paper["problem"])
                for paper in form.paper_ids._records
            ],
            [("Tờ khai", True, "missing"), ("Giấy tờ tùy thân", False, "incorrect")],
        )
        with form.paper_ids.edit(1) as paper:
            paper.asked = True
            paper.remark = "hết hạn 01/8/2023"
        with form.paper_ids.new() as paper:
            paper.name = "Giấy xác nhận"
        form.reason = "Nộp trước ngày 20/8"
        form.save().action_confirm()
        self.assertEqual(dossier.status, "supplement")
        lines = [
            "- Tờ khai: Chưa nộp",
            "- Giấy tờ tùy thân: Chưa đúng, chưa đầy đủ; hết hạn 01/8/2023",
            "- Giấy xác nhận: Chưa nộp",
            "Nộp trước ngày 20/8",
        ]
        event = dossier.event_ids.sorted("position")[-1]
        self.assertEqual(event.reason.splitlines(), lines)
        self.assertEqual(len(event.sudo().details["papers"]), 3)
        slip = event.slip_id
        self.assertEqual(slip.reason, event.reason)
        self.assertEqual(slip.content["reason"], ["Nộp trước ngày 20/8"])
        [text] = pages_of(slip.attachment_id.raw)
        self.assertIn(
            "TT Thành phần hồ sơ Lý do 1 Tờ khai Chưa nộp 2 Giấy tờ tùy thân Chưa đúng, chưa đầy "
            "đủ; hết hạn 01/8/2023 3 Giấy xác nhận Chưa nộp Nộp trước ngày 20/8",
            text,
        )
        self.assertEqual(self.model("auditor").verify_ledger(dossier.ids), [])

    def test_the_papers_are_reason_enough(self):
        self.dialogue().save().action_confirm()
        self.assertEqual(self.dossier.status, "supplement")
        [text] = pages_of(
            self.dossier.slip_ids.filtered(lambda slip: slip.form == "02").attachment_id.raw
        )
        self.assertIn("2 Giấy tờ tùy thân Chưa nộp Trong quá trình", text)

    def test_neither_papers_nor_a_reason(self):
        form = self.dialogue()
        for index in (0, 1):
            with form.paper_ids.edit(index) as paper:
                paper.asked = False
        dialogue = form.save()
        with self.assertRaises(UserError):
            dialogue.action_confirm()
        self.assertEqual(self.dossier.status, "received")

    def test_other_moves_ask_for_no_papers(self):
        self.assertFalse(self.dialogue(move="withdraw").paper_ids)

    def test_many_dossiers_at_once(self):
        more = self.dossier + self.received("2023-08-07")
        form = self.dialogue(more)
        self.assertFalse(form.paper_ids)
        with form.paper_ids.new() as paper:
            paper.name = "Tờ khai theo mẫu mới"
        form.save().action_confirm()
        self.assertEqual(set(more.mapped("status")), {"supplement"})
        for dossier in more:
            self.assertIn("mẫu mới", dossier.slip_ids.sorted("id")[-1].reason)

    def test_papers_of_another_shape(self):
        for papers in ("x", [5], [{"name": "", "why": "x"}], [{"name": "x"}], 7):
            with self.subTest(papers=papers), self.assertRaises(UserError):
                self.dossier.action_request_supplement("Thiếu", papers)

    def test_beyond_what_an_officer_may_ask(self):
        """What counts against the desk stands beside the papers in the ledger."""
        papers = [{"name": "Tờ khai", "why": "Bản mờ"}]
        with at("2023-08-08"):
            self.dossier.action_request_supplement(None, papers)
        with at("2023-08-09"):
            self.dossier.action_resume()
            self.as_user("leader", self.dossier).action_request_supplement(None, papers)
        details = self.dossier.event_ids.sorted("position")[-1].sudo().details
        self.assertEqual(details, {"papers": papers, "against_desk": True})
