from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import DossierCase, at


@tagged("post_install", "-at_install")
class TestDossierInput(DossierCase):
    def setUp(self):
        super().setUp()
        self.settled = self.env.ref("tthc_onestop.stage_settled")

    def test_bad_values(self):
        """Each a message in words, and nothing half-written."""
        for name, values, words in [
            ("unknown procedure", {"procedure_id": 2**31 - 1}, "unknown"),
            ("no procedure", {"procedure_id": False}, "unknown"),
            ("no name", {"applicant_name": ""}, "name of the applicant"),
            ("blank name", {"applicant_name": "   "}, "name of the applicant"),
            ("CCCD of 11 digits", {"applicant_identity": "03018500012"}, "12 digits"),
            ("e-mail without @", {"applicant_email": "dao.example.vn"}, "e-mail"),
            ("phone of letters", {"applicant_phone": "không có"}, "8 to 15 digits"),
            ("filed in the future", {"submitted_at": "2023-06-06 00:00:00"}, "future"),
            ("status that does not exist", {"status": "lost"}, "cannot be written"),
            ("status of another move", {"status": "settled"}, "cannot be written"),
            ("code chosen by hand", {"name": "H23.20.31-230605-0001"}, "cannot be written"),
            ("received by hand", {"received_at": "2023-06-01 00:00:00"}, "cannot be written"),
            ("way that does not exist", {"channel": "pigeon"}, "pigeon"),
            ("code instead of a procedure", {"procedure_id": "1.001193"}, "unknown"),
            ("column of another status", {"stage_id": self.settled.id}, "cannot be written"),
        ]:
            before = self.env["tthc.dossier"].search_count([])
            with self.subTest(name), at("2023-06-05"), self.assertRaises(UserError) as caught:
                self.new(**values)
            self.assertIn(words, str(caught.exception))
            self.assertEqual(self.env["tthc.dossier"].search_count([]), before)

    def test_draft_procedure(self):
        draft = self.procedures["days"].copy()
        with self.assertRaisesRegex(UserError, "not in force"):
            self.new(procedure_id=draft.id)

    def test_one_spelling(self):
        dossier = self.new(
            applicant_name="  Nguye\u0302\u0303n   Thị Đào ", applicant_identity="030 185 000123"
        )
        self.assertEqual(dossier.applicant_name, "Nguyễn Thị Đào")
        self.assertEqual(dossier.applicant_identity, "030185000123")

    def test_attachment_over_the_limit(self):
        dossier = self.new()
        self.company.tthc_file_max_mb = 1
        attachment = {"name": "quét.pdf", "res_model": "tthc.dossier", "res_id": dossier.id}
        files = self.model("counter", "ir.attachment")
        files.create({**attachment, "raw": b"%PDF-1.4\n" + b"x" * 1024})
        with self.assertRaisesRegex(UserError, "larger than the 1 MB"):
            files.create({**attachment, "raw": b"x" * (1024 * 1024 + 1)})

    def test_year_not_entered(self):
        """No guess beyond the calendar: the message says which year to enter."""
        with at("2031-03-03"):
            dossier = self.new()
            with self.assertRaisesRegex(UserError, "2031"):
                dossier.action_receive()
        self.assertEqual(dossier.status, "submitted")

    def test_no_unit_code(self):
        self.company.tthc_unit_code = False
        dossier = self.new()
        with self.assertRaisesRegex(UserError, "unit code"):
            dossier.action_receive()
        with self.assertRaisesRegex(UserError, "not a unit code"):
            self.company.tthc_unit_code = "Bình Lãng"

    def test_officer_who_is_none(self):
        dossier = self.received()
        other = self.env["res.company"].create({"name": "UBND xã Khác"})
        stranger = new_test_user(
            self.env,
            login="test_stranger",
            groups="tthc_onestop.group_officer",
            company_id=other.id,
            company_ids=other.ids,
        )
        for user in (self.users["finance"].id, 2**31 - 1, stranger.id):
            with self.subTest(user=user), self.assertRaises(UserError):
                self.as_user("leader", dossier).action_process(user)
        self.users["officer"].active = False
        with self.assertRaises(UserError):
            self.as_user("leader", dossier).action_process(self.users["officer"].id)

    def test_declared_data_stay(self):
        dossier = self.received()
        desk = self.as_user("counter", dossier)
        desk.applicant_phone = "0912345678"
        for values in ({"applicant_name": "Người khác"}, {"sector_id": self.land.id}):
            with self.assertRaises(UserError):
                desk.write(values)
        with self.assertRaises(UserError):
            self.as_user("officer", dossier).applicant_phone = "0912345679"
        refused = self.new()
        refused.action_reject("Không thuộc thẩm quyền")
        with self.assertRaises(UserError):
            refused.applicant_name = "Người khác"

    def test_papers_stay_as_they_were_handed_in(self):
        dossier = self.received()
        desk = self.as_user("counter", dossier)
        paper = desk.document_ids[0]
        for change in (
            lambda: paper.write({"handed_in": True}),
            lambda: paper.unlink(),
            lambda: paper.create({"dossier_id": dossier.id, "name": "Giấy khác"}),
            lambda: self.new().document_ids.write({"dossier_id": dossier.id}),
        ):
            with self.assertRaisesRegex(UserError, "stay as they were handed in"):
                change()
        with at("2023-06-06"):
            desk.action_request_supplement("Thiếu")
        paper.handed_in = True

    def test_bad_extensions(self):
        leader = self.as_user("leader", self.received())
        for due, words in [
            (None, "Enter the new due date"),
            ("mai", "Enter the new due date"),
            ("2023-06-18 03:00:00", "not a working day"),
            ("2031-06-18 03:00:00", "2031"),
        ]:
            with (
                self.subTest(due=due),
                at("2023-06-06"),
                self.assertRaisesRegex(UserError, words),
            ):
                leader.action_extend("Cần xác minh", due)

    def test_no_receipt_before_reception(self):
        with self.assertRaisesRegex(UserError, "no receipt yet"):
            self.new().action_print_receipt()

    def test_a_status_keeps_its_stage(self):
        self.received()
        received = self.env.ref("tthc_onestop.stage_received")
        own = self.env["tthc.stage"].create({"name": "Chờ giao", "status": "received"})
        for change in (
            lambda: self.settled.write({"status": "processing"}),
            lambda: self.settled.unlink(),
            lambda: received.write({"status": "processing"}),
        ):
            with self.assertRaises(UserError):
                change()
        own.status = "processing"
