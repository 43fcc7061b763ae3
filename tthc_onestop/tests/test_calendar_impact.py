import io
from datetime import date, timedelta
from unittest.mock import patch

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import DossierCase, at


class ImpactCase(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.year = cls.env.ref("tthc_onestop.calendar_2023")

    def holiday(self, day="2023-06-07", name="Quốc tang", **values):
        return self.model("manager", "tthc.calendar.day").create(
            {"year_id": self.year.id, "date": day, "name": name, **values}
        )

    def found(self, group="manager"):
        """The effect as a user opens it from the calendar."""
        action = self.as_user(group, self.year).action_effect()
        return self.model(group, action["res_model"]).browse(action["res_id"])

    def approved(self):
        impact = self.found()
        impact.action_propose()
        impact = self.as_user("leader", impact)
        impact.action_approve()
        return impact

    def run_job(self):
        self.env.ref("tthc_onestop.ir_cron_apply_calendar_impact").method_direct_trigger()
        self.env.invalidate_all()

    def apply(self):
        with self.enter_registry_test_mode():
            self.run_job()


@tagged("post_install", "-at_install")
class TestCalendarImpact(ImpactCase):
    def test_a_holiday_entered(self):
        """Who moves, from when to when and why; a leader approves; an event and a new slip each."""
        dossier = self.received()  # 05/6 + 5 working days
        later = self.received(day="2023-06-08")
        self.assertEqual(dossier.due_on, date(2023, 6, 12))
        with at("2023-06-09"):
            self.holiday()
            self.assertEqual(self.year.with_company(self.company).pending_change_count, 1)
            self.assertEqual(dossier.due_on, date(2023, 6, 12), "promised until a leader agrees")
            impact = self.found()
            self.assertEqual(self.found(), impact, "one at a time")
            self.assertRecordValues(
                impact.line_ids,
                [{"dossier_id": dossier.id, "state": "waiting", "company_id": self.company.id}],
            )
            line = impact.line_ids
            self.assertEqual(line.due_from, dossier.due_at)
            self.assertEqual(line.due_to, dossier.due_at + timedelta(days=1))
            self.assertIn("Quốc tang (Entered)", line.why)
            with self.assertRaises(UserError):
                self.as_user("leader", impact).action_approve()
            impact.action_propose()
            leader = self.as_user("leader", impact)
            self.assertEqual(impact.sudo().activity_ids.user_id, self.users["leader"])
            leader.action_approve()
            self.assertFalse(impact.sudo().activity_ids)
            self.assertEqual(dossier.due_on, date(2023, 6, 12))
            self.apply()
        self.assertEqual((impact.state, impact.progress, line.state), ("applied", 100, "done"))
        self.assertEqual(dossier.due_on, date(2023, 6, 13))
        self.assertEqual(later.due_on, date(2023, 6, 15))
        event = dossier.event_ids[-1]
        self.assertEqual((event.kind, event.reason), ("reschedule", line.why))
        self.assertEqual(event.user_id, self.users["leader"])
        self.assertEqual(event.slip_id, line.slip_id)
        new, first = dossier.slip_ids
        self.assertEqual((new.form, first.form), ("01", "01"))
        self.assertNotEqual(new.number, first.number)
        changed = {key for key in new.content if new.content[key] != first.content.get(key)}
        self.assertEqual(changed, {"due", "not_counted", "replaces"})
        self.assertEqual(new.content["not_counted"], "07/6 Quốc tang; 02 ngày nghỉ hằng tuần")
        self.assertEqual(new.content["replaces"], first._numbered())
        self.assertIn("13 tháng 6".replace(" ", "\N{NO-BREAK SPACE}"), new.content["due"])
        self.assertNotIn("has changed since", dossier.deadline_explanation)
        self.assertEqual(self.model("auditor").verify_ledger(dossier.ids), [])
        self.assertFalse(self.year.with_company(self.company).pending_change_count)

    def test_a_holiday_removed_or_moved(self):
        with at("2023-06-01"):
            day = self.holiday()
        dossier = self.received()
        self.assertEqual(dossier.due_on, date(2023, 6, 13))
        with at("2023-06-06"):
            day.date = "2023-06-08"
            self.assertFalse(self.found().line_ids, "another day of the same time")
            self.found().action_propose()
            self.assertTrue(day.exists())
            day.name = "Tên khác"
            self.assertFalse(self.year.with_company(self.company).pending_change_count)
            day.unlink()
            impact = self.approved()
            self.assertIn("Tên khác (Removed)", impact.line_ids.why)
            self.apply()
        self.assertEqual(dossier.due_on, date(2023, 6, 12))

    def test_where_no_time_runs_nothing_moves(self):
        """What waits for the citizen gets its date when it resumes, by the calendar of then."""
        waiting, ended, none = self.received(), self.received(), self.received(procedure="open")
        with at("2023-06-06"):
            self.as_user("officer", waiting).action_request_supplement("Thiếu ảnh")
            self.as_user("counter", ended).action_withdraw("Xin rút")
            self.holiday()
            impact = self.found()
            self.assertFalse(impact.line_ids)
            impact.action_propose()
            self.assertEqual(impact.state, "applied", "nothing to agree to")
        with at("2023-06-08"):
            self.as_user("counter", waiting).action_resume()
            self.assertEqual(waiting.due_on, date(2023, 6, 15), "restarted, NĐ 61/2018 Đ19.4")
        self.assertFalse(none.due_on)

    def test_an_extension_to_a_day_that_became_a_holiday(self):
        dossier = self.received()
        with at("2023-06-07"):
            self.as_user("leader", dossier).action_extend("Chờ xác minh", "2023-06-20 03:00")
            self.holiday()
            self.assertFalse(self.found().line_ids, "the day given stays")
            self.found().action_cancel()
            self.holiday("2023-06-20", "Nghỉ đột xuất")
            self.approved()
            self.apply()
        self.assertEqual(dossier.due_on, date(2023, 6, 21), "BLDS Đ148.5")

    def test_office_hours_count_too(self):
        dossier = self.received()
        with at("2023-06-06"):
            self.env.ref("tthc_onestop.office_hours").attendance_ids.filtered(
                lambda line: line.dayofweek == "2"
            ).unlink()
            impact = self.approved()
            self.assertEqual(impact.line_ids.mapped("why"), ["Office hours"])
            self.apply()
            self.assertEqual(dossier.due_on, date(2023, 6, 13))
            self.company.resource_calendar_id = self.env.ref("tthc_onestop.office_hours").copy()
            self.holiday("2023-06-08")
            impact = self.approved()
            self.assertIn("; Office hours", impact.line_ids.why)
            self.apply()
        self.assertEqual(dossier.due_on, date(2023, 6, 15), "no Wednesdays, no 08/6")

    def test_who_may_do_what(self):
        self.received()
        with at("2023-06-06"):
            self.holiday()
            for group in ("counter", "officer", "statistician", "finance", "auditor"):
                with self.subTest(group=group), self.assertRaises(AccessError):
                    self.found(group)
            impact = self.found()
            for group in ("counter", "leader", "auditor", "statistician"):
                self.assertTrue(self.as_user(group, impact).line_ids.mapped("why"))
            for group in ("officer", "finance", "communication"):
                with self.subTest(group=group), self.assertRaises(AccessError):
                    self.as_user(group, impact).read(["state"])
            for record in (impact, impact.line_ids, impact.change_ids):
                for group in ("manager", "leader", "counter"):
                    own = record.with_user(self.users[group])
                    for forbidden in (
                        own.unlink,
                        lambda own=own: own.write({"company_id": self.company.id}),
                        lambda own=own: own.create({"company_id": self.company.id}),
                    ):
                        with self.assertRaises(AccessError):
                            forbidden()
            impact.action_propose()
            for group in ("manager", "counter", "auditor"):
                with self.subTest(group=group), self.assertRaises(AccessError):
                    self.as_user(group, impact).action_approve()
            self.as_user("leader", impact).action_approve()
            with self.assertRaises(AccessError):
                impact.action_stop()
            with self.assertRaises(UserError):
                impact.action_cancel()

    def test_each_commune_for_itself(self):
        """A national day is settled by each commune; a commune's own day concerns it alone."""
        other = self.env["res.company"].create({"name": "UBND xã Khác", "tthc_unit_code": "H23.1"})
        dossier = self.received()
        theirs = (
            self.env["tthc.dossier"]
            .with_company(other)
            .create(
                {
                    "procedure_id": self.procedures["days"].id,
                    "applicant_name": "An",
                    "company_id": other.id,
                }
            )
        )
        with at("2023-06-05"):
            theirs.action_receive()
        with at("2023-06-06"):
            self.holiday()
            impact = self.approved()
            self.assertEqual(impact.line_ids.dossier_id, self.as_user("leader", dossier))
            self.apply()
            changes = self.env["tthc.calendar.change"]
            self.assertFalse(changes.pending_of(self.company))
            self.assertTrue(changes.pending_of(other))
            self.assertEqual(theirs.due_on, date(2023, 6, 12))
            foreign = self.env["tthc.calendar.impact"].with_company(other).action_find()
            foreign = self.env["tthc.calendar.impact"].browse(foreign["res_id"])
            self.assertEqual(foreign.line_ids.dossier_id, theirs)
            with self.assertRaises(AccessError):
                self.as_user("leader", foreign).read(["state"])
            self.assertFalse(
                self.model("leader", "tthc.calendar.impact.line").search(
                    [("dossier_id", "=", theirs.id)]
                )
            )

    def test_moved_meanwhile(self):
        """What was settled or got another date since is left and says so; the others move."""
        settled, extended, dossier = (self.received() for _ in range(3))
        with at("2023-06-06"):
            self.holiday()
            impact = self.approved()
            self.as_user("counter", settled).action_settle()
            self.as_user("leader", extended).action_extend("Chờ xác minh", "2023-06-20 03:00")
            self.apply()
        lines = {line.dossier_id: (line.state, bool(line.note)) for line in impact.sudo().line_ids}
        self.assertEqual(lines[settled.sudo()], ("skipped", True))
        self.assertEqual(lines[extended.sudo()], ("skipped", True))
        self.assertEqual(lines[dossier.sudo()], ("done", False))
        self.assertEqual(extended.due_on, date(2023, 6, 20))
        self.assertEqual(impact.state, "applied")

    def test_one_that_fails_keeps_none_back(self):
        bad, good = self.received(), self.received()
        with at("2023-06-06"):
            self.holiday()
            impact = self.approved()
            original, reason = type(bad)._due_by_calendar, "hỏng"

            def broken(dossier):
                if dossier.id == bad.id:
                    raise UserError(reason)
                return original(dossier)

            with patch.object(type(bad), "_due_by_calendar", broken):
                self.apply()
            self.assertEqual((good.due_on.day, bad.due_on.day), (13, 12))
            self.assertEqual((impact.state, impact.failed_count), ("applying", 1))
            failed = impact.line_ids.filtered(lambda line: line.state == "failed")
            self.assertEqual(failed.note, reason)
            impact.action_retry()
            self.apply()
            self.assertEqual((impact.state, bad.due_on.day), ("applied", 13))
            self.assertEqual(good.event_count, 3, "moved once")

    def test_stopped_and_gone_on_with(self):
        """What a crash, a double run or a leader's stop leaves is done later, each exactly once."""
        dossiers = [self.received() for _ in range(3)]
        with at("2023-06-06"):
            self.holiday()
            impact = self.approved()
            lines = self.env["tthc.calendar.impact.line"]
            original = type(lines)._apply

            def stopping(batch):
                original(batch)
                impact.action_stop()
                impact.flush_recordset()  # the job reads it with an environment of its own

            module = "odoo.addons.tthc_onestop.models.calendar_impact"
            with patch(f"{module}.BATCH", 1), patch.object(type(lines), "_apply", stopping):
                self.apply()
            self.assertEqual((impact.state, round(impact.progress)), ("proposed", 33))
            self.apply()
            self.assertEqual(sorted(dossier.event_count for dossier in dossiers), [2, 2, 3])
            impact.action_approve()
            self.apply()
            self.apply()
        self.assertEqual(impact.state, "applied")
        self.assertEqual([dossier.event_count for dossier in dossiers], [3, 3, 3])
        self.assertEqual({dossier.due_on.day for dossier in dossiers}, {13})

    def test_a_leader_no_more(self):
        dossier = self.received()
        with at("2023-06-06"):
            self.holiday()
            impact = self.approved()
            self.users["leader"].group_ids -= self.env.ref("tthc_onestop.group_leader")
            self.apply()
        self.assertEqual(impact.sudo().line_ids.state, "failed")
        self.assertEqual(dossier.event_count, 2)

    def test_changed_again(self):
        self.received()
        with at("2023-06-06"):
            self.holiday()
            impact = self.found()
            self.holiday("2023-06-08", "Ngày nghỉ nữa")
            self.env.invalidate_all()
            self.assertTrue(impact.is_stale)
            with self.assertRaisesRegex(UserError, "changed again"):
                impact.action_propose()
            impact.action_refresh()
            impact.action_propose()
            self.holiday("2023-06-09", "Và nữa")
            self.env.invalidate_all()
            with self.assertRaisesRegex(UserError, "changed again"):
                self.as_user("leader", impact).action_approve()
            impact.action_cancel()
            impact = self.approved()
            self.assertEqual(impact.line_ids.due_to.day, 15)
            self.assertEqual(len(impact.change_ids), 3)

    def test_beyond_the_entered_years(self):
        self.env["tthc.calendar.year"].search([("year", ">", 2023)]).unlink()
        self.received(day="2023-12-22")
        with at("2023-12-25"):
            self.holiday("2023-12-26")
            with self.assertRaisesRegex(UserError, "2024, whose days off are not entered"):
                self.found()

    def test_whatever_is_known_to_have_changed(self):
        dossier = self.received()
        with at("2023-06-06"):
            self.holiday()
            self.env["tthc.calendar.change"].search([]).unlink()
            impact = self.found()
            self.assertFalse(impact.line_ids)
            impact.action_refresh_all()
            self.assertEqual(impact.line_ids.sudo().dossier_id, dossier.sudo())

    def test_by_hand(self):
        """A leader may move one dossier alone; nobody moves it where the calendar does not."""
        dossier = self.received()
        with at("2023-06-06"):
            leader = self.as_user("leader", dossier)
            with self.assertRaisesRegex(UserError, "the due date it has"):
                leader.action_reschedule("Nghỉ")
            self.holiday()
            with self.assertRaises(AccessError):
                dossier.action_reschedule("Nghỉ")
            leader.action_reschedule("Nghỉ")
            self.assertEqual(dossier.due_on, date(2023, 6, 13))
            self.assertFalse(self.found().line_ids)


@tagged("post_install", "-at_install")
class TestCalendarImpactSlips(ImpactCase, HttpCase):
    def test_printing_the_new_slips(self):
        dossiers = self.received() + self.received()
        with at("2023-06-06"):
            self.holiday()
            impact = self.approved()
            with self.assertRaises(UserError):
                impact.line_ids.action_print_slips()
            self.run_job()
        with self.assertRaises(AccessError):
            self.as_user("manager", impact).line_ids.action_print_slips()
        action = self.as_user("counter", impact).line_ids.action_print_slips()
        self.authenticate("test_counter", "test_counter")
        pages = PdfReader(io.BytesIO(self.url_open(action["url"]).content)).pages
        self.assertEqual(len(pages), 4)  # two copies each
        for page, dossier in zip(pages[::2], dossiers, strict=True):
            text = " ".join(page.extract_text().split())
            self.assertIn(dossier.name, text)
            self.assertIn("13 tháng 6 năm 2023", text)
            self.assertIn("4. Thời gian nhận hồ sơ: 09 giờ 00 phút, ngày 05 tháng 6", text)
        self.authenticate("test_manager", "test_manager")
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(action["url"]).status_code, 403)
        self.authenticate("test_auditor", "test_auditor")
        self.assertEqual(self.url_open("/tthc/slips?ids=x,0").status_code, 404)
