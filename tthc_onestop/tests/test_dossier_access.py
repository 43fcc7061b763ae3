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

    def test_letters_and_scans_say_who_the_applicant_is(self):
        """Finance reads a dossier without its applicant, so neither its letters nor its scans."""
        dossier = self.received()
        desk = self.as_user("counter", dossier)
        message = desk.message_post(body="Đã gọi 0912345678")
        scan = self.model("counter", "ir.attachment").create(
            {"name": "cccd.png", "raw": b"x", "res_model": dossier._name, "res_id": dossier.id}
        )
        for group in READERS:
            seen = group != "finance"
            files = self.model(group, "ir.attachment").search([("id", "=", scan.id)])
            letters = self.model(group, "mail.message").search([("id", "=", message.id)])
            with self.subTest(group=group):
                self.assertEqual((bool(files), bool(letters)), (seen, seen))
                for record, field in ((scan, "raw"), (message, "body")):
                    own = record.with_user(self.users[group])
                    if seen:
                        own.read([field])
                    else:
                        with self.assertRaises(AccessError):
                            own.read([field])

    def test_who_reads_only_adds_nothing(self):
        dossier = self.received()
        for group in ("auditor", "statistician", "finance"):
            own = self.as_user(group, dossier)
            with self.subTest(group=group):
                with self.assertRaises(AccessError):
                    own.message_post(body="x")
                with self.assertRaises(AccessError):
                    self.model(group, "ir.attachment").create(
                        {"name": "x", "raw": b"x", "res_model": own._name, "res_id": own.id}
                    )

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

    def test_a_dossier_stays_in_its_commune(self):
        other = self.env["res.company"].create({"name": "UBND xã Khác"})
        dossier = self.as_user("counter", self.new())
        with self.assertRaises(AccessError):
            dossier.company_id = other
        with self.assertRaises(AccessError):
            self.new(company_id=other.id)

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
