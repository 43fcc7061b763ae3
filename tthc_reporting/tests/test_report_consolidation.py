from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.tthc_onestop.tests.common import at

from .test_report_hand_in import HandInCase


@tagged("post_install", "-at_install")
class TestConsolidation(HandInCase):
    def setUp(self):
        super().setUp()
        with at("2023-06-15", "00:10"):
            self.run_cron("open_periods")

    def told(self, group="statistician"):
        self.env.invalidate_all()  # as another request
        quality = self.period.with_user(self.users[group]).quality
        return {line["kind"]: line["count"] for line in quality or []}

    def test_the_sheet_of_a_specialist_is_that_of_now(self):
        """What is said after the night counts at once for who says it, and in what they hand in."""
        self.hand_in.line_ids.cause_id = self.cause()
        self.assertEqual(self.hand_in.sheets["II.06g"]["total"]["values"]["5"], 1)
        self.assertEqual(self.period.sheets["II.06g"]["total"]["values"]["5"], 0)  # as prepared
        self.submitted()
        self.assertEqual(self.hand_in.figures["II.06g"]["total"]["values"]["5"], 1)

    def test_figures_that_have_moved_are_told_before_they_are_sent(self):
        with at("2023-06-15"):
            self.assertFalse(self.period.outdated)
            self.submitted()
            self.env.invalidate_all()
            for group in ("statistician", "leader", "officer"):
                self.assertIn("II.06g", self.period.with_user(self.users[group]).outdated)
            with self.assertRaisesRegex(UserError, "II.06g"):
                self.period.action_ask_approval()
            self.period.action_collect()
            self.assertFalse(self.period.outdated)

    def test_who_has_not_handed_in_is_told(self):
        self.assertEqual(self.told()["not_handed_in"], 1)
        self.assertNotIn("not_handed_in", self.told("counter"))  # reads no hand-in
        action = self.period.action_open_problem("not_handed_in")
        self.assertEqual(action["domain"], [("id", "in", self.hand_in.ids)])
        self.submitted()
        self.assertNotIn("not_handed_in", self.told())

    def test_what_was_handed_in_otherwise_is_told(self):
        self.submitted()
        self.assertNotIn("handed_in_others", self.told())
        self.civil.name = "Tên khác"  # the same figures
        self.other_sector_moves()
        self.assertNotIn("handed_in_others", self.told())
        self.hand_in.sudo().line_ids.cause_id = self.env.ref("tthc_reporting.cause_regulation")
        self.assertEqual(self.told()["handed_in_others"], 1)
        action = self.period.action_open_problem("handed_in_others")
        self.assertEqual(action["domain"], [("id", "in", self.hand_in.ids)])

    def other_sector_moves(self):
        form = self.env["tthc.report.form"].in_force_on("II.06a", self.period.date_to)
        with at("2023-06-14", "17:00"):
            self.as_user("leader", self.other).action_stop("Không đủ điều kiện")
        form.stopped_as = "settled"
