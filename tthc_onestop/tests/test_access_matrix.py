import logging
import sys

from odoo.exceptions import UserError
from odoo.tests import tagged

from .. import log_mask
from ..models.dossier import IDENTITY
from .access import EVERYONE, AccessCase
from .access_checks import BehaviourChecks, SpecificationChecks
from .access_samples import NUMBER, samples

MASKED = "•••••••••123"


@tagged("post_install", "-at_install")
class TestAccessMatrix(SpecificationChecks, BehaviourChecks, AccessCase):
    def make_samples(cls):
        return samples(cls)

    def test_papers(self):
        """Who reads a slip opens its paper, and nobody else; nobody one of another commune."""
        sample, line = self.samples["tthc.dossier.slip"], self.matrix["tthc.dossier.slip"]
        for group in EVERYONE:
            reads = line.may_do(group, "read")
            for slip, may in ((sample.own, reads), (sample.other, False)):
                paper = self.as_user(group, slip.attachment_id)
                with self.subTest(group=group, may=may):
                    self.assert_access(may, self.as_user(group, slip).action_print)
                    self.assert_access(may, lambda paper=paper: paper.read(["raw"]))

    # ---------------------------------------------------------------- identity numbers

    def test_masked_number(self):
        own = self.samples["tthc.dossier"].own
        for group in self.matrix["tthc.dossier"].personal["applicant_identity_masked"]:
            with self.subTest(group=group):
                self.assertEqual(self.as_user(group, own).applicant_identity_masked, MASKED)
        list_view = self.model("counter").get_view(view_type="list")["arch"]
        self.assertNotIn('"applicant_identity"', list_view)
        form = self.model("statistician").get_view(view_type="form")["arch"]
        self.assertNotIn('"applicant_identity"', form)
        self.assertIn('"applicant_identity_masked"', form)

    def test_masked_in_exports(self):
        """Whoever exports, from wherever: a file leaves the system."""
        own = self.samples["tthc.dossier"].own
        for group in IDENTITY.replace("tthc_onestop.group_", "").split(","):
            dossier = self.as_user(group, own)
            rows = dossier.export_data(["name", "applicant_identity"])["datas"]
            self.assertEqual(rows, [[own.name, MASKED]])
            rows = dossier.slip_ids.export_data(["dossier_id/applicant_identity"])["datas"]
            self.assertEqual(rows, [[MASKED]])

    def test_masked_in_notes(self):
        dossier = self.as_user("counter", self.samples["tthc.dossier"].own)
        words = f"CCCD {NUMBER}, người nhà 030185000999"
        note = dossier.message_post(body=words, message_type="comment")
        self.assertNotIn(NUMBER, note.body)
        self.assertIn(f"CCCD {MASKED}, người nhà •••••••••999", note.body)
        dossier._message_update_content(note, body=f"Sửa: {NUMBER}")
        self.assertNotIn(NUMBER, note.body)

    def test_masked_in_logs(self):
        """A message of refusal is logged, and a statement that the database refuses with it."""
        with self.assertRaises(UserError) as caught:
            self.new(applicant_identity="03018500012")
        self.assertNotIn("03018500012", str(caught.exception))
        with self.assertLogs("odoo.sql_db", "ERROR") as log, self.assertRaises(Exception):  # noqa: B017
            with self.env.cr.savepoint():
                self.env.cr.execute("SELECT %s::int", [f"CCCD {NUMBER}"])
        self.assertNotIn(NUMBER, str(log.output))
        self.assertIn(MASKED, str(log.output))

    def test_the_log_filter_is_there_once(self):
        for _ in range(2):
            log_mask.install()
        for name in log_mask.LOGGERS:
            filters = logging.getLogger(name).filters
            masks = [each for each in filters if isinstance(each, log_mask.MaskPersonalNumbers)]
            self.assertEqual(len(masks), 1, name)

    def test_the_log_filter_changes_numbers_alone(self):
        record = logging.LogRecord("odoo.http", logging.INFO, "", 0, "%s: %d", ("a", "b"), None)
        self.assertTrue(log_mask.MaskPersonalNumbers().filter(record), "said by the handlers")
        try:
            raise ValueError(NUMBER)
        except ValueError:
            record.args, record.exc_info = ("CCCD", 30185000123), sys.exc_info()
        log_mask.MaskPersonalNumbers().filter(record)
        self.assertEqual(record.getMessage(), "CCCD: ••••••••123")
        self.assertNotIn(NUMBER, logging.Formatter().format(record))

    def test_an_officer_of_another_commune_is_not_chosen(self):
        dossier = self.as_user("leader", self.samples["tthc.dossier"].own)
        with self.assertRaises(UserError):
            dossier.action_process(self.stranger.id)
        self.assertFalse(self.samples["tthc.dossier"].own.officer_id)
