from odoo.tests import tagged

from .common import DossierCase, at


@tagged("post_install", "-at_install")
class TestDossierHolding(DossierCase):
    """In whose hands a dossier was: the bar on its form, and the totals of each officer."""

    def lived(self):
        dossier = self.received("2023-06-05", "08:00")
        with at("2023-06-05", "09:00"):
            self.as_user("counter", dossier).action_process()
        with at("2023-06-05", "10:30"):
            self.as_user("officer", dossier).action_submit_for_signature()
        return dossier

    def test_the_bar(self):
        dossier = self.lived()
        with at("2023-06-05", "11:00"):
            bar = self.as_user("counter", dossier).holding_bar
        for words in ("1:00", "1:30", "0:30", "3:00", "Leader", "10:30 05/06/2023"):
            self.assertIn(words, bar)
        with at("2023-06-05", "14:00"):
            self.as_user("leader", dossier).action_approve()
        dossier.invalidate_recordset()
        bar = self.as_user("counter", dossier).holding_bar
        self.assertNotIn("10:30 05/06/2023", bar, "nobody has it now")
        self.assertIn("4:00", bar)

    def test_what_comes_by_post_is_held_since_its_legal_moment(self):
        with at("2023-06-05", "10:00"):
            dossier = self.new(channel="post", handed_over_at="2023-06-05 01:00:00")
            dossier.action_receive()
            self.assertIn("2:00", dossier.holding_bar)

    def test_beyond_the_calendar_there_is_no_bar(self):
        dossier = self.received("2023-06-05")
        with at("2060-06-05"):
            self.assertFalse(dossier.holding_bar)

    def totals(self, group, **days):
        values = {"date_from": "2023-06-01", "date_to": "2023-06-30", **days}
        period = self.model(group, "tthc.holding.period").create(values)
        action = period.action_open()
        lines = self.model(group, action["res_model"]).search(action["domain"])
        return {
            (line.holder, line.user_id): (line.dossier_count, line.hours, line.average_hours)
            for line in lines
        }

    def test_totals_of_each_officer(self):
        for _ in range(2):
            dossier = self.lived()
            with at("2023-06-05", "14:00"):
                self.as_user("leader", dossier).action_approve()
        self.lived()  # not ended: it has no part
        counter, officer = self.users["counter"], self.users["officer"]
        expected = {
            ("counter", counter): (2, 2, 1),
            ("specialist", officer): (2, 3, 1.5),
            ("leader", self.users["leader"]): (2, 3, 1.5),
        }
        for group in ("statistician", "leader", "auditor"):
            with self.subTest(group=group):
                self.assertEqual(self.totals(group), expected)
        self.assertEqual(
            self.totals("officer"), {("specialist", officer): (2, 3, 1.5)}, "one's own alone"
        )
        self.assertFalse(self.totals("leader", date_from="2023-06-06"))
