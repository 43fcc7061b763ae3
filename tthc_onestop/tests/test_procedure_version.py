from psycopg2 import IntegrityError
from psycopg2.errors import RaiseException

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DossierCase, at


@tagged("post_install", "-at_install")
class TestProcedureVersion(DossierCase):
    def setUp(self):
        super().setUp()
        self.first = self.procedures["days"]
        self.first.flush_recordset()

    def version(self, effective_on, **values):
        """A draft of the next version under a decision of its own."""
        decision = self.decision(effective_on)
        draft = self.first.copy({"decision_id": decision.id, **values})
        self.assertEqual(draft.state, "draft")
        return draft

    def states(self):
        versions = self.first.version_ids.sorted("version")
        versions.invalidate_recordset()
        return versions.mapped("state")

    # ---------------------------------------------------------------- making versions

    def test_a_new_version_has_all_parts(self):
        self.revise(
            step_ids=[(0, 0, {"name": "Xử lý", "duration": 5})],
            legal_basis_ids=[(0, 0, {"name": "Luật Hộ tịch 60/2014/QH13"})],
        )
        action = (
            self.model("manager", "tthc.procedure")
            .browse(self.procedures["days"].id)
            .action_new_version()
        )
        draft = self.env["tthc.procedure"].browse(action["res_id"])
        self.assertEqual((draft.version, draft.state, draft.change_kind), (3, "draft", "amended"))
        for parts, count in (("document_ids", 2), ("step_ids", 1), ("legal_basis_ids", 1)):
            self.assertEqual(len(draft[parts]), count, parts)
            self.assertFalse(draft[parts] & self.procedures["days"][parts])

    def test_it_takes_over_on_its_day(self):
        """On the local day, by the dates: before the scheduled action has run."""
        with at("2023-06-05"):
            second = self.version("2023-07-01", duration=3)
            second.action_publish()
            old = self.received("2023-06-05")
        self.assertEqual(second.effective_on.isoformat(), "2023-07-01")
        with at("2023-06-30", "23:59"):
            self.env["tthc.procedure"]._cron_follow_versions()
            self.assertEqual(self.states(), ["published", "waiting"])
            self.assertTrue(self.received("2023-06-30"))
            with self.assertRaisesRegex(UserError, "not in force"):
                self.new(procedure_id=second.id)
        with at("2023-07-01", "00:00"):
            self.assertEqual(self.states(), ["published", "waiting"], "nothing has run yet")
            with self.assertRaisesRegex(UserError, "version 2 is: choose that one"):
                self.new()
            self.assertTrue(self.new(procedure_id=second.id))
            self.assertTrue(second.in_force)
            self.assertFalse(self.first.in_force)
            offered = self.model("counter", "tthc.procedure").search(
                [("in_force", "=", True), ("code", "=", self.first.code)]
            )
            self.assertEqual(offered, second)
            self.env["tthc.procedure"]._cron_follow_versions()
            self.assertEqual(self.states(), ["superseded", "published"])
        self.assertEqual((old.procedure_id, old.duration), (self.first, 5), "as it was received")

    def test_the_scheduled_action_wakes_up_at_midnight_of_the_commune(self):
        cron = self.env.ref("tthc_onestop.ir_cron_follow_versions")
        with at("2023-06-05"):
            self.version("2023-07-01").action_publish()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertIn("2023-06-30 17:00:00", triggers.mapped(lambda each: str(each.call_at)))

    def test_a_dossier_filed_before_is_received_under_the_new_version(self):
        with at("2023-06-30"):
            self.version("2023-07-01").action_publish()
            filed = self.new(channel="online")
            posted = self.new(channel="post", handed_over_at="2023-06-30 01:00:00")
        with at("2023-07-03"):
            with self.assertRaisesRegex(UserError, "version 2"):
                filed.action_receive()
            filed.procedure_id = self.first.version_ids.filtered(lambda each: each.version == 2)
            filed.action_receive()
            posted.action_receive()  # received on the day on which the post took it over
        self.assertEqual(filed.procedure_id.version, 2)
        self.assertEqual(posted.procedure_id, self.first)

    def test_decisions_out_of_order(self):
        with at("2023-07-15"):
            third = self.version("2023-07-10")
            third.action_publish()
            second = self.version("2023-07-01")  # decided before, entered after
            second.action_publish()
            self.assertEqual(self.states(), ["superseded", "published", "superseded"])
            same_day = self.version("2023-07-10")
            same_day.decision_id.signed_on = "2023-06-01"  # signed before that of the same day
            same_day.action_publish()
            self.assertTrue(third.in_force)

    # ---------------------------------------------------------------- abolition

    def test_abolished(self):
        """No new dossier, and it says which procedure replaces it."""
        other, last = self.procedures["hours"], self.procedures["open"]
        with at("2023-06-20"):
            decision = self.decision("2023-07-01", number="99/QĐ-UBND")
            self.first.action_abolish(decision.id, other.id)
            self.assertEqual(self.states(), ["published", "waiting"])
        with at("2023-07-01"):
            filed = "“9.000001.*is abolished.*99/QĐ-UBND.*UBND tỉnh.*replaced by “9.000003"
            for version in self.first.version_ids:
                with self.assertRaisesRegex(UserError, filed):
                    self.new(procedure_id=version.id)
            self.env["tthc.procedure"]._cron_follow_versions()
            self.assertEqual(self.states(), ["superseded", "abolished"])
            # what replaces it is abolished in its turn
            other.action_abolish(self.decision("2023-07-01").id, last.id)
            with self.assertRaisesRegex(UserError, "replaced by “9.000004"):
                self.new()
            with self.assertRaisesRegex(UserError, "cannot replace itself"):
                last.action_abolish(self.decision("2023-07-01").id, last.id)

    def test_abolished_and_issued_again(self):
        """On each day, before and after the one on which the states were last projected."""
        with at("2023-06-20"):
            self.first.action_abolish(self.decision("2023-07-01").id)
            self.version("2023-08-01").action_publish()
        for day, state in [("06-30", 0), ("07-01", None), ("07-31", None), ("08-01", 2)]:
            with self.subTest(day), at(f"2023-{day}"):
                versions = self.first.version_ids.sorted("version")
                versions.invalidate_recordset(["in_force"])
                found = [n for n, version in enumerate(versions) if version.in_force]
                self.assertEqual(found, [] if state is None else [state])
                searched = versions.search([("code", "=", "9.000001"), ("in_force", "=", True)])
                self.assertEqual(searched, versions.browse(versions[n].id for n in found))
        with at("2023-08-02"):
            self.env["tthc.procedure"]._cron_follow_versions()
        with at("2023-06-30"):
            searched = versions.search([("code", "=", "9.000001"), ("in_force", "=", True)])
            self.assertEqual(searched, self.first)

    # ---------------------------------------------------------------- many at once

    def test_a_batch_in_few_queries(self):
        numbers = range(60)
        values = [
            {"code": f"8.{number:06}", "name": "Thủ tục", "sector_id": self.civil.id}
            for number in numbers
        ]
        procedures = self.env["tthc.procedure"].with_context(tracking_disable=True)
        procedures.create(values)
        drafts = procedures.create(
            [each | {"version": 2, "state": "draft", "change_kind": "amended"} for each in values]
        )
        self.env.flush_all()
        decision = self.decision("2023-07-01")
        with self.assertQueryCount(31):
            drafts.publish_under(decision)
            self.env.flush_all()
        self.assertEqual(set(drafts.mapped("state")), {"published"})
        codes = [each["code"] for each in values]
        self.assertEqual(procedures.next_versions([*codes, "7.000001"])["7.000001"], 1)
        self.assertEqual(procedures.next_versions(codes)[codes[0]], 3)

    # ---------------------------------------------------------------- nothing is edited in place

    def test_what_was_decided_stays(self):
        """Each part of it too, for the manager and for the superuser."""
        step = (0, 0, {"name": "Xử lý", "duration": 5})
        basis = (0, 0, {"name": "Luật"})
        self.revise(step_ids=[step], legal_basis_ids=[basis])
        new = self.procedures["days"]
        for env in (self.env, self.env(user=self.users["manager"])):
            version = new.with_env(env)
            part_names = ("document_ids", "step_ids", "legal_basis_ids")
            calls = [
                lambda v=version: v.write({"name": "Khác"}),
                lambda v=version: v.write({"state": "draft"}),
                lambda v=version: v.write({"active": False}),
                lambda v=version: v.write({"document_ids": [Command.clear()]}),
                lambda v=version: v.write({"effective_on": "2030-01-01"}),
                lambda v=version: v.unlink(),
                lambda v=version: v.decision_id.write({"effective_on": "2030-01-01"}),
                lambda v=version: v.decision_id.unlink(),
                lambda v=version: v.action_publish(),
            ]
            for name in part_names:
                part = version[name][0]
                calls += [
                    lambda p=part: p.write({"name": "Khác"}),
                    lambda p=part: p.unlink(),
                    lambda p=part: p.copy(),
                    # neither into it
                    lambda p=part, v=version: p.copy({"procedure_id": v.copy().id}).write(
                        {"procedure_id": v.id}
                    ),
                ]
            for number, call in enumerate(calls):
                with self.subTest(call=number, user=env.user.login):
                    with self.assertRaisesRegex(UserError, "has been decided|follows|stays as it"):
                        call()
        self.assertEqual(new.name, self.first.name)

    def test_the_database_refuses_too(self):
        self.revise(step_ids=[(0, 0, {"name": "Xử lý", "duration": 5})])
        draft = self.procedures["days"].copy()
        self.env.flush_all()
        id_ = self.procedures["days"].id
        for statement, refused in [
            (f"UPDATE tthc_procedure SET name = 'x' WHERE id = {id_}", RaiseException),
            (f"UPDATE tthc_procedure SET state = 'draft' WHERE id = {id_}", RaiseException),
            (f"DELETE FROM tthc_procedure WHERE id = {id_}", RaiseException),
            (f"DELETE FROM tthc_procedure_step WHERE procedure_id = {id_}", RaiseException),
            (
                f"UPDATE tthc_procedure_step SET duration = 4 WHERE procedure_id = {id_}",
                RaiseException,
            ),
            (
                f"UPDATE tthc_procedure_step SET procedure_id = {id_} "
                f"WHERE procedure_id = {draft.id}",
                RaiseException,
            ),
            (
                f"INSERT INTO tthc_procedure_legal_basis (procedure_id, name) VALUES ({id_}, 'x')",
                RaiseException,
            ),
            ("TRUNCATE tthc_procedure CASCADE", RaiseException),
            # two versions in force of one code
            (
                f"UPDATE tthc_procedure SET state = 'published' WHERE id = {self.first.id}",
                IntegrityError,
            ),
        ]:
            with (
                self.subTest(statement),
                mute_logger("odoo.sql_db"),
                self.assertRaises(refused),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement)

    def test_a_draft_is_free(self):
        draft = self.first.copy()
        draft.write({"name": "Khác", "document_ids": [Command.clear()]})
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_unverified_parts_are_checked_in_place(self):
        """Somebody has looked at the source: that changes what we know, not what is published."""
        self.revise(unverified_fields="code,name")
        version = self.procedures["days"]
        version.unverified_fields = "name"
        with self.assertRaisesRegex(UserError, "has been decided"):
            version.unverified_fields = "name,fee"
        version.unverified_fields = False

    def test_state_is_not_written(self):
        for state in ("superseded", "waiting"):
            with self.subTest(state), self.assertRaisesRegex(UserError, "follows"):
                self.env["tthc.procedure"].create(
                    {"code": "8.1", "name": "x", "sector_id": self.civil.id, "state": state}
                )

    def test_a_decision_is_needed(self):
        draft = self.first.copy()
        with self.assertRaisesRegex(UserError, "decision that publishes"):
            draft.action_publish()

    # ---------------------------------------------------------------- who may

    def test_who_publishes(self):
        draft = self.version("2020-02-01")
        for group in ("counter", "officer", "leader", "communication", "finance", "auditor"):
            for call in ("action_publish", "action_abolish"):
                with self.subTest(group=group, call=call), self.assertRaises(AccessError):
                    record = draft.with_user(self.users[group])
                    record.action_publish() if call == "action_publish" else record.action_abolish(
                        draft.decision_id.id
                    )
            with self.subTest(group=group), self.assertRaises(AccessError):
                self.model(group, "tthc.procedure").create(
                    {"code": "8.1", "name": "x", "sector_id": self.civil.id, "state": "published"}
                )
        draft.with_user(self.users["statistician"]).action_publish()
        self.assertEqual(self.states(), ["superseded", "published"])
