import base64
import io
from contextlib import contextmanager

from openpyxl import load_workbook
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from ..render.plan_budget_xlsx import HEAD
from .common import at
from .test_plan import PlanCase


class BudgetCase(PlanCase):
    @contextmanager
    def refused(self, words):
        """Refused with these words, and nothing of it stays."""
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            yield

    def line(self, start="Kinh phí thực hiện", group="finance", **values):
        """A new line of the task that begins so, as the user of a group sees it."""
        task = self.task(start)
        line = self.model("finance", "tthc.plan.budget.line").create(
            {"task_id": task.id, "name": "Văn phòng phẩm", "planned": 1_000_000, **values}
        )
        return line.with_user(self.users[group])

    def approved(self, **values):
        line = self.line(**values)
        line.action_submit()
        self.as_user("leader", line).action_approve()
        return line

    def spend(self, line, amount, number="PC01", group="finance", **values):
        return self.model(group, "tthc.plan.budget.voucher").create(
            {
                "line_id": line.id,
                "number": number,
                "date": "2023-06-05",
                "amount": amount,
                "content": "Giấy in",
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestPlanBudget(BudgetCase):
    def test_lines_of_the_plan_of_2023(self):
        """Where sections III and IV.4 speak of money; the plan names no amount."""
        lines = self.plan.budget_line_ids.sorted(lambda line: (line.section_id.sequence, line.id))
        self.assertEqual(
            [(line.section_id.code, line.source) for line in lines],
            [("III", "assigned"), ("III", "other"), ("III", "state"), ("IV.4", "assigned")],
        )
        for start in ("Kinh phí thực hiện", "Đối với kinh phí", "Tham mưu cấp kinh phí"):
            self.assertTrue(self.task(start).budget_line_ids, start)
        self.assertEqual(set(lines.mapped("state")), {"draft"})
        self.assertFalse(sum(lines.mapped("planned")) + sum(lines.mapped("approved")))

    def test_planned_approved_spent_remaining(self):
        line = self.line(planned=10_000_000)
        line.action_submit()
        self.assertIn(self.users["leader"], line.sudo().activity_ids.user_id)
        leader = self.as_user("leader", line)
        with at("2023-06-06"):
            leader.action_approve()
        self.assertFalse(line.sudo().activity_ids)
        self.assertEqual((line.state, line.approved, line.remaining), ("approved", 10e6, 10e6))
        self.assertEqual(line.approved_by_id, self.users["leader"])
        self.spend(line, 2_500_000)
        voucher = self.spend(line, 500_000, "PC02", payee="Cửa hàng Hải Anh")
        self.assertEqual((line.spent, line.remaining), (3e6, 7e6))
        self.assertIn("PC02", line.message_ids[0].body)
        voucher.amount = 400_000
        self.assertEqual(line.remaining, 7_100_000)
        self.assertIn("500", line.message_ids[0].body)
        self.assertIn("400", line.message_ids[0].body)
        voucher.unlink()
        self.assertEqual(line.remaining, 7_500_000)
        self.assertIn("PC02", line.message_ids[0].body)
        plan = self.as_user("finance", self.plan)
        self.assertEqual(
            (plan.budget_planned, plan.budget_approved, plan.budget_spent), (10e6, 10e6, 2.5e6)
        )

    def test_no_more_is_spent_than_is_approved(self):
        line = self.approved()
        self.spend(line, 600_000)
        with self.refused(r"1.000.000.*1.100.000.*100.000.*too much"):
            self.spend(line, 500_000, "PC02")
        voucher = self.spend(line, 400_000, "PC02")
        with self.refused("too much"):
            voucher.amount = 400_001
        with self.refused("too much"):
            self.spend(self.line(), 1)  # nothing is approved yet
        other = self.approved(planned=100_000)
        with self.refused("too much"):
            voucher.line_id = other
        self.assertEqual((line.spent, other.spent), (1_000_000, 0))

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_it_too(self):
        line = self.approved()
        self.spend(line, 600_000)
        for statement in (
            "UPDATE tthc_plan_budget_line SET spent = 1000001 WHERE id = %s",
            "UPDATE tthc_plan_budget_line SET approved = 599999 WHERE id = %s",
            "UPDATE tthc_plan_budget_line SET planned = -1 WHERE id = %s",
        ):
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self.env.flush_all()
                self.env.cr.execute(statement, [line.id])
        with self.assertRaises(CheckViolation):
            self.spend(line, -1, "PC02")
        with self.assertRaises(UniqueViolation):
            self.spend(line, 1)

    def test_another_amount(self):
        line = self.line()
        with self.assertRaises(AccessError):
            line.other_amount = 5
        leader = self.as_user("leader", line)
        with self.refused("stands at"):
            leader.other_amount = 800_000
        line.action_submit()
        with Form(leader) as form:
            form.other_amount = 800_000
        leader.action_approve()
        self.assertEqual((line.planned, line.approved, line.other_amount), (1e6, 8e5, 0))

    def test_what_is_approved_holds_until_the_leader_decides_anew(self):
        line = self.approved()
        leader = self.as_user("leader", line)
        self.spend(line, 900_000)
        with self.refused("stands at"):
            line.planned = 2_000_000
        line.action_revise()
        line.planned = 2_000_000
        line.action_submit()
        self.assertEqual((line.state, line.approved), ("submitted", 1e6))
        with self.refused("too much"):
            self.spend(line, 200_000, "PC02")
        leader.other_amount = 800_000
        with self.refused("no less is approved"):
            leader.action_approve()
        leader.other_amount = 0
        leader.action_approve()
        self.spend(line, 200_000, "PC02")
        self.assertEqual(line.remaining, 900_000)

    def test_sent_back_with_a_reason(self):
        line = self.line()
        line.action_submit()
        with self.assertRaises(UserError):
            self.as_user("leader", line).action_send_back(" ")
        wizard = self.model("leader", "tthc.plan.reason")
        dialogue = Form(wizard.with_context(default_budget_line_ids=line.ids))
        dialogue.reason = "Giảm chi in ấn"
        dialogue.save().action_confirm()
        self.assertEqual((line.state, line.returned_reason), ("returned", "Giảm chi in ấn"))
        self.assertEqual(line.sudo().activity_ids.user_id, self.users["finance"])
        line.planned = 900_000
        line.action_submit()
        self.assertFalse(line.returned_reason)
        self.assertEqual(line.sudo().activity_ids.user_id, self.users["leader"])

    def test_whose_steps_they_are(self):
        line = self.line()
        for group in ("leader", "statistician", "auditor"):
            with self.assertRaises(AccessError):
                self.as_user(group, line).action_submit()
        line.action_submit()
        for group in ("finance", "statistician", "auditor"):
            with self.assertRaises(AccessError):
                self.as_user(group, line).action_approve()
        for values in ({"state": "approved"}, {"approved": 5}):
            with self.refused("buttons"):
                line.write(values)
            with self.refused("buttons"):
                self.line(**values)
        with self.assertRaises(AccessError):
            self.as_user("leader", line).planned = 1
        with self.refused("how much"):
            self.line(planned=0).action_submit()

    def test_who_works_on_a_task_sees_its_money(self):
        line = self.approved(start="Tổ chức tuyên truyền về cải cách")
        self.spend(line, 1000)
        self.assertEqual(self.as_user("communication", line).spent, 1000)
        form = Form(self.as_user("communication", line.task_id))
        self.assertEqual(len(form.budget_line_ids), 1)
        with self.assertRaises(AccessError):
            self.as_user("communication", line).voucher_ids.read(["payee"])
        with self.assertRaises(AccessError):
            self.as_user("officer", line).read(["spent"])
        Form(self.as_user("communication", line))
        self.assertFalse(self.as_user("officer", self.plan).budget_spent)

    def test_finance_sees_every_task_and_works_on_its_own(self):
        task = self.task("Tham gia ý kiến", "finance")
        self.assertEqual(task.section, "II.1")
        self.deliver(task.sudo())
        for call in (
            lambda: task.write({"result": "x"}),
            lambda: task.action_submit(),
            lambda: task.write({"stage_id": self.env["tthc.plan.stage"].first_of("doing").id}),
        ):
            with self.assertRaisesRegex(AccessError, "for others"):
                call()
        own = self.task("Tham mưu cấp kinh phí", "finance")
        own.result = "Đã đề xuất"

    def test_a_plan_that_is_closed_keeps_its_money(self):
        line = self.approved()
        voucher = self.spend(line, 1000)
        self.as_user("statistician", self.plan).action_close()
        for call in (
            lambda: self.spend(line, 1000, "PC02"),
            lambda: voucher.write({"amount": 1}),
            lambda: voucher.unlink(),
        ):
            with self.refused("while the plan is issued"):
                call()
        for call in (line.action_revise, self.line, lambda: line.write({"planned": 5})):
            with self.refused("is closed"):
                call()

    def test_money_that_was_approved_stays(self):
        plan = self.draft()
        line = self.model("finance", "tthc.plan.budget.line").create(
            {"task_id": plan.task_ids.id, "name": "In ấn", "planned": 1000}
        )
        line.action_submit()
        for record in (line, plan.task_ids, plan):
            with self.refused("stands at"):
                record.unlink()
        self.as_user("leader", line).action_approve()
        line.action_revise()
        for record in (line, plan.task_ids, plan):
            with self.refused("stays in the plan"):
                record.unlink()
        self.line().unlink()

    def test_no_voucher_of_a_day_to_come(self):
        line = self.approved()
        with at("2023-06-05"), self.refused("to come"):
            self.spend(line, 1000, date="2023-06-06")

    def test_the_file_of_a_voucher(self):
        voucher = self.spend(self.approved(), 1000)
        voucher.write({"file": base64.b64encode(b"%PDF-1.4"), "filename": "pc01.pdf"})
        self.assertEqual(base64.b64decode(self.as_user("leader", voucher).file), b"%PDF-1.4")

    def test_the_next_year_plans_its_money_anew(self):
        line = self.approved(source_note="Nghị quyết 12/NQ-HĐND")
        self.spend(line, 1000)
        action = self.as_user("statistician", self.plan).action_next_year()
        plan = self.model("statistician", "tthc.plan").browse(action["res_id"])
        self.assertEqual(len(plan.budget_line_ids), 5)
        [copy] = plan.budget_line_ids.filtered(lambda each: each.previous_id == line)
        self.assertEqual(
            (copy.name, copy.source_note, copy.planned, copy.approved, copy.state, copy.spent),
            ("Văn phòng phẩm", "Nghị quyết 12/NQ-HĐND", 0, 0, "draft", 0),
        )
        self.assertIn("money anew", copy.task_id.to_decide)
        self.assertFalse(copy.sudo().voucher_ids)


@tagged("post_install", "-at_install")
class TestPlanBudgetXlsx(BudgetCase, HttpCase):
    def test_excel_with_live_sums(self):
        line = self.approved(planned=3_000_000, name="=1+1")
        self.spend(line, 1_200_000)
        self.env.flush_all()
        self.authenticate("test_statistician", "test_statistician")
        action = self.as_user("statistician", self.plan).action_budget_xlsx()
        answer = self.url_open(action["url"])
        self.assertEqual(answer.status_code, 200)
        sheet = load_workbook(io.BytesIO(answer.content)).active
        shown = load_workbook(io.BytesIO(answer.content), data_only=True).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD + 2)]
        [typed] = [row for row in sheet.iter_rows() if row[2].value == "=1+1"]
        self.assertEqual(typed[2].data_type, "s", "what people typed is no formula")
        self.assertEqual([cell.value for cell in typed[4:7]], [3_000_000, 3_000_000, 1_200_000])
        self.assertEqual(typed[7].value, f"=F{typed[0].row}-G{typed[0].row}")
        self.assertEqual([row[0] for row in rows if isinstance(row[0], int)], [1, 2, 3, 4, 5])
        # section III has four lines and its sum, IV.4 one
        self.assertEqual(rows[5][4], "=SUM(E9:E12)")
        self.assertEqual(rows[-1][0], "TỔNG CỘNG")
        self.assertEqual(
            rows[-1][4:8], ["=SUM(E13,E16)", "=SUM(F13,F16)", "=SUM(G13,G16)", "=F17-G17"]
        )
        total = [cell.value for cell in shown[sheet.max_row]][4:8]
        self.assertEqual(total, [3_000_000, 3_000_000, 1_200_000, 1_800_000])

    @mute_logger("odoo.http")
    def test_who_sees_no_money_gets_no_table(self):
        for login, url in (
            ("test_officer", f"/tthc/plan/{self.plan.id}/kinh-phi.xlsx"),
            ("test_leader", "/tthc/plan/0/kinh-phi.xlsx"),
        ):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(url).status_code, 404)
