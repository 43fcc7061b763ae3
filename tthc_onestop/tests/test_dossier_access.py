from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import GROUPS, DossierCase

READERS = ("counter", "officer", "statistician", "leader", "auditor", "finance")
PERSONAL = ("applicant_identity", "applicant_phone", "applicant_email", "applicant_address")


@tagged("post_install", "-at_install")
class TestDossierAccess(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["portal"] = new_test_user(
            cls.env, login="test_portal", groups="base.group_portal"
        )

    def sees(self, group, dossiers):
        return self.model(group).search([("id", "in", dossiers.ids)])

    def test_a_specialist_sees_the_assigned_sectors(self):
        civil, land = self.received(), self.received(procedure="calendar")
        both = civil + land
        for group in READERS:
            expected = civil if group == "officer" else both
            self.assertEqual(self.sees(group, both).sudo(), expected.sudo(), group)
        officer = self.as_user("officer", land)
        with self.assertRaises(AccessError):
            officer.read(["name"])
        with self.assertRaises(AccessError):
            officer.action_process()
        for model in ("tthc.dossier.event", "tthc.dossier.slip", "tthc.dossier.document"):
            mine = self.model("officer", model).search([("dossier_id", "in", both.ids)])
            self.assertEqual(mine.dossier_id.sudo(), civil.sudo(), model)
        self.as_user("leader", land).action_process(self.users["officer"].id)
        self.assertEqual(self.sees("officer", both).sudo(), both.sudo(), "assigned in person")

    def test_who_sees_no_dossier(self):
        dossier = self.received()
        for group in ("communication", "manager", "portal"):
            for model in (
                "tthc.dossier",
                "tthc.dossier.event",
                "tthc.dossier.slip",
                "tthc.dossier.document",
            ):
                with self.subTest(group=group, model=model), self.assertRaises(AccessError):
                    self.model(group, model).search([])
            with self.assertRaises(AccessError):
                self.as_user(group, dossier).read(["name"])

    def test_who_may_create_write_delete(self):
        dossier = self.received()
        values = {
            "procedure_id": self.procedures["days"].id,
            "applicant_name": "An",
            "company_id": self.company.id,
        }
        for group in [*GROUPS, "portal"]:
            with self.subTest(group=group):
                if group == "counter":
                    self.assertTrue(self.model(group).create(values))
                else:
                    with self.assertRaises(AccessError):
                        self.model(group).create(values)
                with self.assertRaises(AccessError):
                    self.as_user(group, dossier).unlink()
                event, slip = dossier.sudo().event_ids[0], dossier.sudo().slip_ids[0]
                for record in (event, slip):
                    user = record.with_user(self.users[group])
                    with self.assertRaises(AccessError):
                        user.write({"reason": "x"})
                    with self.assertRaises(AccessError):
                        user.create({"dossier_id": dossier.id})

    def test_of_a_dossier_finance_sees_what_a_fee_needs(self):
        dossier = self.as_user("finance", self.received())
        self.assertEqual(dossier.applicant_name, "Nguyễn Thị Đào")
        self.assertTrue(dossier.deadline_explanation)
        for field in (*PERSONAL, "event_ids", "slip_ids", "document_ids"):
            with self.subTest(field=field), self.assertRaises(AccessError):
                dossier.read([field])
        self.assertNotIn('name="applicant_identity"', dossier.get_view(view_type="form")["arch"])

    def test_another_commune(self):
        dossier = self.received()
        other = self.env["res.company"].create({"name": "UBND xã Khác"})
        for group in READERS:
            stranger = new_test_user(
                self.env,
                login=f"other_{group}",
                groups=f"tthc_onestop.group_{group}",
                company_id=other.id,
                company_ids=other.ids,
            )
            stranger.tthc_sector_ids = self.civil
            model = (
                self.env["tthc.dossier"]
                .with_user(stranger)
                .with_context(allowed_company_ids=other.ids)
            )
            with self.subTest(group=group):
                self.assertFalse(model.search_count([("id", "=", dossier.id)]))
                self.assertFalse(
                    model._read_group([("id", "=", dossier.id)], ["status"], ["__count"])
                )
                with self.assertRaises(AccessError):
                    model.browse(dossier.id).read(["name"])

    def test_the_catalogue_is_the_managers(self):
        for group in [*GROUPS, "portal"]:
            for record in (self.civil, self.procedures["days"]):
                user = record.with_user(self.users[group])
                with self.subTest(group=group, model=record._name):
                    if group == "manager":
                        user.name = "Đổi tên"
                    else:
                        with self.assertRaises(AccessError):
                            user.name = "Đổi tên"
