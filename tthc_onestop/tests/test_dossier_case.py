from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import at
from .test_procedure_workflow import CASE, CHECKED, PLAIN, WorkflowCase
from .test_slip_pdf import pages_of


@tagged("post_install", "-at_install")
class TestDossierCase(WorkflowCase):
    """A dossier of a case with a term of its own: “5 working days; 8 when it must be verified”."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parts = {"step_ids": PLAIN + CHECKED, "case_ids": CASE}
        days = cls.next_version(cls.procedures["days"], **parts)
        cls.procedures = cls.procedures | {"days": days}
        cls.verified = days.case_ids

    def test_the_desk_chooses_it(self):
        """Among the cases of the procedure; another procedure has others."""
        with at("2023-06-05"):
            form = Form(self.model("counter"))
            form.procedure_id = self.procedures["days"]
            self.assertTrue(form.has_cases)
            form.case_id = self.verified
            form.applicant_name = "Nguyễn Thị Đào"
            dossier = form.save()
            self.assertEqual(dossier.case_id, self.verified)
            form.procedure_id = self.procedures["hours"]
            self.assertFalse(form.case_id or form.has_cases)

    def test_its_term_and_its_steps_apply(self):
        for case, due, steps in (
            (self.verified, "2023-06-15", ["Bước 0 Phải xác minh", "Bước 1 Phải xác minh"]),
            (self.verified.browse(), "2023-06-12", ["Bước 0", "Bước 1", "Bước 2", "Bước 3"]),
        ):
            dossier = self.received(case_id=case.id)
            self.assertEqual(str(dossier.due_on), due)
            with at("2023-06-06"):
                found = dossier._workflow_steps()
            self.assertEqual([name for name, *_ in found], steps)
            self.assertTrue(all(moment for _name, _role, moment, _state in found))

    def test_whose_signature_it_takes(self):
        """A leader signs who comes with no special case; nobody but the specialist, this one."""
        for case in (self.verified, self.verified.browse()):
            dossier = self.received(case_id=case.id)
            with at("2023-06-06"):
                self.as_user("officer", dossier).action_process()
                if case:
                    self.as_user("officer", dossier).action_settle()
                    continue
                with self.assertRaises(UserError):
                    self.as_user("officer", dossier).action_settle()

    def test_kept_in_the_ledger_and_on_the_receipt(self):
        dossier = self.received(case_id=self.verified.id)
        event = dossier.event_ids.filtered(lambda event: event.kind == "receive")
        self.assertEqual((event.details, event.about), ({"case": "Phải xác minh"}, "Phải xác minh"))
        [text] = pages_of(dossier.slip_ids.attachment_id.raw)
        self.assertIn("quy định là: 08 ngày làm việc (Phải xác minh) 4.", text)
        self.assertIn("term: 8 working days", dossier.deadline_explanation)

    def test_fixed_by_reception(self):
        dossier = self.received()
        with self.assertRaisesRegex(UserError, "as they were declared"):
            self.as_user("counter", dossier).case_id = self.verified

    def test_of_its_own_procedure_alone(self):
        for procedure, case in (("hours", self.verified), ("days", self.foreign())):
            with self.subTest(procedure), self.assertRaisesRegex(ValidationError, "is no case of"):
                self.new(procedure, case_id=case.id)

    def foreign(self):
        """A case of an older version: what was published stays, and is chosen no more."""
        before = self.verified
        self.revise(step_ids=[Command.clear(), *PLAIN], case_ids=[Command.clear()])
        return before
