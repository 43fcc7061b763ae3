from odoo.tests import tagged

from odoo.addons.tthc_onestop.tests.common import at

from .test_report_text import TextCase


class CommunicationCase(TextCase):
    def out(self, day, name="Tin", broadcasts=0, **values):
        with at(day):
            item = self.env["tthc.communication.item"].create(
                {
                    "name": name,
                    "company_id": self.company.id,
                    "user_id": self.users["communication"].id,
                    "body": "<p>Mời bà con…</p>",
                    **values,
                }
            )
            item.broadcast_count = broadcasts
            item.action_hand_in()
            item.action_approve()
            item.action_publish()
        return item


@tagged("post_install", "-at_install")
class TestReportCommunication(CommunicationCase):
    """The communication section of the report of quarter II of 2023, 15/3 to 14/6."""

    def setUp(self):
        super().setUp()
        self.env.ref("tthc_reporting.outline_communication").source = "communication"

    def lines(self):
        return self.part(self.composed(), "communication").body.splitlines()

    def test_what_went_out_in_the_period(self):
        self.out("2023-03-14", "Trước kỳ")
        self.out("2023-03-15", "Số hóa {thử}", kind="broadcast", broadcasts=3)
        self.out("2023-06-14", "Thanh toán trực tuyến", kind="portal")
        self.out("2023-06-15", "Sau kỳ")
        self.env["tthc.communication.item"].create(
            {"name": "Chưa đăng", "company_id": self.company.id, "date_planned": "2023-05-05"}
        )
        head, *items = self.lines()
        self.assertIn("2 tin, bài, hoạt động tuyên truyền", head)
        self.assertTrue(head.endswith("tổng số lượt phát: 3."), head)
        self.assertEqual(len(items), 2)
        self.assertRegex(items[0], r"^- Ngày 15/03/2023: Số hóa \(thử\) \(.+, 3 lượt phát\)\.$")
        self.assertRegex(items[1], r"^- Ngày 14/06/2023: Thanh toán trực tuyến \([^()]+\)\.$")

    def test_what_goes_out_later_does_not_change_it(self):
        self.out("2023-05-05")
        before = self.lines()
        self.out("2023-06-20")
        self.assertEqual(self.quarter._text_of_communication().splitlines(), before)

    def test_nothing_went_out(self):
        self.assertEqual(self.lines(), [])
