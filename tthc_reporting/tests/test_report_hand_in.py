from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.tthc_onestop.tests.common import DossierCase, at

from .history import behind


class HandInCase(DossierCase):
    """A quarter on the evening of its last day, with a late dossier of the specialist."""

    def setUp(self):
        super().setUp()
        self.late = self.received("2023-05-10")
        with at("2023-05-11"):
            self.as_user("counter", self.late).action_process(self.users["officer"].id)
        self.early = self.received("2023-06-12")
        self.other = self.received("2023-04-03", procedure="calendar")  # nobody's sector, late
        self.period = self.model("statistician", "tthc.report.period").create(
            {"kind": "quarter", "year": 2023, "quarter": 2}
        )
        with at("2023-06-14", "18:00"):
            self.run_cron("collect_periods")
        self.hand_in = self.model("officer", "tthc.report.hand.in").search([])

    def run_cron(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(f"tthc_reporting.ir_cron_{name}").method_direct_trigger()
        self.env.invalidate_all()

    def cause(self):
        return self.env.ref("tthc_reporting.cause_staff")

    def submitted(self, day="2023-06-15", hour="10:00"):
        self.hand_in.line_ids.cause_id = self.cause()
        with at(day, hour):
            self.hand_in.action_submit()


@tagged("post_install", "-at_install")
class TestHandIn(HandInCase):
    def test_an_extract_for_each_specialist(self):
        [hand_in] = self.period.hand_in_ids
        self.assertEqual(
            (hand_in.user_id, hand_in.sector_ids, hand_in.state),
            (self.users["officer"], self.civil, "not_started"),
        )
        total = self.hand_in.sheets["II.06a"]["total"]["values"]
        self.assertEqual((total["3"], total["13"]), (2, 1))
        self.assertEqual(self.hand_in.line_ids.dossier_id, self.late)
        self.assertEqual(behind(self.hand_in, "II.06a", "3"), [self.late.id, self.early.id])
        with at("2023-06-15"):
            self.assertEqual(self.period.hand_in_progress, "0 of 1, 0 late")

    def test_prepared_again_what_was_written_stays(self):
        self.hand_in.line_ids.cause_id = self.cause()
        self.hand_in.results = "Đã làm"
        with at("2023-06-15", "00:10"):
            self.run_cron("open_periods")
        self.assertEqual(self.hand_in.line_ids.cause_id, self.cause())
        self.assertEqual((self.hand_in.results, self.hand_in.state), ("Đã làm", "in_work"))

    def test_a_cause_is_asked_for(self):
        with at("2023-06-15"), self.assertRaisesRegex(UserError, self.late.name):
            self.hand_in.action_submit()
        self.submitted()
        self.assertEqual((self.hand_in.state, self.hand_in.is_late), ("submitted", False))
        sheet = self.env["tthc.report"].get_figures(
            "II.06g", "2023-03-15", "2023-06-14", self.company.id
        )
        self.assertEqual(sheet["total"]["values"], {"3": 2, "4": 0, "5": 1, "6": 0, "7": 0, "8": 1})
        self.assertEqual(
            self.env["tthc.report"].get_dossier_ids(
                "II.06g", "5", "2023-03-15", "2023-06-14", None, self.company.id
            ),
            self.late.ids,
        )

    def test_a_dispute_is_answered_first(self):
        lines = self.model("officer", "tthc.report.hand.in.line")
        line = lines.create(
            {"hand_in_id": self.hand_in.id, "dossier_id": self.early.id, "dispute": "Sai lĩnh vực"}
        )
        self.hand_in.line_ids.filtered("is_late").cause_id = self.cause()
        self.assertEqual(self.hand_in.state, "disputed")
        with at("2023-06-15"), self.assertRaisesRegex(UserError, "dispute has no answer"):
            self.hand_in.action_submit()
        with self.assertRaises(AccessError):
            line.answer = "Tự trả lời"
        to_do = self.hand_in.sudo().activity_ids
        self.assertIn(self.users["statistician"], to_do.user_id)
        line.with_user(self.users["statistician"]).answer = "Đã sửa trên hồ sơ"
        self.assertEqual(self.hand_in.state, "in_work")
        self.assertFalse(to_do.exists())
        [told] = self.hand_in.sudo().activity_ids  # the specialist is waited for again
        self.assertEqual(told.user_id, self.users["officer"])
        self.assertIn("Đã sửa trên hồ sơ", str(told.note))
        self.submitted()
        with self.assertRaisesRegex(UserError, "handed in"):
            line.dispute = "Nữa"

    def test_the_figure_follows_the_ledger(self):
        with at("2023-06-14", "16:00"):
            self.as_user("officer", self.late).action_settle()
        with at("2023-06-15", "00:10"):
            self.run_cron("open_periods")
        total = self.hand_in.sheets["II.06a"]["total"]["values"]
        self.assertEqual((total["10"], total["13"]), (1, 0))
        self.submitted()
        self.assertEqual(self.hand_in.figures["II.06a"]["total"]["values"], total)

    def test_late_is_by_the_calendar(self):
        """15/6/2024 is a Saturday: the hand-in is by Monday 17/6."""
        self.assertEqual(self.period.hand_in_by, date(2023, 6, 15))
        next_year = self.period.create({"kind": "quarter", "year": 2024, "quarter": 2})
        self.assertEqual(next_year.hand_in_by, date(2024, 6, 17))
        late = self.hand_in.with_user(self.users["statistician"])
        with at("2023-06-15", "23:59"):
            self.assertFalse(late.is_late)
        with at("2023-06-16", "00:01"):
            late.invalidate_recordset(["is_late"])
            self.assertTrue(late.is_late)
            self.assertEqual(late.search([("is_late", "=", True)]), late)
            self.assertFalse(late.search([("is_late", "=", False)]))
            self.assertEqual(self.period.hand_in_progress, "0 of 1, 1 late")
        self.submitted("2023-06-19")
        self.assertTrue(late.is_late, "handed in, and it was late")

    def test_reminded_at_eight_and_at_three(self):
        def letters():
            return self.env["mail.message"].search_count(
                [("model", "=", self.hand_in._name), ("res_id", "=", self.hand_in.id)]
            )

        before = letters()
        with at("2023-06-14", "15:00"):
            self.run_cron("remind_afternoon")
        self.assertEqual(letters(), before, "not the day yet")
        with at("2023-06-15", "08:00"):
            self.run_cron("remind_morning")
        self.assertGreater(letters(), before)
        self.assertEqual(len(self.hand_in.sudo().activity_ids), 1)
        with at("2023-06-15", "09:00"):
            self.period.action_remind()
        self.assertEqual(len(self.hand_in.sudo().activity_ids), 1, "one activity, told again")
        self.submitted()
        told = letters()
        with at("2023-06-15", "15:00"):
            self.run_cron("remind_afternoon")
        self.assertEqual(letters(), told)
        self.assertFalse(self.hand_in.sudo().activity_ids)
        for name, utc in [("morning", "01:00:00"), ("afternoon", "08:00:00")]:
            cron = self.env.ref(f"tthc_reporting.ir_cron_remind_{name}")
            self.assertEqual(f"{cron.nextcall:%H:%M:%S}", utc)

    def test_sent_back_with_a_reason(self):
        self.submitted()
        back = self.hand_in.with_user(self.users["statistician"])
        wizard = self.model("statistician", "tthc.report.reason").create(
            {"hand_in_id": back.id, "reason": "Thiếu phần kiến nghị"}
        )
        wizard.action_confirm()
        self.assertEqual(self.hand_in.state, "in_work")
        self.assertIn("Thiếu phần kiến nghị", back.sudo().activity_ids.note)
        for user in ("officer", "leader"):
            with self.assertRaises(AccessError):
                self.hand_in.with_user(self.users[user]).action_send_back("x")

    def test_whose_it_is(self):
        colleague = self.new_user("test_colleague", "officer")
        colleague.tthc_sector_ids = self.land
        self.period.action_prepare_hand_ins()
        mine = self.model("officer", "tthc.report.hand.in").with_user(colleague).search([])
        self.assertEqual(mine.sector_ids, self.land)
        self.assertEqual(mine.line_ids.dossier_id, self.other, "nobody held it: its sector's")
        with self.assertRaises(AccessError):
            self.hand_in.with_user(colleague).results = "x"
        with self.assertRaises(AccessError):
            self.hand_in.with_user(self.users["statistician"]).results = "x"
        for vals in ({"state": "submitted"}, {"figures": {}}, {"user_id": colleague.id}):
            with self.assertRaisesRegex(UserError, "by hand"):
                self.hand_in.write(vals)

    def test_the_leader_approves(self):
        with at("2023-06-15"):
            self.period.action_collect()
            self.period.action_ask_approval()
            leader = self.period.with_user(self.users["leader"])
            self.assertEqual(leader.activity_ids.user_id, self.users["leader"])
            with self.assertRaisesRegex(UserError, "waits for the leader"):
                self.period.action_seal()
            with self.assertRaises(AccessError):
                self.period.action_approve()
            leader.action_send_back("Xem lại số quá hạn")
            self.assertEqual(self.period.approval_reason, "Xem lại số quá hạn")
            [told] = self.period.activity_ids
            self.assertEqual(told.user_id, self.users["statistician"])
            self.assertIn("Xem lại số quá hạn", told.note)
            self.period.action_ask_approval()
            leader.action_approve()
            self.assertEqual(self.period.activity_ids.user_id, self.users["statistician"])
            self.assertEqual(
                (self.period.approval, self.period.approved_by_id), ("approved", leader.env.user)
            )
            with self.assertRaisesRegex(UserError, "does not wait"):
                leader.action_approve()
            self.period.action_seal()
            self.period.action_send()
        self.assertEqual(self.period.state, "sent")
        self.assertFalse(self.period.activity_ids)
        with self.assertRaisesRegex(UserError, "is sealed"):
            self.period.action_prepare_hand_ins()

    def test_what_is_handed_in_for_is_not_sealed_without_the_leader(self):
        half = self.period.create({"kind": "half_year", "year": 2023, "half": 1})
        before = self.period.create({"kind": "quarter", "year": 2023, "quarter": 1})
        days = {"date_from": "2023-03-15", "date_to": "2023-06-14"}
        asked = self.period.create({"kind": "adhoc"} | days)
        with at("2023-06-15"):
            for period in self.period | half | before | asked:
                period.action_collect()
            for period in self.period | half:
                with self.assertRaisesRegex(UserError, "send it to the leader"):
                    period.action_seal()
                with self.assertRaisesRegex(UserError, "send it to the leader"):
                    period.sudo().action_seal()
            half.action_ask_approval()
            half.with_user(self.users["leader"]).action_approve()
            (half | before | asked).action_seal()
        self.assertEqual(set((half | before | asked).mapped("state")), {"sealed"})

    def test_the_leader_replaces_what_was_handed_in_for(self):
        with at("2023-06-14", "19:00"):
            self.as_user("counter", self.early).action_withdraw("Công dân rút")
        leader = self.period.with_user(self.users["leader"])
        with at("2023-06-15"):
            self.period.action_collect()
            self.period.action_ask_approval()
            leader.action_approve()
            self.period.action_seal()
            self.env.ref("tthc_reporting.form_ii_06a").withdrawn_as = "pending"
            with self.assertRaises(AccessError):
                self.period.action_replace("Theo hướng dẫn của huyện")
        with at("2023-06-16"):
            leader.action_replace("Theo hướng dẫn của huyện")
        seals = self.period.seal_ids
        self.assertEqual(seals[0].replaces_id, seals[1])
        self.assertEqual(seals.user_id, self.users["leader"] | self.users["statistician"])
        self.assertEqual(f"{self.period.approved_at:%d/%m}", "16/06")

    def test_the_columns_of_the_kanban(self):
        hand_ins = self.model("statistician", "tthc.report.hand.in")

        def columns():
            self.env.invalidate_all()
            expanded = hand_ins.with_context(read_group_expand=True)
            groups = expanded.web_read_group([], ["progress"], ["__count"])["groups"]
            counted = {group["progress"]: group["__count"] for group in groups}
            for value, count in counted.items():
                found = hand_ins.search([("progress", "=", value)])
                self.assertEqual(found.mapped("progress"), [value] * count)
                others = hand_ins.search([("progress", "!=", value)])
                self.assertEqual(found | others, hand_ins.search([]))
            return counted

        none = dict.fromkeys(("not_started", "in_work", "disputed", "late", "submitted"), 0)
        with at("2023-06-15", "23:59"):
            self.assertEqual(columns(), none | {"not_started": 1})
        self.hand_in.results = "Đã làm"
        with at("2023-06-15", "23:59"):
            self.assertEqual(columns(), none | {"in_work": 1})
        with at("2023-06-16", "00:01"):
            self.assertEqual(columns(), none | {"late": 1}, "nothing ran, the day is over")
            self.assertEqual(list(columns()), list(none))
        self.submitted("2023-06-16")
        with at("2023-06-17"):
            self.assertEqual(columns(), none | {"submitted": 1})

    def test_reminded_in_one_click(self):
        told = self.period.action_remind()["params"]["message"]
        self.assertEqual(told, f"Reminded: {self.users['officer'].name}.")
        self.assertEqual(self.hand_in.sudo().activity_ids.user_id, self.users["officer"])
        self.submitted()
        self.assertEqual(self.period.action_remind()["params"]["message"], "All have handed in.")

    def test_the_leader_is_sent_the_figures_of_now(self):
        """What is handed in after the night says causes: form II.06g is another one."""
        with at("2023-06-15", "00:10"):
            self.run_cron("open_periods")
        self.submitted()
        with at("2023-06-15", "11:00"):
            with self.assertRaisesRegex(UserError, "others than those prepared"):
                self.period.action_ask_approval()
            self.period.action_collect()
            self.period.action_ask_approval()
            theirs = self.period.with_user(self.users["leader"])
            self.assertEqual(theirs.summary, "Received 3, settled 0, late 2")
            theirs.action_approve()
            self.period.action_seal()
        self.assertEqual(self.period.sheets["II.06g"]["total"]["values"]["5"], 1)

    def test_figures_taken_again_are_approved_again(self):
        with at("2023-06-15"):
            self.period.action_collect()
            self.period.action_ask_approval()
            self.period.with_user(self.users["leader"]).action_approve()
            self.period.action_collect()
        self.assertEqual(self.period.approval, "none")

    def test_a_substitute_hands_in(self):
        """While it runs and for all the sectors; said in words, the hand-in stays the absent's."""
        self.users["deputy"] = self.new_user("test_deputy", "officer")
        self.users["deputy"].tthc_sector_ids = self.land
        with at("2023-06-15"):
            theirs = self.model("deputy", "tthc.report.hand.in").browse(self.hand_in.id)
            self.assertFalse(theirs.search([]))
            for scope in ({"scope": "sectors", "sector_ids": self.land.ids}, {"scope": "all"}):
                self.model("leader", "tthc.substitution").create(
                    {
                        "company_id": self.company.id,
                        "absent_id": self.users["officer"].id,
                        "substitute_id": self.users["deputy"].id,
                        "date_from": "2023-06-15",
                        "date_to": "2023-06-15",
                        "reason": "Đi tập huấn",
                    }
                    | scope
                )
                seen = theirs.search([])
                self.assertEqual(bool(seen), scope["scope"] == "all")
            self.assertTrue(theirs.is_own)
            self.assertEqual(behind(theirs, "II.06a", "3"), [self.late.id, self.early.id])
            self.model("statistician", "tthc.report.hand.in").browse(theirs.id).action_remind()
            reminded = self.hand_in.sudo().activity_ids.user_id
            self.assertIn(self.users["deputy"], reminded)
            theirs.line_ids.cause_id = self.cause()
            theirs.results = "Đã làm thay"
            theirs.action_submit()
        self.assertEqual(theirs.sudo().user_id, self.users["officer"])
        self.assertEqual(theirs.sudo().submitted_by_id, self.users["deputy"])
        self.assertIn("standing in for", str(theirs.sudo().message_ids[0].body))
        self.assertEqual(self.hand_in.state, "submitted")
        with at("2023-06-16"), self.assertRaises(AccessError):  # it has ended
            self.env.invalidate_all()
            theirs.read(["results"])
