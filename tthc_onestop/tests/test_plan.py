from datetime import date

from psycopg2 import IntegrityError
from psycopg2.errors import RaiseException

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import SQL, file_open, mute_logger

from .common import DossierCase, at

SEED = "tthc_onestop/data/plan_2023.json"
ROLES = "statistician officer counter culture radio finance leader".split()


class PlanCase(DossierCase):
    """The plan of 2023 of a commune, issued in it, with its leader and officers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with at("2023-03-07"):
            cls.plan = cls.env["tthc.plan"].load(SEED, cls.company.id)
        cls.roles = {role: cls.env.ref(f"tthc_onestop.plan_role_{role}") for role in ROLES}

    def task(self, start, group=None):
        """The line of the plan that starts so, as a user sees it."""
        found = self.env["tthc.plan.task"].search(
            [("plan_id", "=", self.plan.id), ("name", "=like", f"{start}%"), ("printed", "=", True)]
        )[:1]
        self.assertTrue(found, start)
        return found.with_user(self.users[group]) if group else found

    def deliver(self, task):
        task.deliverable_ids.write({"number": "12/BC-UBND", "date": "2023-06-05"})

    def draft(self, **values):
        plan = self.model("statistician", "tthc.plan").create(
            {"name": "Kế hoạch thử", "year": 2023, "company_id": self.company.id, **values}
        )
        section = self.model("statistician", "tthc.plan.section").create(
            {"plan_id": plan.id, "number": "II", "code": "II", "level": "1", "name": "NỘI DUNG"}
        )
        self.model("statistician", "tthc.plan.task").create(self.values(section))
        return plan

    def values(self, section, **values):
        return {
            "plan_id": section.plan_id.id,
            "section_id": section.id,
            "name": "Ban hành văn bản",
            "lead_id": self.roles["statistician"].id,
            "timing": "Trong năm",
            **values,
        }


@tagged("post_install", "-at_install")
class TestPlanSeed(PlanCase):
    def test_each_line_of_the_plan_is_there_in_its_order(self):
        """Every paragraph from I to IV.4, word for word, in the order of the document."""
        with file_open("tthc_onestop/tests/data/plan_2023.txt") as file:
            lines = file.read().splitlines()
        start, end = lines.index("I. MỤC ĐÍCH, YÊU CẦU"), len(lines) - 5
        self.assertTrue(lines[end].startswith("Trên đây là kế hoạch"))
        self.assertEqual(list(self.lines()), lines[start:end])
        self.assertEqual(self.plan.bases.splitlines(), lines[6:11])
        self.assertEqual([self.plan.intro, self.plan.closing], [lines[11], lines[end]])
        self.assertEqual(self.plan.name, lines[5])

    def lines(self):
        """What is in the records, as paragraphs of the document."""
        for section in self.plan.section_ids:
            yield f"{section.number}. {section.name}"
            yield from (section.text or "").splitlines()
            for task in section.task_ids.filtered("printed"):
                yield f"{task.marker} {task.name}" if task.marker else task.name
            if section.note:
                yield section.note

    def test_each_task_has_lead_timing_and_deliverable(self):
        tasks = self.env["tthc.plan.task"].search(
            [("plan_id", "=", self.plan.id), ("printed", "=", True)]
        )
        self.assertEqual(len(tasks), 43)
        for task in tasks:
            with self.subTest(task=task.name[:60]):
                self.assertTrue(task.lead_id and task.timing and task.deliverable_ids)
                self.assertEqual(bool(task.date_deadline), task.periodicity != "request")
        self.assertEqual(
            set(tasks.mapped("section")),
            {
                *(f"II.{number}" for number in range(1, 11)),
                "III",
                *(f"IV.{n}" for n in range(1, 5)),
            },
        )

    def test_leads(self):
        leads = {
            "Ban hành Kế hoạch": "statistician",
            "Tham gia ý kiến": "officer",
            "Tổ chức tuyên truyền về cải cách": "radio",
            "Thường xuyên, kịp thời tuyên truyền": "culture",
            "Kinh phí thực hiện": "finance",
            "Tham mưu cấp kinh phí": "finance",
        }
        for start, role in leads.items():
            self.assertEqual(self.task(start).lead_id, self.roles[role], start)

    def test_periodic_tasks_have_their_times(self):
        """II.10: specialists hand in by the 15th of the last month of each quarter."""
        task = self.task("Thời hạn nhận báo cáo")
        self.assertEqual(task.parent_id, self.task("Thực hiện nghiêm chế độ thông tin"))
        self.assertEqual(
            [str(each.date_deadline) for each in task.child_ids],
            ["2023-03-15", "2023-06-15", "2023-09-15", "2023-12-15"],
        )
        self.assertEqual(task.child_ids[1].name[-11:], "quý II/2023")
        self.assertFalse(any(task.child_ids.mapped("printed")))
        self.plan.task_ids._spawn()
        self.assertEqual(len(task.child_ids), 4)

    def test_loaded_once(self):
        again = self.env["tthc.plan"].load(SEED, self.company.id)
        self.assertEqual(again, self.plan)


@tagged("post_install", "-at_install")
class TestPlan(PlanCase):
    def test_from_draft_to_closed(self):
        plan = self.draft()
        for group in ("officer", "leader", "auditor", "finance"):
            with self.assertRaises(AccessError):
                self.as_user(group, plan).action_submit()
        plan.action_submit()
        self.assertIn(self.users["leader"], plan.sudo().activity_ids.user_id)
        with self.assertRaisesRegex(AccessError, "Leader"):
            plan.action_approve()
        leader = self.as_user("leader", plan)
        leader.action_approve()
        self.assertEqual((plan.state, plan.approved_by_id), ("approved", self.users["leader"]))
        self.assertFalse(plan.sudo().activity_ids)
        with self.assertRaisesRegex(UserError, "number and the day"):
            plan.action_issue()
        plan.write({"number": "25/KH-UBND", "date": "2023-03-08"})
        plan.action_issue()
        plan.action_close()
        self.assertEqual(plan.state, "closed")

    def test_sent_back_with_a_reason(self):
        plan = self.draft()
        plan.action_submit()
        leader = self.as_user("leader", plan)
        with self.assertRaises(UserError):
            leader.action_send_back(" ")
        wizard = self.model("leader", "tthc.plan.reason").with_context(default_plan_ids=plan.ids)
        dialogue = Form(wizard)
        dialogue.reason = "Thiếu thời hạn"
        dialogue.save().action_confirm()
        self.assertEqual((plan.state, plan.returned_reason), ("draft", "Thiếu thời hạn"))
        self.assertIn("Thiếu thời hạn", plan.message_ids[0].body)
        plan.action_submit()
        self.assertFalse(plan.returned_reason)

    def test_what_was_handed_in_stays_as_it_is(self):
        for record, values in (
            (self.plan, {"name": "x"}),
            (self.plan, {"number": "1/KH-UBND"}),
            (self.plan.section_ids[0], {"name": "x"}),
            (self.task("Ban hành Kế hoạch"), {"name": "x"}),
        ):
            with self.assertRaisesRegex(UserError, "its text stays as it is"):
                record.write(values)
            with self.assertRaisesRegex(UserError, "its text stays as it is"):
                record.unlink()

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_the_issued_text(self):
        """Whoever asks: number, day, bases, headings, printed tasks, their order."""
        task, section = self.task("Ban hành Kế hoạch"), self.plan.section_ids[0]
        self.env.flush_all()
        for statement, record in (
            ("UPDATE tthc_plan SET number = '1/KH-UBND' WHERE id = %s", self.plan),
            ("UPDATE tthc_plan SET bases = NULL WHERE id = %s", self.plan),
            ("UPDATE tthc_plan SET state = 'draft' WHERE id = %s", self.plan),
            ("DELETE FROM tthc_plan WHERE id = %s", self.plan),
            ("UPDATE tthc_plan_section SET name = 'x' WHERE id = %s", section),
            ("DELETE FROM tthc_plan_section WHERE id = %s", section),
            ("UPDATE tthc_plan_task SET name = 'x' WHERE id = %s", task),
            ("UPDATE tthc_plan_task SET sequence = 1 WHERE id = %s", task),
            ("UPDATE tthc_plan_task SET printed = false WHERE id = %s", task),
            ("UPDATE tthc_plan_task SET printed = true WHERE parent_id IS NOT NULL", None),
            ("DELETE FROM tthc_plan_task WHERE id = %s", task),
        ):
            with (
                self.subTest(statement),
                self.assertRaisesRegex(RaiseException, "stays as it is"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(SQL(statement, *(record.ids if record else ())))
        self.plan.action_close()  # what is not its text moves on
        self.env.flush_all()

    def test_states_are_not_written(self):
        with self.assertRaisesRegex(UserError, "buttons"):
            self.plan.write({"state": "draft"})
        with self.assertRaisesRegex(UserError, "begins as a draft"):
            self.draft(state="approved")
        with self.assertRaisesRegex(UserError, "buttons"):
            self.task("Ban hành Kế hoạch").write({"approval_state": "approved"})

    def test_a_task_added_since_is_no_line_of_the_plan(self):
        section = self.plan.section_ids[-1]
        task = self.model("statistician", "tthc.plan.task").create(self.values(section))
        self.assertFalse(task.printed)
        task.write({"name": "Việc phát sinh"})
        task.unlink()

    def test_a_task_and_its_parts_are_added_in_the_form(self):
        """To the plan that is issued, as “other tasks when asked for” (II.5) wants."""
        keeper = self.model("statistician", "tthc.plan.task").with_company(self.company)
        self.assertNotIn("False", keeper.new().display_name)
        with Form(keeper) as form:
            self.assertEqual(form.plan_id, self.plan)
            form.section_id = self.plan.section_ids[-1]
            form.name, form.timing = "Việc phát sinh", "Theo yêu cầu"
            form.lead_id, form.periodicity = self.roles["officer"], "request"
        task = form.record
        with Form(task) as form, form.child_ids.new() as part:
            part.name = "Phần việc"
        self.assertEqual((task | task.child_ids).mapped("printed"), [False, False])
        self.assertEqual(task.child_ids.name, "Phần việc")

    def test_an_empty_plan_is_not_handed_in(self):
        plan = self.draft()
        plan.task_ids.unlink()
        with self.assertRaisesRegex(UserError, "no task"):
            plan.action_submit()

    @mute_logger("odoo.sql_db")
    def test_a_number_is_given_once_a_year(self):
        with self.assertRaises(IntegrityError):
            self.draft(number="24/KH-UBND")

    def test_progress(self):
        with at("2023-04-03"):
            self.assertEqual((self.plan.task_count, self.plan.done_count), (41, 0))
            task = self.task("Ban hành Kế hoạch")
            self.assertTrue(task.overdue)
            before = self.plan.overdue_count
            self.deliver(task)
            task.action_submit()
            task.action_approve()
            self.plan.invalidate_recordset()
            self.assertEqual((self.plan.done_count, self.plan.overdue_count), (1, before - 1))
            self.assertAlmostEqual(self.plan.progress, 100 / 41)
            self.assertFalse(task.overdue)


@tagged("post_install", "-at_install")
class TestPlanTask(PlanCase):
    def test_done_needs_its_deliverable_and_the_leader(self):
        task = self.task("Ban hành các văn bản hướng dẫn", "statistician")
        with self.assertRaisesRegex(UserError, "lacks its deliverable"):
            task.action_submit()
        task.deliverable_ids.date = "2023-06-05"
        with self.assertRaisesRegex(UserError, "lacks its deliverable"):
            task.action_submit()
        self.deliver(task)
        task.action_submit()
        self.assertEqual((task.kind, task.approval_state), ("waiting", "waiting"))
        self.assertIn(self.users["leader"], task.sudo().activity_ids.user_id)
        with self.assertRaisesRegex(UserError, "was shown"):
            task.deliverable_ids.number = "13/BC-UBND"
        with self.assertRaises(AccessError):
            task.action_approve()
        with at("2023-06-06"):
            self.as_user("leader", task).action_approve("Làm tốt")
        self.assertEqual((task.kind, task.approval_state), ("done", "approved"))
        self.assertEqual(
            (task.done_on, task.approved_by_id), (date(2023, 6, 6), self.users["leader"])
        )
        self.assertIn("Làm tốt", task.message_ids[0].body)
        self.assertEqual(task.progress, 100)

    def test_without_any_deliverable(self):
        task = self.task("Ban hành các văn bản hướng dẫn")
        task.deliverable_ids.unlink()
        with self.assertRaisesRegex(UserError, "lacks its deliverable"):
            task.action_submit()

    def test_sent_back_by_the_leader(self):
        task = self.task("Tham gia ý kiến", "officer")
        self.deliver(task)
        task.action_submit()
        leader = self.as_user("leader", task)
        with self.assertRaises(UserError):
            leader.action_send_back("")
        leader.action_send_back("Thiếu ý kiến về phí")
        self.assertEqual(
            (task.kind, task.approval_state, task.returned_reason),
            ("doing", "returned", "Thiếu ý kiến về phí"),
        )
        self.assertEqual(task.sudo().activity_ids.user_id, self.users["officer"])
        task.action_submit()
        leader.action_approve()
        leader.action_send_back("Xem lại")
        self.assertEqual((task.kind, task.done_on), ("doing", False))

    def test_subtasks_first(self):
        task = self.task("Thời hạn nhận báo cáo")
        self.deliver(task)
        with self.assertRaisesRegex(UserError, "subtasks"):
            task.action_submit()
        self.assertEqual(task.progress, 0)
        for child in task.child_ids:
            self.deliver(child)
            child.action_submit()
            child.action_approve()
        self.assertEqual(task.progress, 100)
        task.action_submit()

    def test_progress_by_section_and_by_quarter(self):
        """A mean of what is grouped, the parts of others counted too."""
        task = self.task("Thời hạn nhận báo cáo")
        first = task.child_ids[0]
        self.deliver(first)
        self.assertEqual((first.progress, task.progress), (100, 0))
        first.action_submit()
        first.action_approve()
        self.assertEqual(task.progress, 25)
        tasks = self.model("leader", "tthc.plan.task")
        [(quarter, progress)] = tasks._read_group(
            [("parent_id", "=", task.id), ("date_deadline", "<", "2023-04-01")],
            ["date_deadline:quarter"],
            ["progress:avg"],
        )
        self.assertEqual((quarter, progress), (date(2023, 1, 1), 100))
        of_section = [
            ("section_id", "=", task.section_id.id),
            ("parent_id", "=", task.parent_id.id),
        ]
        [(section, progress)] = tasks._read_group(of_section, ["section_id"], ["progress:avg"])
        self.assertEqual(section.sudo(), task.section_id)
        self.assertAlmostEqual(progress, 25 / tasks.search_count(of_section))

    def test_the_card_is_dropped_through_the_gate(self):
        """Each pair of columns: the move it means, or why not."""
        stages = {
            kind: self.env["tthc.plan.stage"].first_of(kind).id
            for kind in ("todo", "doing", "waiting", "done")
        }
        allowed = {
            ("todo", "doing"),
            ("doing", "todo"),
            ("todo", "waiting"),
            ("doing", "waiting"),
            ("waiting", "doing"),
            ("waiting", "done"),
        }
        task = self.task("Ban hành các văn bản hướng dẫn")
        self.deliver(task)
        for source in stages:
            for target in stages:
                if source == target:
                    continue
                with self.subTest(source=source, target=target), self.env.cr.savepoint() as undo:
                    if source == "doing":
                        task.stage_id = stages["doing"]
                    if source in ("waiting", "done"):
                        task.action_submit()
                    if source == "done":
                        task.action_approve()
                    if (source, target) in allowed:
                        task.stage_id = stages[target]
                        self.assertEqual(task.kind, target)
                    else:
                        with self.assertRaises(UserError):
                            task.stage_id = stages[target]
                    undo.rollback()
                    self.env.invalidate_all()

    def test_only_the_leader_drops_a_card_into_done(self):
        task = self.task("Tham gia ý kiến", "officer")
        self.deliver(task)
        task.action_submit()
        done = self.env["tthc.plan.stage"].first_of("done").id
        with self.assertRaises(AccessError):
            task.write({"stage_id": done})
        self.as_user("leader", task).write({"stage_id": done})
        self.assertEqual(task.approval_state, "approved")

    def test_work_is_done_while_the_plan_is_issued(self):
        plan = self.draft()
        self.deliver(plan.task_ids)
        plan.task_ids.deliverable_ids = [
            Command.create({"name": "Văn bản", "number": "1", "date": "2023-06-05"})
        ]
        with self.assertRaisesRegex(UserError, "while their plan is issued"):
            plan.task_ids.action_submit()

    def test_who_leads_or_cooperates_works_on_it(self):
        task = self.task("Tham gia ý kiến", "officer")
        task.write({"result": "Đã góp ý 2 dự thảo"})
        with self.assertRaises(AccessError):
            task.write({"timing": "x"})
        other = self.task("Ban hành Kế hoạch", "officer")
        with self.assertRaises(AccessError):
            other.write({"result": "x"})
        other.sudo().user_id = self.users["officer"]
        other.write({"result": "Giao đích danh"})

    def test_deliverables_are_entered_in_the_form_of_the_task(self):
        task = self.task("Tham gia ý kiến", "officer")
        with Form(task) as form, form.deliverable_ids.edit(0) as line:
            line.number, line.date = "5/CV-UBND", date(2023, 6, 5)
        self.assertTrue(task.deliverable_ids.delivered)
        with self.assertRaises(AccessError):
            task.write({"deliverable_ids": [Command.delete(task.deliverable_ids.id)]})

    def test_communication_sees_its_own(self):
        """Its section and what it co-operates in; no dossier."""
        seen = self.model("communication", "tthc.plan.task").search(
            [("plan_id", "=", self.plan.id), ("printed", "=", True)]
        )
        roles = self.roles["culture"] | self.roles["radio"]
        every = self.env["tthc.plan.task"].search(
            [("plan_id", "=", self.plan.id), ("printed", "=", True)]
        )
        self.assertEqual(
            seen.sudo(),
            every.filtered(lambda task: (task.lead_id | task.partner_ids) & roles).sudo(),
        )
        self.assertIn("II.8", seen.mapped("section"))
        self.assertNotIn("II.7", seen.mapped("section"))
        with self.assertRaises(AccessError):
            self.model("communication").search([])

    def test_due_days_follow_the_timing(self):
        task = self.task("Tham gia ý kiến")
        self.assertFalse(task.date_deadline)
        task.periodicity = "continuous"
        self.assertEqual(task.date_deadline, date(2023, 12, 29))  # the last working day
        task.write({"periodicity": "year", "due_day": 15})
        self.assertEqual(task.date_deadline, date(2023, 12, 15))
        section = self.plan.section_ids[-1]
        with self.assertRaisesRegex(UserError, "Enter the day"):
            self.model("statistician", "tthc.plan.task").create(
                self.values(section, periodicity="once")
            )

    def test_overdue_and_due_soon(self):
        task = self.task("Ban hành Kế hoạch")  # due on Friday 31/3/2023
        find = self.env["tthc.plan.task"].with_company(self.company).search
        for day, overdue, at_risk in (
            ("2023-03-28", False, False),
            ("2023-03-29", False, True),
            ("2023-03-31", False, True),
            ("2023-04-01", True, False),
        ):
            with self.subTest(day=day), at(day):
                self.env.invalidate_all()
                self.assertEqual((task.overdue, task.at_risk), (overdue, at_risk))
                self.assertEqual(task in find([("overdue", "=", True)]), overdue)
                self.assertEqual(task in find([("at_risk", "=", True)]), at_risk)

    def test_sections_and_parts_are_of_one_plan(self):
        plan = self.draft()
        with self.assertRaisesRegex(UserError, "of one plan"):
            plan.task_ids.section_id = self.plan.section_ids[0]
        with self.assertRaises(UserError):
            plan.task_ids.parent_id = self.task("Ban hành Kế hoạch")

    def test_a_stage_in_use_stays(self):
        stages = self.env["tthc.plan.stage"]
        with self.assertRaisesRegex(UserError, "only stage"):
            stages.first_of("done").unlink()
        spare = stages.create({"name": "Đang chờ", "kind": "doing", "sequence": 21})
        task = self.task("Ban hành Kế hoạch")
        task.stage_id = spare
        self.assertEqual((task.kind, task.stage_id), ("doing", spare))
        with self.assertRaisesRegex(UserError, "tasks in it"):
            spare.unlink()


@tagged("post_install", "-at_install")
class TestPlanReminder(PlanCase):
    def remind(self, day):
        with at(day, "07:20"), self.enter_registry_test_mode():
            self.env.ref("tthc_onestop.ir_cron_plan_remind").method_direct_trigger()
        self.env.invalidate_all()

    def told(self, task):
        """(login, first words) of the open reminders of a task."""
        found = task.sudo().activity_ids.sorted(lambda each: each.user_id.login)
        return [(each.user_id.login, each.summary.split(":")[0]) for each in found]

    def test_the_rungs(self):
        """Two days before, one before, on the day, and late: then the leaders too."""
        task = self.task("Ban hành Kế hoạch")
        names = [
            self.env["tthc.reminder"]._in_vietnamese()._rung_name(rung) for rung in (2, 1, 0, -1)
        ]
        self.remind("2023-03-28")
        self.assertEqual(self.told(task), [])
        days = ("2023-03-29", "2023-03-30", "2023-03-31", "2023-04-03")
        for day, name in zip(days, names, strict=True):
            self.remind(day)
            told = [("test_leader", name)] if name == names[-1] else []
            self.assertEqual(self.told(task), [*told, ("test_statistician", name)], day)

    def test_each_is_told_once(self):
        task = self.task("Ban hành Kế hoạch")
        self.remind("2023-04-03")
        task.sudo().activity_ids.unlink()
        self.remind("2023-04-04")
        self.assertEqual(self.told(task), [])

    def test_who_hands_in_is_reminded_no_more(self):
        task = self.task("Ban hành Kế hoạch")
        self.remind("2023-03-31")
        self.deliver(task)
        task.action_submit()
        task.sudo().activity_ids.filtered(lambda each: each.user_id.login == "test_leader").unlink()
        self.remind("2023-04-03")
        self.assertEqual(self.told(task), [])

    def test_the_officer_in_person(self):
        task = self.task("Ban hành Kế hoạch")
        task.user_id = self.users["leader"]
        self.remind("2023-03-31")
        self.assertEqual([login for login, _ in self.told(task)], ["test_leader"])
