from odoo.tests import new_test_user, tagged

from .common import DossierCase


@tagged("post_install", "-at_install")
class TestDossierNotes(DossierCase):
    """What officers write on a dossier stays in the office."""

    def setUp(self):
        super().setUp()
        self.citizen = new_test_user(
            self.env,
            login="test_citizen",
            groups="base.group_portal",
            email="cong-dan@example.com",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.relative = self.env["res.partner"].create(
            {"name": "Người nhà", "email": "nguoi-nha@example.com"}
        )
        self.officer = self.users["officer"]
        for user in self.users.values():
            user.write({"email": f"{user.login}@example.com", "notification_type": "email"})
        self.dossier = self.received()
        outside = self.citizen.partner_id + self.relative
        comments = self.env.ref("mail.mt_comment") + self.env.ref("mail.mt_note")
        self.dossier.message_subscribe(
            (outside + self.officer.partner_id).ids, subtype_ids=comments.ids
        )
        self.assertLessEqual(outside, self.dossier.message_partner_ids)

    def posted(self, **values):
        """The note, and who is told of it."""
        before = self.env["mail.mail"].search([])
        note = self.dossier.message_post(body="Nghi giấy tờ giả", **values)
        told = note.sudo().notification_ids.res_partner_id
        letters = self.env["mail.mail"].search([]) - before
        return note, told | letters.recipient_ids, letters

    def test_every_way_to_post(self):
        outside = self.citizen.partner_id + self.relative
        for values in (
            {},
            {"subtype_xmlid": "mail.mt_comment"},
            {"subtype_id": self.env.ref("mail.mt_comment").id, "is_internal": False},
            {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"},
            {"partner_ids": outside.ids, "subtype_xmlid": "mail.mt_comment"},
            {"partner_ids": outside.ids, "message_type": "comment"},
            {"outgoing_email_to": "cong-dan@example.com"},
        ):
            with self.subTest(values):
                note, told, letters = self.posted(**values)
                self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))
                self.assertTrue(note.is_internal)
                self.assertFalse(told & outside)
                self.assertFalse(letters.filtered("email_to"))
                self.assertFalse(note.with_user(self.citizen).search([("id", "=", note.id)]))

    def test_colleagues_are_told(self):
        _note, told, _letters = self.posted(partner_ids=self.users["leader"].partner_id.ids)
        self.assertIn(self.users["leader"].partner_id, told)
        self.assertIn(self.officer.partner_id, told, "who follows it from inside the office")

    def test_a_note_that_is_not_posted_but_written(self):
        note = self.model("counter", "mail.message").create(
            {
                "model": "tthc.dossier",
                "res_id": self.dossier.id,
                "body": "Nghi giấy tờ giả",
                "subtype_id": self.env.ref("mail.mt_comment").id,
                "is_internal": False,
            }
        )
        self.assertTrue(note.is_internal)

    def test_other_notifications(self):
        note = self.dossier.message_notify(
            body="Xem giúp", partner_ids=(self.relative + self.users["leader"].partner_id).ids
        )
        self.assertEqual(
            note.sudo().notification_ids.res_partner_id, self.users["leader"].partner_id
        )
