import base64
import hashlib
import io

from PIL import Image
from psycopg2 import errors

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DossierCase, at
from .test_file_type import SAMPLES

HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "trang.html": HTML,
    "hình.svg": SVG,
    "giả.pdf": HTML,
    "giả.png": SVG,
    "lệnh.sh": b"#!/bin/sh\nrm -rf /\n",
    "chạy.pdf": b"MZ\x90\x00\x03\x00\x00\x00",
    "chữ.pdf": b"%P",
    "nén.docx": b"PK\x03\x04",
}


def encoded(raw):
    return base64.b64encode(raw)


@tagged("post_install", "-at_install")
class TestDossierFile(DossierCase):
    def scan(self, paper, name="quét.pdf", raw=SAMPLES["pdf"], group="counter"):
        files = self.model(group, "tthc.dossier.file")
        return files.create({"document_id": paper.id, "name": name, "content": encoded(raw)})

    def attach(self, record, name="quét.pdf", raw=SAMPLES["pdf"], **values):
        files = self.model("counter", "ir.attachment")
        place = {"name": name, "res_model": record._name, "res_id": record.id}
        return files.create({**place, "raw": raw, **values})

    # ---------------------------------------------------------------- what is taken

    def test_every_type(self):
        self.company.tthc_file_types = "pdf, jpeg, png, docx, xlsx, odt, ods"
        paper = self.new().document_ids[0]
        for name, raw in SAMPLES.items():
            file = self.scan(paper, f"quét.{name}", raw)
            self.assertEqual(base64.b64decode(file.content), raw)
            # whatever it is called, it is served as what it is
            wrong = self.attach(paper.dossier_id, "a.html", raw, mimetype="text/html")
            self.assertNotIn("html", wrong.mimetype)

    def test_what_is_refused(self):
        dossier = self.new()
        paper = dossier.document_ids[0]
        before = self.env["ir.attachment"].search_count([])
        good = self.attach(dossier)
        for name, raw in REFUSED.items():
            for way, call in {
                "paper": lambda n=name, r=raw: self.scan(paper, n, r),
                "raw": lambda n=name, r=raw: self.attach(dossier, n, r),
                "type": lambda n=name, r=raw: self.attach(
                    dossier, n, r, mimetype="application/pdf"
                ),
                "datas": lambda n=name, r=raw: self.attach(
                    dossier, n, None, datas=encoded(r), mimetype="image/png"
                ),
                "on the paper": lambda n=name, r=raw: self.attach(paper, n, r),
                "write raw": lambda n=name, r=raw: good.write({"name": n, "raw": r}),
                "write datas": lambda r=raw: good.write({"datas": encoded(r)}),
                "note": lambda n=name, r=raw: dossier.message_post(body="x", attachments=[(n, r)]),
            }.items():
                with (
                    self.subTest(name, way=way),
                    self.assertRaisesRegex(ValidationError, ": pdf, jpeg, png, docx"),
                ):
                    call()
        self.assertEqual(self.env["ir.attachment"].search_count([]), before + 1)
        self.assertEqual(good.raw, SAMPLES["pdf"])
        self.assertFalse(paper.file_ids)

    def test_what_was_uploaded_elsewhere(self):
        """It is looked at when it comes to a dossier, as the client does with a note."""
        dossier = self.new()
        files = self.model("counter", "ir.attachment")
        place = {"res_model": "mail.compose.message", "res_id": 0}
        # where files are kept in the database, Odoo refuses an SVG of whoever is no administrator
        bad = files.sudo().create({"name": "a.svg", "raw": SVG, **place}).sudo(False)
        for call in (
            lambda: bad.write({"res_model": "tthc.dossier", "res_id": dossier.id}),
            lambda: dossier.message_post(body="x", attachment_ids=bad.ids),
        ):
            with self.assertRaisesRegex(ValidationError, "image/svg"):
                call()
        good = files.create({"name": "../ảnh.pdf", "raw": SAMPLES["png"], **place})
        dossier.message_post(body="x", attachment_ids=good.ids)
        self.assertEqual((good.name, good.mimetype), ("ảnh.pdf", "image/png"))

    def test_a_link_is_no_file(self):
        dossier = self.new()
        for url in ("javascript:alert(1)", "https://example.vn/a.pdf"):
            with self.assertRaisesRegex(ValidationError, "is empty"):
                self.attach(dossier, "a.pdf", None, type="url", url=url)

    def test_limits_of_the_commune(self):
        dossier = self.new()
        paper = dossier.document_ids[0]
        with self.assertRaisesRegex(ValidationError, "is empty"):
            self.scan(paper, raw=b"")
        with self.assertRaisesRegex(ValidationError, "is empty"):
            self.attach(dossier, raw=b"")
        large = SAMPLES["pdf"] + bytes(20 * 1024 * 1024)
        with self.assertRaisesRegex(ValidationError, "larger than the 20 MB"):
            self.scan(paper, raw=large)
        self.assertFalse(paper.file_ids)
        self.assertEqual(paper.digitisation, "none")
        self.company.tthc_file_max_mb = 21
        self.scan(paper, raw=large)
        self.company.tthc_file_types = "png"
        with self.assertRaisesRegex(ValidationError, "What may be attached: png"):
            self.scan(paper)
        for types, words in [("pdf, svg", "svg"), (" ", "at least one")]:
            with self.assertRaisesRegex(ValidationError, words):
                self.company.tthc_file_types = types

    def test_settings(self):
        settings = self.model("manager", "tthc.commune.settings").create({})
        self.assertEqual((settings.tthc_file_max_mb, settings.tthc_file_types[:3]), (20, "pdf"))
        settings.write({"tthc_file_max_mb": 5, "tthc_file_types": "pdf"})
        settings.action_save()
        self.assertEqual((self.company.tthc_file_max_mb, self.company.tthc_file_types), (5, "pdf"))

    def test_names(self):
        dossier = self.new()
        for name, kept in [("../../a 😀.pdf", "a 😀.pdf"), ("", "tep")]:
            file = self.scan(dossier.document_ids[0], name)
            self.assertEqual(file.name, kept)
            self.assertEqual(self.attach(dossier, name).name, kept)

    def test_what_cannot_be_read(self):
        files = self.model("counter", "tthc.dossier.file")
        paper = self.new().document_ids[0]
        with self.assertRaisesRegex(UserError, "cannot be read"):
            files.create({"document_id": paper.id, "name": "a", "content": "không phải"})

    def test_a_large_scan_stays_as_it_is(self):
        """Odoo makes large pictures smaller: not what is kept with its digest."""
        image = io.BytesIO()
        Image.new("RGB", (2480, 3508)).save(image, "JPEG")
        file = self.scan(self.new().document_ids[0], "a4.jpg", image.getvalue())
        self.assertEqual(base64.b64decode(file.content), image.getvalue())

    # ---------------------------------------------------------------- what is kept

    def test_versions(self):
        dossier = self.received()
        paper = dossier.document_ids[0]
        first_scan, second_scan = SAMPLES["pdf"] + b"1", SAMPLES["pdf"] + b"2"
        with at("2023-06-06"):
            first = self.scan(paper, raw=first_scan)
        self.assertEqual(paper.digitisation, "digitised")
        with at("2023-06-07"):
            second = self.scan(paper, "rõ hơn.pdf", second_scan)
        self.assertEqual(paper.file_ids, second + first)
        self.assertEqual((first + second).mapped("version"), [1, 2])
        self.assertEqual((first + second).mapped("is_current"), [False, True])
        self.assertEqual(first.sha256, hashlib.sha256(first_scan).hexdigest())
        self.assertEqual(first.size, len(first_scan))
        self.assertEqual(first.user_id, self.users["counter"])
        self.assertEqual(str(first.attached_at), "2023-06-06 02:00:00")
        for group in ("counter", "officer", "statistician", "leader", "auditor"):
            mine = self.as_user(group, first)
            mine.invalidate_recordset()
            self.assertEqual(base64.b64decode(mine.content), first_scan, group)
        for group in ("finance", "communication", "manager"):
            with self.assertRaises(AccessError, msg=group):
                self.as_user(group, first).read(["content"])

    def test_what_the_caller_says_of_it_does_not_count(self):
        files = self.model("counter", "tthc.dossier.file")
        file = files.create(
            {
                "document_id": self.new().document_ids[0].id,
                "name": "a.pdf",
                "content": encoded(SAMPLES["pdf"]),
                "sha256": "0",
                "size": 1,
                "user_id": self.users["leader"].id,
                "attached_at": "2001-01-01",
            }
        )
        self.assertEqual(file.sha256, hashlib.sha256(SAMPLES["pdf"]).hexdigest())
        self.assertEqual(file.user_id, self.users["counter"])
        self.assertGreater(str(file.attached_at), "2002")

    def test_nobody_alters_one(self):
        """By no way: the model, the attachment, the database; not even the superuser."""
        dossier = self.received()
        file = self.scan(dossier.document_ids[0])
        content = self.env["ir.attachment"].search(
            [("res_model", "=", file._name), ("res_field", "=", "content")]
        )
        self.assertEqual(content.res_id, file.id)
        self.assertEqual(content.name, "quét.pdf")
        for group in ("counter", "officer", "leader", "manager"):
            mine, content_of_mine = self.as_user(group, file), self.as_user(group, content)
            for call in (
                lambda mine=mine: mine.write({"name": "x"}),
                lambda mine=mine: mine.write({"content": encoded(SAMPLES["png"])}),
                lambda mine=content_of_mine: mine.write({"raw": SAMPLES["png"]}),
                content_of_mine.unlink,
            ):
                with self.assertRaises(AccessError, msg=group):
                    call()
        with self.assertRaisesRegex(UserError, "are kept"):
            file.unlink()
        for values in (
            {"raw": SAMPLES["png"]},
            {"datas": encoded(SAMPLES["png"])},
            {"res_id": 0},
            {"res_model": "tthc.dossier"},
        ):
            with self.assertRaisesRegex(UserError, "cannot be changed"), self.cr.savepoint():
                content.sudo().write(values)
        content.sudo().write({"db_datas": HTML})
        content.sudo().write({"raw": content.raw})  # as a move to another storage does
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            content.sudo().unlink()
        with self.assertRaisesRegex(UserError, "cannot be changed"), self.cr.savepoint():
            file.sudo().content = encoded(SAMPLES["png"])
        self.env.flush_all()
        for query in (
            "UPDATE tthc_dossier_file SET sha256 = '0'",
            "DELETE FROM tthc_dossier_file",
            "TRUNCATE tthc_dossier_file",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(errors.RaiseException),
                self.cr.savepoint(),
            ):
                self.cr.execute(query)
        file.invalidate_recordset()
        self.assertEqual(base64.b64decode(file.content), SAMPLES["pdf"])

    def test_the_papers_of_a_supplement(self):
        """A paper may change again then; one that has scans is not deleted with them."""
        dossier = self.received()
        paper, other = dossier.document_ids
        self.scan(paper)
        dossier.action_request_supplement("Thiếu chữ ký")
        paper.note = "đã ký"
        with self.assertRaisesRegex(UserError, "are kept"):
            paper.unlink()
        other.unlink()

    def test_before_the_desk_decides(self):
        dossier = self.new()
        paper = dossier.document_ids[0]
        files = self.scan(paper) + self.scan(paper)
        files[0].unlink()
        self.assertEqual(paper.digitisation, "digitised")
        files[1].unlink()
        self.assertEqual(paper.digitisation, "none")
        self.scan(paper)
        paper.unlink()
        self.assertEqual(self.env["tthc.dossier.file"].search_count([]), 0)

    def test_a_correction_of_the_result_keeps_its_file(self):
        dossier = self.received()
        result = {"number": "12/GXN", "file": encoded(SAMPLES["pdf"]), "file_name": "12.pdf"}
        dossier.action_settle(result)
        file = dossier.result_ids.attachment_id
        with self.assertRaisesRegex(UserError, "cannot be changed"), self.cr.savepoint():
            file.sudo().raw = SAMPLES["png"]
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            file.sudo().unlink()
        with self.assertRaisesRegex(ValidationError, "What may be attached"):
            self.received().action_settle(result | {"file": encoded(HTML)})

    # ---------------------------------------------------------------- digitisation

    def test_digitised_means_a_file(self):
        paper = self.new().document_ids[0]
        with self.assertRaisesRegex(ValidationError, "when it has a file"):
            paper.digitisation = "digitised"
        self.scan(paper)
        with self.assertRaisesRegex(ValidationError, "when it has a file"):
            paper.digitisation = "none"

    def test_a_scan_after_reception_from_the_form(self):
        """As the web client saves the dialogue: through the paper, whose other fields are fixed."""
        paper = self.received().document_ids[0]
        scan = {"scan": encoded(SAMPLES["pdf"]), "scan_name": "../a.pdf"}
        said = paper.web_save(scan, {"digitisation": {}, "scan": {}, "file_ids": {}})
        self.assertEqual(paper.digitisation, "digitised")
        self.assertEqual(said[0]["scan"], False)
        self.assertEqual(said[0]["file_ids"], paper.file_ids.ids)
        self.assertEqual(paper.file_ids.name, "a.pdf")
        self.assertEqual(base64.b64decode(paper.file_ids.content), SAMPLES["pdf"])
        with self.assertRaisesRegex(UserError, "stay as they were"):
            paper.write({**scan, "note": "x"})
        with self.assertRaises(AccessError):
            self.as_user("officer", paper).write(scan)

    def digitised(self, dossiers):
        """Which of these count as digitised, by the filter; the field says the same."""
        only = [("id", "in", dossiers.ids)]
        found = dossiers.search([("digitised", "=", True), *only])
        dossiers.invalidate_recordset()
        self.assertEqual(found, dossiers.search(only).filtered("digitised"))
        self.assertEqual(dossiers.search([("digitised", "=", False), *only]) + found, dossiers)
        return found

    def test_the_count_of_766(self):
        """A file on at least one paper and, where the result is a document, on the result."""
        with_file = {"number": "1", "file": encoded(SAMPLES["pdf"]), "file_name": "1.pdf"}
        with at("2023-06-05"):
            dossiers = self.model("counter").create(
                [
                    {
                        "procedure_id": self.procedures["days"].id,
                        "applicant_name": name,
                        "company_id": self.company.id,
                    }
                    for name in ("bare", "scanned", "no file", "file", "corrected", "only result")
                ]
            )
            dossiers.action_receive()
            _bare, scanned, no_file, file, corrected, only_result = dossiers
            for dossier in dossiers - _bare - only_result:
                self.scan(dossier.document_ids[0])
            no_file.action_settle({"number": "1"})
            file.action_settle(with_file)
            corrected.action_settle({"number": "1"})
            self.as_user("leader", corrected).action_correct_result("Sai", with_file)
            only_result.action_settle(with_file)
        self.assertEqual(self.digitised(dossiers), scanned + file + corrected)
        self.assertEqual(no_file.result_ids.digitisation, "none")
        self.assertEqual(file.result_ids.digitisation, "digitised")
        with self.assertRaises(AccessError):
            self.model("finance").search([("digitised", "=", True)])
