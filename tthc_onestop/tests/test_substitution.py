from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import GROUPS, DossierCase, at

CHILDREN = (
    "tthc.dossier.event",
    "tthc.dossier.slip",
    "tthc.dossier.document",
    "tthc.dossier.request",
    "tthc.dossier.result",
)


@tagged("post_install", "-at_install")
class TestSubstitution(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, group in {"deputy": "officer", "vice": "leader"}.items():
            cls.users[name] = cls.new_user(f"test_{name}", group)

    def leading_officer(self):
        user = self.new_user("test_both", "officer")
        user.group_ids += self.env.ref("tthc_onestop.group_leader")
        return user

    def substitution(self, absent="officer", substitute="deputy", by="leader", **values):
        return self.model(by, "tthc.substitution").create(
            {
                "company_id": self.company.id,
                "absent_id": self.users[absent].id,
                "substitute_id": self.users[substitute].id,
                "date_from": "2023-06-06",
                "date_to": "2023-06-07",
                "reason": "Đi tập huấn",
                **values,
            }
        )

    def sees(self, name, dossier):
        return bool(self.model(name).search_count([("id", "=", dossier.id)]))

    # ---------------------------------------------------------------- sight

    def test_the_substitute_sees_by_local_days(self):
        """From midnight to midnight of the commune, without anybody clearing a cache."""
        dossier = self.received()
        with at("2023-06-05"):
            desk = self.as_user("counter", dossier)
            desk.action_ask_agency("Xác minh", "Công an xã", "2023-06-09")
            desk.action_settle()
            desk.action_record_result({"number": "12/GXN-UBND"})
        self.substitution()
        for day, hour, seen in [
            ("2023-06-05", "23:59", False),
            ("2023-06-06", "00:00", True),
            ("2023-06-07", "23:59", True),
            ("2023-06-08", "00:00", False),
        ]:
            with at(day, hour), self.subTest(day=day, hour=hour):
                self.assertEqual(self.sees("deputy", dossier), seen)
                for model in CHILDREN:
                    found = self.model("deputy", model).search([("dossier_id", "=", dossier.id)])
                    self.assertEqual(bool(found), seen, model)
                own = self.as_user("deputy", dossier)
                own.invalidate_recordset()
                if seen:
                    self.assertTrue(own.applicant_identity)
                else:
                    with self.assertRaises(AccessError):
                        own.read(["name"])
                    with self.assertRaises(AccessError):
                        own.action_process()

    def test_only_within_the_scope(self):
        civil, land = self.received(), self.received(procedure="calendar")
        self.land.officer_ids = self.users["officer"]
        self.substitution(scope="sectors", sector_ids=self.land.ids)
        with at("2023-06-06"):
            self.assertEqual((self.sees("deputy", civil), self.sees("deputy", land)), (False, True))

    def test_what_is_assigned_to_the_absent(self):
        land = self.received(procedure="calendar")
        with at("2023-06-05"):
            self.as_user("leader", land).action_process(self.users["officer"].id)
        whole = self.substitution()
        with at("2023-06-06"):
            self.assertTrue(self.sees("deputy", land))
            whole.write({"scope": "sectors", "sector_ids": self.civil.ids})
            self.assertFalse(self.sees("deputy", land))
            whole.sector_ids = self.land
            self.assertTrue(self.sees("deputy", land))

    def test_no_more_than_the_absent_sees(self):
        """A leader's absence opens nothing to a specialist; a sector given up is given up."""
        self.users["both"] = self.leading_officer()
        dossier = self.received()
        self.substitution("both", "deputy")
        with at("2023-06-06"):
            self.assertFalse(self.sees("deputy", dossier))
            self.civil.officer_ids = self.users["both"]
            self.assertTrue(self.sees("deputy", dossier))
            self.civil.officer_ids = self.users["officer"]
            self.assertFalse(self.sees("deputy", dossier))
            self.assertTrue(self.sees("officer", dossier))

    def test_not_in_another_commune(self):
        other = self.env["res.company"].create(
            {"name": "UBND xã Khác", "tthc_unit_code": "H23.20.32"}
        )
        self.users["deputy"].company_ids = self.company + other
        self.users["counter"].company_ids = self.company + other
        with at("2023-06-05"):
            theirs = (
                self.model("counter")
                .with_company(other)
                .with_context(allowed_company_ids=other.ids)
            )
            theirs = theirs.create_received(
                [
                    {
                        "procedure_id": self.procedures["days"].id,
                        "applicant_name": "An",
                        "company_id": other.id,
                    }
                ]
            )
        self.substitution()
        with at("2023-06-06"):
            model = self.model("deputy").with_context(
                allowed_company_ids=[self.company.id, other.id]
            )
            self.assertFalse(model.search([("id", "=", theirs.id)]))

    # ---------------------------------------------------------------- the ledger

    def test_the_ledger_says_on_whose_behalf(self):
        dossier = self.received()
        self.substitution()
        with at("2023-06-06"):
            deputy = self.as_user("deputy", dossier)
            self.assertEqual(deputy.stands_in_for_id.id, self.users["officer"].id)
            deputy.action_request_supplement("Thiếu giấy")
            self.as_user("counter", dossier).action_resume()
        with at("2023-06-08"):
            self.as_user("officer", dossier).action_settle()
        events = dossier.sudo().event_ids.sorted("position")
        self.assertEqual(
            [(event.kind, event.on_behalf_of_id.login) for event in events],
            [
                ("submit", False),
                ("receive", False),
                ("request_supplement", "test_officer"),
                ("resume", False),
                ("settle", False),
            ],
        )
        self.assertFalse(dossier.sudo().verify_ledger(dossier.ids))

    def test_the_digest_covers_on_whose_behalf(self):
        dossier = self.received()
        self.substitution()
        with at("2023-06-06"):
            self.as_user("deputy", dossier).action_process()
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE tthc_dossier_event DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE tthc_dossier_event SET on_behalf_of_id = NULL WHERE dossier_id = %s",
            [dossier.id],
        )
        self.env.cr.execute("ALTER TABLE tthc_dossier_event ENABLE TRIGGER USER")
        self.env.invalidate_all()
        [found] = dossier.sudo().verify_ledger(dossier.ids)
        self.assertEqual((found["position"], found["problem"]), (3, "changed"))

    def test_the_work_of_an_absent_officer_goes_to_the_substitute(self):
        self.substitution()
        for day, name in [("2023-06-05", "officer"), ("2023-06-06", "deputy")]:
            dossier = self.received()
            with at(day):
                self.as_user("counter", dossier).action_process()
            self.assertEqual(dossier.officer_id.id, self.users[name].id)

    # ---------------------------------------------------------------- signing

    def test_nobody_signs_what_they_did_for_another(self):
        self.users["deputy"].group_ids += self.env.ref("tthc_onestop.group_leader")
        self.substitution()
        dossier = self.received()
        with at("2023-06-06"):
            self.as_user("deputy", dossier).action_process(self.users["officer"].id)
        with at("2023-06-08"):
            self.as_user("officer", dossier).action_submit_for_signature()
            with self.assertRaisesRegex(UserError, "own work"):
                self.as_user("deputy", dossier).action_approve()
            self.as_user("leader", dossier).action_approve()
        self.assertEqual(dossier.status, "settled")

    def test_nobody_signs_for_who_asked(self):
        """Whose work it is does not sign it through a substitute."""
        self.users["leader"].group_ids += self.env.ref("tthc_onestop.group_officer")
        self.substitution("leader", "vice", by="manager")
        dossier = self.received(procedure="calendar")
        with at("2023-06-05"):
            self.as_user("leader", dossier).action_process(self.users["leader"].id)
            self.as_user("leader", dossier).action_submit_for_signature()
        with at("2023-06-06"), self.assertRaisesRegex(UserError, "own work"):
            self.as_user("vice", dossier).action_approve()

    def test_a_leader_signs_for_a_leader(self):
        self.substitution("leader", "vice", by="manager")
        dossier = self.received()
        with at("2023-06-06"):
            self.as_user("officer", dossier).action_process()
            self.as_user("officer", dossier).action_submit_for_signature()
            self.as_user("vice", dossier).action_approve()
        last = dossier.sudo().event_ids.sorted("position")[-1]
        self.assertEqual(
            (last.user_id, last.on_behalf_of_id), (self.users["vice"], self.users["leader"])
        )

    def test_a_substitution_gives_no_group(self):
        self.users["both"] = self.leading_officer()
        self.civil.officer_ids += self.users["both"]
        self.substitution("both", "deputy")
        dossier = self.received()
        with at("2023-06-06"):
            self.as_user("officer", dossier).action_process()
            self.as_user("officer", dossier).action_submit_for_signature()
            with self.assertRaises(AccessError):
                self.as_user("deputy", dossier).action_approve()

    # ---------------------------------------------------------------- who enters them

    def test_who_may_enter_one(self):
        found = self.substitution()
        for group in GROUPS:
            own = found.with_user(self.users[group])
            with self.subTest(group=group):
                if group in ("leader", "manager"):
                    own.reason = "Nghỉ phép"
                    self.assertTrue(self.substitution(by=group))
                    continue
                with self.assertRaises(AccessError):
                    own.write({"reason": "x"})
                with self.assertRaises(AccessError):
                    self.substitution(by=group)
                if group in ("communication", "finance"):
                    with self.assertRaises(AccessError):
                        own.read(["reason"])
                else:
                    self.assertTrue(own.read(["reason"]))

    def test_the_menu(self):
        """Others than the manager see little of the configuration beside who stands in for whom."""
        configuration = self.env.ref("tthc_onestop.menu_configuration")
        more = {"officer": [], "leader": ["tthc_onestop.menu_calendar_impact"]}
        for group in ("officer", "leader", "manager"):
            menus = self.model(group, "ir.ui.menu")
            visible = menus.browse(menus._visible_menu_ids()).sudo()
            names = (visible & configuration.child_id).get_external_id().values()
            with self.subTest(group=group):
                self.assertIn("tthc_onestop.menu_substitution", names)
                if group in more:
                    self.assertEqual(
                        set(names) - {"tthc_onestop.menu_substitution"}, {*more[group]}
                    )

    def test_another_communes_are_not_seen(self):
        found = self.substitution()
        other = self.env["res.company"].create({"name": "UBND xã Khác"})
        stranger = new_test_user(
            self.env,
            login="test_stranger",
            groups="tthc_onestop.group_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        theirs = found.with_user(stranger).with_context(allowed_company_ids=other.ids)
        self.assertFalse(theirs.search([("id", "=", found.id)]))
        with self.assertRaises(AccessError):
            theirs.write({"reason": "x"})

    def test_what_is_refused(self):
        other = self.env["res.company"].create({"name": "UBND xã Khác"})
        self.users["outsider"] = new_test_user(
            self.env,
            login="test_outsider",
            groups="tthc_onestop.group_officer",
            company_id=other.id,
            company_ids=other.ids,
        )
        for label, values, words in [
            ("dates", {"date_to": "2023-06-05"}, "dates_order"),
            ("oneself", {"substitute": "officer"}, "two_people"),
            ("commune", {"substitute": "outsider"}, "does not work in"),
            ("role", {"substitute": "vice"}, "lacks the role"),
            ("role", {"absent": "leader", "substitute": "deputy"}, "lacks the role"),
            ("no role", {"absent": "counter"}, "lacks the role"),
            ("sectors", {"scope": "sectors"}, "Choose the sectors"),
        ]:
            with (
                self.subTest(label),
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex((ValidationError, CheckViolation), words),
                self.env.cr.savepoint(),
            ):
                self.substitution(**values)

    def test_one_that_has_begun_stays(self):
        found = self.substitution()
        with at("2023-06-06"):
            with self.assertRaisesRegex(UserError, "last day"):
                found.unlink()
            with self.assertRaisesRegex(UserError, "last day"):
                found.substitute_id = self.users["vice"]
            found.date_to = "2023-06-06"
        with at("2023-06-05"):
            found.unlink()
        self.assertFalse(found.exists())

    def test_the_form(self):
        with Form(self.model("leader", "tthc.substitution")) as form:
            form.absent_id = self.users["officer"]
            form.substitute_id = self.users["deputy"]
            form.date_from = form.date_to = "2023-06-06"
            form.reason = "Ốm"
        with at("2023-06-06"):
            self.assertTrue(form.record.running)
        with at("2023-06-07"):
            form.record.invalidate_recordset(["running"])
            self.assertFalse(form.record.running)
