from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DossierCase, at


@tagged("post_install", "-at_install")
class TestDossierInput(DossierCase):
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
        ]:
            before = self.env["tthc.dossier"].search_count([])
            with self.subTest(name), at("2023-06-05"), self.assertRaises(UserError) as caught:
                self.new(**values)
            self.assertIn(words, str(caught.exception))
            self.assertEqual(self.env["tthc.dossier"].search_count([]), before)

    def test_draft_procedure(self):
        self.procedures["days"].state = "draft"
        with self.assertRaisesRegex(UserError, "not in force"):
            self.new()

    def test_one_spelling(self):
        dossier = self.new(
            applicant_name="  Nguye\u0302\u0303n   Thị Đào ", applicant_identity="030 185 000123"
        )
        self.assertEqual(dossier.applicant_name, "Nguyễn Thị Đào")
        self.assertEqual(dossier.applicant_identity, "030185000123")

    def test_attachment_over_the_limit(self):
        dossier = self.new()
        self.env["ir.config_parameter"].set_param("tthc_onestop.attachment_max_mb", 1)
        attachment = {"name": "quét.pdf", "res_model": "tthc.dossier", "res_id": dossier.id}
        files = self.model("counter", "ir.attachment")
        files.create({**attachment, "raw": b"x" * 1024})
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
        for user in (self.users["finance"].id, 2**31 - 1):
            with self.assertRaises(UserError):
                self.as_user("leader", dossier).action_process(user)

    def test_declared_data_stay(self):
        dossier = self.received()
        desk = self.as_user("counter", dossier)
        desk.applicant_phone = "0912345678"
        with self.assertRaises(UserError):
            desk.applicant_name = "Người khác"
        with self.assertRaises(UserError):
            self.as_user("officer", dossier).applicant_phone = "0912345679"
