from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DossierCase, at


@tagged("post_install", "-at_install")
class TestDossierVersion(DossierCase):
    """A dossier that waits to be received while a new version of its procedure takes over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.next_version(
            cls.procedures["days"],
            fee_ids=[
                Command.create({"name": "Phí", "rule": "per_page", "amount": 2000}),
                Command.create({"name": "Lệ phí", "amount": 8000}),
            ],
        )
        cls.procedures["days"] = cls.first

    def revised(self, day="2023-07-01"):
        """The next version: one paper stays, one goes, one comes; one fee goes."""
        draft = self.first.copy({"decision_id": self.decision(day).id})
        form, shown = draft.document_ids
        form.originals = 2
        shown.unlink()
        draft.document_ids = [Command.create({"name": "Giấy xác nhận", "sequence": 20})]
        draft.fee_ids[1].unlink()
        draft.action_publish()
        return draft

    def filed(self, **values):
        with at("2023-06-30"):
            return self.as_user("counter", self.new(**values))

    def test_told_and_moved_in_one_click(self):
        filed = self.filed()
        filed.document_ids[0].write({"handed_in": True, "number": "12"})
        filed.fee_ids[0].write({"pages": 3, "copies": 2})
        counted = filed.fee_ids[0] + filed.fee_ids[0].copy({"pages": 1, "copies": 5})
        taken_in = filed.document_ids[0]
        with at("2023-06-30"):
            newer = self.revised()
            self.assertFalse(filed.version_notice)
        filed.invalidate_recordset()
        with at("2023-07-03"):
            self.assertIn("version 3 is", filed.version_notice)
            self.assertEqual(filed.newer_version_id, newer)
            waiting = [("id", "=", filed.id), ("procedure_id.in_force", "=", False)]
            self.assertEqual(filed.search(waiting), filed)
            filed.action_follow_version()
            self.assertFalse(filed.version_notice)
            self.assertFalse(filed.search(waiting))
            filed.action_receive()
        self.assertEqual(filed.procedure_id, newer)
        self.assertEqual(filed.document_ids.mapped("name"), ["Tờ khai", "Giấy xác nhận"])
        self.assertEqual(filed.document_ids.procedure_document_id, newer.document_ids)
        self.assertEqual(filed.document_ids[0], taken_in)
        # what was taken in stays as it was
        self.assertRecordValues(taken_in, [{"handed_in": True, "number": "12", "originals": 1}])
        self.assertEqual((filed.fee_ids, filed.fee_ids.procedure_fee_id), (counted, newer.fee_ids))
        self.assertEqual(counted.mapped("amount"), [3 * 2 * 2000, 5 * 2000])

    def test_a_paper_taken_in_is_not_lost(self):
        filed = self.filed()
        filed.document_ids[1].handed_in = True  # which the next version does not ask for
        with at("2023-07-03"):
            self.revised()
            filed.invalidate_recordset()
            filed.action_follow_version()
        self.assertEqual(
            sorted(filed.document_ids.mapped("name")),
            ["Giấy tờ tùy thân", "Giấy xác nhận", "Tờ khai"],
        )

    def test_renamed_paper_of_the_same_kind(self):
        filed = self.filed()
        filed.document_ids[0].handed_in = True
        with at("2023-07-03"):
            self.revise(document_ids=[Command.clear(), Command.create({"name": "Tờ khai (mẫu 2)"})])
            filed.invalidate_recordset()
            filed.action_follow_version()
        self.assertRecordValues(
            filed.document_ids, [{"name": "Tờ khai (mẫu 2)", "handed_in": True}]
        )

    def test_papers_follow_a_procedure_that_is_written(self):
        """As a program does, which knows no onchange."""
        filed = self.filed()
        filed.procedure_id = self.procedures["hours"]
        asked = self.procedures["hours"].document_ids
        self.assertEqual(filed.document_ids.procedure_document_id, asked)
        self.assertFalse(filed.fee_ids)

    def test_received_ones_keep_theirs(self):
        dossier = self.as_user("counter", self.received("2023-06-05"))
        with at("2023-07-03"):
            self.revised()
            dossier.invalidate_recordset()
            self.assertFalse(dossier.version_notice)
            with self.assertRaisesRegex(UserError, "stays under its version"):
                dossier.action_follow_version()
        self.assertEqual(dossier.procedure_id, self.first)

    def test_by_post_under_the_version_of_the_hand_over(self):
        filed = self.filed(channel="post", handed_over_at="2023-06-30 01:00:00")
        with at("2023-07-03"):
            self.revised()
            filed.invalidate_recordset()
            self.assertFalse(filed.version_notice)

    def test_abolished(self):
        """There is nothing to go over to: it says what replaces it."""
        filed = self.filed()
        with at("2023-07-03"):
            decision = self.decision("2023-07-01")
            self.first.action_abolish(decision.id, self.procedures["hours"].id)
            filed.invalidate_recordset()
            self.assertIn("replaced by “9.000003", filed.version_notice)
            with self.assertRaisesRegex(UserError, "stays under its version"):
                filed.action_follow_version()
