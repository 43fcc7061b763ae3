from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .test_plan import PlanCase

TASK = "Nghiên cứu, đề xuất các giải pháp, sáng kiến"


@tagged("post_install", "-at_install")
class TestInitiative(PlanCase):
    def initiative(self, by="officer", **values):
        return self.model(by, "tthc.initiative").create(
            {
                "company_id": self.company.id,
                "name": "Bỏ bản sao giấy khai sinh",
                "description": "Đã có trong cơ sở dữ liệu hộ tịch",
                "procedure_ids": self.procedures["days"].ids,
                "part": "papers",
                **values,
            }
        )

    def test_from_proposal_to_effect(self):
        found = self.initiative()
        self.assertEqual(found.author_ids, self.users["officer"])
        office, leader = self.as_user("statistician", found), self.as_user("leader", found)
        office.task_id = self.task(TASK)
        with self.assertRaisesRegex(AccessError, "Statistics|statistics"):
            leader.action_consider()
        with self.assertRaisesRegex(UserError, "stands at"):
            leader.action_recognise()
        office.action_consider()
        with self.assertRaises(AccessError):
            office.action_recognise()
        with self.assertRaisesRegex(UserError, "Enter first: Decision, Decided on"):
            leader.action_recognise()
        leader.write({"decision_number": "30/QĐ-UBND", "decision_on": "2023-06-05"})
        leader.action_recognise()
        [deliverable] = self.task(TASK).deliverable_ids
        self.assertEqual((deliverable.initiative_id, deliverable.delivered), (found, True))
        with self.assertRaisesRegex(UserError, "Enter first: Effect"):
            office.action_apply()
        office.effect = "Bớt 1 giấy tờ, 400 hồ sơ một năm"
        office.action_apply()
        self.assertEqual(found.state, "applied")
        with self.assertRaisesRegex(UserError, "stays so"):
            office.description = "x"
        with self.assertRaisesRegex(UserError, "stays"):
            office.unlink()

    def test_not_recognised_with_a_reason(self):
        leader = self.as_user("leader", self.initiative())
        with self.assertRaisesRegex(UserError, "Enter first: Answer"):
            leader.action_refuse()
        leader.answer = "Luật chưa cho phép"
        leader.action_refuse()
        self.assertEqual(leader.state, "refused")

    def test_authors_change_it_until_it_is_considered(self):
        found = self.initiative()
        found.description = "Sửa"
        for group in ("counter", "leader"):
            other = self.as_user(group, found)
            self.assertFalse(other.edits)
            with self.assertRaises(AccessError):
                other.description = "x"
        with self.assertRaises(AccessError):
            found.answer = "Tự công nhận"
        with self.assertRaisesRegex(UserError, "buttons"):
            found.write({"state": "recognised"})
        with self.assertRaisesRegex(UserError, "proposed first"):
            self.initiative(state="recognised")
        self.as_user("statistician", found).action_consider()
        self.assertFalse(found.edits)
        with self.assertRaises(AccessError):
            found.description = "x"

    def test_the_form(self):
        with Form(self.model("counter", "tthc.initiative")) as form:
            form.name = "Hẹn giờ qua điện thoại"
            form.description = "Dân phải chờ"
            form.part = "desk"
        self.assertEqual(form.record.author_ids, self.users["counter"])
