from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.res_company import to_utc
from .common import DossierCase, at

# office hours of the commune: 7:30 to 11:30 and 13:30 to 17:00
DAY = 7 * 60 + 30


@tagged("post_install", "-at_install")
class TestDossierHolding(DossierCase):
    def walk(self):
        """Received on Monday, handed over an hour later; lacks a paper from Tuesday to Wednesday
        9:00; submitted for signature at 10:00."""
        dossier = self.received("2023-06-05", "09:00")
        officer = self.as_user("officer", dossier)
        with at("2023-06-05", "10:00"):
            officer.action_process()
        with at("2023-06-06", "09:00"):
            officer.action_request_supplement("Thiếu ảnh")
        with at("2023-06-07", "09:00"):
            officer.action_resume()
        with at("2023-06-07", "10:00"):
            officer.action_submit_for_signature()
        return dossier

    def signed(self):
        dossier = self.walk()
        with at("2023-06-07", "10:30"):
            self.as_user("leader", dossier).action_approve()
        return dossier

    def test_the_form_says_who_has_had_it_and_who_has_it(self):
        waiting, ended, new = self.walk(), self.signed(), self.new()
        expected = {"counter": 60, "officer": DAY, "leader": 30, "citizen": DAY}
        with at("2023-06-07", "10:30"):
            for group in ("counter", "officer", "statistician", "leader", "auditor"):
                with self.subTest(group):
                    seen = [self.as_user(group, d) for d in (waiting, ended, new)]
                    self.assertEqual(seen[0].holding, expected)
                    self.assertEqual(seen[1].holding, expected)
                    self.assertFalse(seen[2].holding)
                    self.assertEqual([d.holder for d in seen], ["leader", False, False])
                    self.assertEqual(seen[0].held_since, to_utc(datetime(2023, 6, 7, 10)))
        for field in ("holding", "holder", "held_by_id", "held_since"):
            with self.assertRaises(AccessError):
                self.as_user("finance", waiting).read([field])

    def test_who_holds_it_in_person(self):
        dossier = self.received()
        self.assertEqual((dossier.holder, dossier.held_by_id), ("counter", self.users["counter"]))
        with at("2023-06-05", "10:00"):
            self.as_user("leader", dossier).action_process(self.users["officer"].id)
        self.assertEqual((dossier.holder, dossier.held_by_id), ("officer", self.users["officer"]))

    def test_what_came_by_post_counts_from_the_hand_over(self):
        handed_over = to_utc(datetime(2023, 6, 5, 8))
        dossier = self.received(
            "2023-06-05", "10:00", channel="post", handed_over_at=handed_over,
            submitted_at=handed_over,
        )  # fmt: skip
        with at("2023-06-05", "11:00"):
            self.assertEqual(dossier.holding, {"counter": 180})
            self.assertEqual(dossier.held_since, handed_over)

    def test_payment_is_with_finance_where_its_workflow_says_so(self):
        steps = [(0, 0, {"name": "Thu phí", "role": "finance", "duration": 5})]
        self.revise(step_ids=steps)
        for name, holder in [("days", "finance"), ("calendar", "citizen")]:
            dossier = self.received(procedure=name)
            with at("2023-06-05", "10:00"):
                self.as_user("counter", dossier).action_request_payment()
            with at("2023-06-05", "11:00"):
                self.assertEqual(dossier.holding, {"counter": 60, holder: 60})
                self.assertEqual(dossier.holder, holder)
            # a later workflow changes nothing of what has happened
            self.revise(step_ids=False)
            dossier.invalidate_recordset()
            self.assertEqual(dossier.holder, holder)

    def test_another_agency_and_the_desks_own_fault(self):
        dossier = self.received()
        officer = self.as_user("officer", dossier)
        with at("2023-06-05", "10:00"):
            officer.action_ask_agency("Xác minh", "Công an xã", "2023-06-07")
            self.assertEqual(dossier.holder, "agency")
        with at("2023-06-05", "11:00"):
            officer.action_record_answer("Đúng")
            officer.action_request_supplement("Thiếu ảnh")
        with at("2023-06-06", "11:00"):
            officer.action_resume()
            self.as_user("leader", dossier).action_request_supplement("Thiếu nữa")
            dossier.invalidate_recordset()
            self.assertEqual(
                dossier.holding, {"counter": 60, "officer": 0, "agency": 60, "citizen": DAY}
            )
            self.assertEqual(dossier.holder, "counter")

    def test_beyond_the_calendar_it_is_not_measured(self):
        dossier = self.received(procedure="open")
        self.env["tthc.calendar.year"].search([("year", ">", 2023)]).unlink()
        with at("2024-02-01"):
            self.assertFalse(dossier.holding)
            self.assertEqual(dossier.holder, "counter")

    # ---------------------------------------------------------------- totals

    def totals(self, group, date_from="2023-06-01", date_to="2023-06-30"):
        """{(holder, login): (dossiers, hours, average)} as a user of the group is shown them."""
        wizard = self.model(group, "tthc.dossier.holding").create(
            {"date_from": date_from, "date_to": date_to}
        )
        action = wizard.action_show()
        lines = self.model(group, action["res_model"]).search(action["domain"])
        return {
            (line.holder, line.user_id.login): (line.dossier_count, line.hours, line.average)
            for line in lines
        }

    def test_totals_of_who_ended_what_in_a_period(self):
        self.signed()
        self.walk()  # not ended
        second = self.received("2023-06-08", "09:00")
        with at("2023-06-08", "10:00"):
            self.as_user("counter", second).action_process(self.users["officer"].id)
        with at("2023-06-08", "11:00"):
            self.as_user("officer", second).action_settle()
        expected = {
            ("counter", "test_counter"): (2, 2, 1),
            ("officer", "test_officer"): (2, 8.5, 4.25),
            ("leader", "test_leader"): (1, 0.5, 0.5),
            ("citizen", False): (1, 7.5, 7.5),
        }
        for group in ("statistician", "leader", "auditor"):
            self.assertEqual(self.totals(group), expected)
        mine = ("officer", "test_officer")
        self.assertEqual(self.totals("officer"), {mine: expected[mine]})
        self.assertEqual(self.totals("leader", date_from="2023-06-09"), {})
        self.assertEqual(self.totals("leader", date_to="2023-06-06"), {})
        self.assertEqual(
            self.totals("leader", date_from="2023-06-08")["officer", "test_officer"], (1, 1, 1)
        )
        with self.assertRaisesRegex(UserError, "before the first day"):
            self.totals("leader", date_from="2023-07-01")

    def test_a_past_period_does_not_move(self):
        dossier = self.signed()
        before = self.totals("leader", date_to="2023-06-09")
        with at("2023-06-12"):
            self.as_user("leader", dossier).action_reopen("Sai")
        self.assertEqual(self.totals("leader", date_to="2023-06-09"), before)
        self.assertEqual(self.totals("leader", date_to="2023-06-12"), {}, "it is open again")
        with at("2023-06-12", "10:00"):
            self.as_user("leader", dossier).action_settle()
        hours = self.totals("leader", date_to="2023-06-12")["officer", "test_officer"][1]
        self.assertEqual(hours, before["officer", "test_officer"][1] + 1)

    def test_totals_are_of_ones_own(self):
        self.signed()
        for group in ("counter", "communication", "finance", "manager"):
            with self.assertRaises(AccessError):
                self.totals(group)
        self.totals("leader")
        for model in ("tthc.dossier.holding", "tthc.dossier.holding.line"):
            self.assertTrue(self.model("leader", model).search([]))
            self.assertFalse(self.model("auditor", model).search([]))

    def test_another_commune_is_not_counted(self):
        self.signed()
        other = self.env["res.company"].create({"name": "UBND xã Khác"})
        self.users["leader"].write({"company_id": other.id, "company_ids": other.ids})
        wizard = self.env["tthc.dossier.holding"].with_user(self.users["leader"])
        wizard = wizard.with_context(allowed_company_ids=other.ids)
        wizard = wizard.create({"date_from": date(2023, 6, 1), "date_to": date(2023, 6, 30)})
        wizard.action_show()
        self.assertFalse(wizard.line_ids)

    def test_totals_take_two_queries_and_few_more_for_many(self):
        for _ in range(30):
            self.signed()
        wizard = self.model("leader", "tthc.dossier.holding").create(
            {"date_from": "2023-06-01", "date_to": "2023-06-30"}
        )
        for _ in range(2):
            wizard._totals()
            self.env.invalidate_all()
        with self.assertQueryCount(4):  # its dates, the dossiers, their communes, their events
            self.assertEqual(wizard._totals()["leader", self.users["leader"].id]["hours"], 15)
