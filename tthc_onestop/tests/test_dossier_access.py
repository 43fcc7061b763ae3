from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import GROUPS, DossierCase


@tagged("post_install", "-at_install")
class TestDossierAccess(DossierCase):
    """What the tests generated from the access specification do not reach."""

    def test_assigned_in_person(self):
        """A specialist sees what a leader hands over, whatever its sector."""
        dossier = self.received(procedure="calendar")
        officer = self.as_user("officer", dossier)
        with self.assertRaises(AccessError):
            officer.action_process()
        self.as_user("leader", dossier).action_process(self.users["officer"].id)
        for name in ("document_ids", "event_ids", "slip_ids"):
            self.assertTrue(officer[name].mapped("display_name"), name)

    def test_of_a_dossier_finance_sees_what_a_fee_needs(self):
        dossier = self.as_user("finance", self.received())
        self.assertEqual(dossier.applicant_name, "Nguyễn Thị Đào")
        self.assertTrue(dossier.deadline_explanation)
        self.assertNotIn('name="applicant_identity', dossier.get_view(view_type="form")["arch"])

    def test_settings_of_the_commune(self):
        """The manager enters the unit code that the desk is asked for, and nobody else does."""
        for group in GROUPS:
            wizard = self.model(group, "tthc.commune.settings")
            with self.subTest(group=group):
                if group != "manager":
                    with self.assertRaises(AccessError):
                        wizard.create({})
                    continue
                settings = wizard.create({"tthc_unit_code": "H23.20.99"})
                settings.action_save()
                self.assertEqual(self.company.tthc_unit_code, "H23.20.99")
                self.assertEqual(self.company.tthc_place, "Thử Nghiệm")

    def test_the_calendar_of_another_commune(self):
        other = self.env["res.company"].create({"name": "UBND xã Khác"})
        theirs = self.env["tthc.calendar.year"].create({"year": 2030, "company_id": other.id})
        manager = theirs.with_user(self.users["manager"])
        with self.assertRaises(AccessError):
            manager.note = "x"
        self.assertNotIn(2030, other.tthc_work_calendar().years, "the national days are not known")
        self.assertEqual(other.resource_calendar_id, self.env.ref("tthc_onestop.office_hours"))

    def test_the_desk_alone_corrects(self):
        """Who may make moves, yet not correct data, is refused before anything else is said."""
        dossier = self.received()
        for group, values in [
            ("auditor", {"status": "settled"}),
            ("statistician", {"stage_id": False}),
            ("officer", {"applicant_phone": "0912345678"}),
        ]:
            with self.subTest(group=group), self.assertRaises(AccessError):
                self.as_user(group, dossier).write(values)
        with self.assertRaises(AccessError):
            self.model("leader").create({"procedure_id": False})
        with self.assertRaises(AccessError):
            self.as_user("officer", dossier).document_ids.write({"note": "x"})
