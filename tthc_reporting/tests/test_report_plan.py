from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.tthc_onestop.tests.common import at
from odoo.addons.tthc_onestop.tests.test_plan import SEED

from .test_report_text import TextCase


@tagged("post_install", "-at_install")
class TestReportPlan(TextCase):
    """The plan section of the report of quarter II of 2023, 15/3 to 14/6."""

    def setUp(self):
        super().setUp()
        with at("2023-03-07"):
            self.plan = self.env["tthc.plan"].load(SEED, self.company.id)
        self.env.ref("tthc_reporting.outline_plan").source = "plan"

    def done(self, start, day, result):
        task = self.env["tthc.plan.task"].search(
            [("plan_id", "=", self.plan.id), ("name", "=like", f"{start}%")], limit=1
        )
        task.result = result
        task.deliverable_ids.write({"number": "12/BC-UBND", "date": day})
        with at(day):
            task.action_submit()
            task.action_approve()

    def lines(self):
        return self.part(self.composed(), "plan").body.splitlines()

    def test_sections_with_what_was_done_and_what_is_late(self):
        self.done("Tham gia ý kiến", "2023-05-10", "Đã góp ý 2 dự thảo {thử}.")
        lines = self.lines()
        [direction] = [line for line in lines if line.startswith("- Mục II.1. ")]
        self.assertTrue(direction.endswith("6 nhiệm vụ, hoàn thành 1, quá hạn 1, còn lại 4."))
        [done] = [line for line in lines if line.startswith("+ Hoàn thành trong kỳ")]
        self.assertTrue(done.endswith("Đã góp ý 2 dự thảo (thử)."))
        self.assertIn(
            "+ Quá hạn từ ngày 31/03/2023: Ban hành Kế hoạch kiểm soát TTHC và thực hiện cơ chế "
            "một cửa, một cửa liên thông của UBND xã.",
            lines,
        )
        self.assertEqual(len([line for line in lines if line.startswith("- Mục")]), 16)

    def test_what_is_done_later_does_not_change_it(self):
        before = self.lines()
        self.done("Tham gia ý kiến", "2023-06-20", "Sau kỳ")
        self.assertEqual(self.quarter._text_of_plan().splitlines(), before)

    def test_the_plan_of_the_period_as_excel(self):
        address = self.quarter.action_plan_xlsx()["url"]
        self.assertEqual(address, f"/tthc/plan/{self.plan.id}.xlsx?tu=2023-03-15&den=2023-06-14")
        self.plan.with_user(self.users["statistician"]).action_close()
        self.assertEqual(self.quarter.action_plan_xlsx()["url"], address)
        with self.assertRaisesRegex(UserError, "No plan of 2022"):
            self.quarter.create(
                {"kind": "year", "year": 2022, "company_id": self.company.id}
            ).action_plan_xlsx()
