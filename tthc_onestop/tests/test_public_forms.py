import base64

from odoo import Command
from odoo.tests import HttpCase, tagged

from .common import DossierCase


@tagged("post_install", "-at_install")
class TestPublicForms(HttpCase, DossierCase):
    def test_forms(self):
        """The form of a paper comes as a file; none of what is not in force."""
        form = {"form_file": base64.b64encode(b"%PDF-1.4 x"), "form_name": "Tờ khai.pdf"}
        procedure = self.revise(
            document_ids=[
                Command.create({"name": "Tờ khai", **form}),
                Command.create({"name": "Giấy tờ tùy thân", "kind": "show"}),
            ]
        )
        paper, other = procedure.document_ids
        path = f"/thu-tuc-hanh-chinh/{procedure.code}/mau"
        page = self.url_open(f"/thu-tuc-hanh-chinh/{procedure.code}").text
        self.assertIn(f'href="{path}/{paper.id}"', page)
        self.assertIn("Tải mẫu: Tờ khai.pdf", page)
        answer = self.url_open(f"{path}/{paper.id}")
        self.assertEqual(answer.content, b"%PDF-1.4 x")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertIn("T%E1%BB%9D%20khai.pdf", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertNotIn("Set-Cookie", answer.headers)
        code = self.procedures["hours"].code
        for strange in (
            f"{path}/{other.id}",
            f"{path}/0",
            f"/thu-tuc-hanh-chinh/{code}/mau/{paper.id}",
        ):
            self.assertEqual(self.url_open(strange).status_code, 404, strange)
        procedure.action_abolish(self.decision().id)
        self.assertEqual(self.url_open(f"{path}/{paper.id}").status_code, 404)
