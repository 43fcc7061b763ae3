from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DossierCase, at


@tagged("post_install", "-at_install")
class TestDossierPerson(DossierCase):
    """What the desk is told of a person at intake."""

    def test_a_dossier_of_the_same_kind_is_open(self):
        first = self.received()
        with at("2023-06-06"):
            second = self.new()
            self.assertEqual(second.duplicate_ids, first)
            self.assertEqual(second.history_ids, first)
            for label, values in [
                ("another procedure", {"procedure": "hours"}),
                ("another person", {"applicant_identity": "030185000456"}),
                ("no number", {"applicant_identity": False}),
            ]:
                with self.subTest(label):
                    self.assertFalse(self.new(**values).duplicate_ids)
            second.action_receive()  # a banner, no refusal
            self.assertFalse(second.duplicate_ids, "it is of use at intake alone")
            for dossier in (first, second):
                dossier.sudo().action_settle()
            third = self.new()
            self.assertFalse((first + second) & third.duplicate_ids)
            self.assertLessEqual(first + second, third.history_ids)
            self.assertEqual(third.history_ids, third.history_ids.sorted("id", reverse=True))

    def test_under_an_older_version_too(self):
        first = self.received()
        with at("2023-06-06"):
            self.revise()
            second = self.new(procedure_id=self.procedures["days"].id)
            self.assertNotEqual(second.procedure_id, first.procedure_id)
            self.assertEqual(second.duplicate_ids, first)

    def test_who_sees_it(self):
        self.received(procedure="calendar")
        with at("2023-06-06"):
            dossier = self.new()
            for group in ("counter", "leader", "auditor"):
                with self.subTest(group):
                    self.assertEqual(len(self.as_user(group, dossier).history_ids), 1)
            self.assertFalse(self.as_user("officer", dossier).history_ids, "not their sector")
            for group in ("finance", "statistician"):
                for field in ("history_ids", "duplicate_ids"):
                    with self.subTest(group), self.assertRaises(AccessError):
                        self.as_user(group, dossier).read([field])

    def test_the_lookup_has_its_index(self):
        self.new()
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        with at("2023-06-06"):
            self.env.cr.execute(
                "EXPLAIN SELECT id FROM tthc_dossier WHERE applicant_identity IN ('030185000123')"
            )
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.assertIn("tthc_dossier__applicant_identity_index", plan)
