from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import DossierCase
from .test_slip_pdf import pages_of

WHO = {
    "authorised_name": "Trần Văn Bình",
    "authorised_identity": "030 190 000 789",
    "authorised_phone": "0912 345 678",
    "authorised_document": "Giấy ủy quyền số 12, chứng thực ngày 01/6/2023",
}


@tagged("post_install", "-at_install")
class TestAuthorised(DossierCase):
    def test_the_desk_enters_who_files(self):
        form = Form(self.model("counter"))
        form.procedure_id = self.procedures["days"]
        form.applicant_name = "Nguyễn Thị Đào"
        for field, value in WHO.items():
            form[field] = value
        dossier = form.save()
        self.assertEqual(dossier.authorised_identity, "030190000789")
        dossier.action_receive()
        [text] = pages_of(dossier.slip_ids.attachment_id.raw)
        self.assertIn(
            "Tiếp nhận hồ sơ của: Nguyễn Thị Đào Người nộp hồ sơ theo ủy quyền: Trần Văn Bình; "
            "văn bản ủy quyền: Giấy ủy quyền số 12, chứng thực ngày 01/6/2023 Địa chỉ:",
            text,
        )
        self.assertNotIn("030190000789", text)
        with self.assertRaises(UserError):
            dossier.authorised_name = "Người khác"
        dossier.authorised_phone = "0987654321"  # how to reach them is corrected any time

    def test_what_is_refused(self):
        for values in (
            {"authorised_identity": "03019000078"},
            {"authorised_phone": "không có"},
            {"authorised_name": False},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.new(**WHO | values)

    def test_the_number_is_masked(self):
        dossier = self.received(**WHO)
        own = self.as_user("statistician", dossier)
        self.assertEqual(own.authorised_identity_masked, "•" * 9 + "789")
        self.assertNotIn('"authorised_identity"', own.get_view(view_type="form")["arch"])
        self.users["leader"].group_ids += self.env.ref("base.group_allow_export")
        rows = self.as_user("leader", dossier).export_data(["authorised_identity"])["datas"]
        self.assertEqual(rows, [["•" * 9 + "789"]])

    def test_the_number_does_not_stay_in_a_note(self):
        dossier = self.new(**WHO | {"authorised_identity": "B1234567"})
        note = dossier.message_post(body="Đã xem hộ chiếu B1234567")
        self.assertIn("•••••567", note.body)
