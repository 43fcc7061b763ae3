from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import DossierCase, at
from .test_file_type import SAMPLES


@tagged("post_install", "-at_install")
class TestDossierAttachment(DossierCase, HttpCase):
    """Files dropped in the notes of a dossier stay with it once the desk has received it."""

    def attach(self, dossier, group="counter"):
        return self.model(group, "ir.attachment").create(
            {
                "name": "đơn.pdf",
                "raw": SAMPLES["pdf"],
                "res_model": dossier._name,
                "res_id": dossier.id,
            }
        )

    def call(self, method, file, *arguments):
        """The name of the error of a call over RPC and what it says, or nothing."""
        answer = self.url_open(
            "/web/dataset/call_kw",
            json={
                "params": {
                    "model": "ir.attachment",
                    "method": method,
                    "args": [file.ids, *arguments],
                    "kwargs": {},
                }
            },
        ).json()
        data = answer.get("error", {}).get("data", {})
        return data.get("name", ""), data.get("message", "")

    @mute_logger("odoo.http")
    def test_who_may_write_may_not_delete(self):
        dossier = self.received()
        file = self.attach(dossier, "officer")
        self.authenticate("test_counter", "test_counter")
        for method, arguments in (
            ("unlink", ()),
            ("write", ({"datas": "JVBERi0xLjc="},)),
            ("write", ({"res_id": self.new().id},)),
        ):
            with self.subTest(method, arguments=arguments):
                name, message = self.call(method, file, *arguments)
                self.assertEqual(name, "odoo.exceptions.UserError", message)
        _name, message = self.call("unlink", file)
        self.assertIn(dossier.name, message)
        self.assertIn("đơn.pdf", message)
        # the web client's button for it, which works as superuser
        self.url_open("/mail/attachment/delete", json={"params": {"attachment_id": file.id}})
        self.env.invalidate_all()
        self.assertEqual(file.exists().raw, SAMPLES["pdf"])
        self.assertEqual(file.res_id, dossier.id)

    def test_who_attached_it_may_on_the_same_day(self):
        dossier = self.received()
        self.attach(dossier).unlink()
        file = self.attach(dossier)
        with at("2099-01-05"), self.assertRaises(UserError):
            file.unlink()
        with self.assertRaises(UserError):
            file.with_user(self.users["leader"]).sudo().unlink()

    def test_before_reception_whoever_may_write(self):
        dossier = self.new()
        self.attach(dossier, "officer").with_user(self.users["counter"]).unlink()
        file = self.attach(dossier)
        dossier.action_receive()
        self.assertTrue(file.exists())

    def test_a_note_goes_without_its_files(self):
        """Emptying a note takes its files along: not here."""
        dossier = self.received()
        file = self.attach(dossier)
        note = dossier.message_post(body="Kèm đơn", attachment_ids=file.ids)
        with at("2099-01-05"), self.assertRaises(UserError):
            dossier._message_update_content(note, body="", attachment_ids=[])
