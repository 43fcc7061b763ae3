from collections import Counter
from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.tthc_onestop.models.res_company import to_utc
from odoo.addons.tthc_onestop.rules import feedback as rules
from odoo.addons.tthc_onestop.tests.common import at
from odoo.addons.tthc_onestop.tests.feedback_common import FeedbackCase

from ..rules import periods
from .history import behind as figures_behind

QUARTERS = [periods.quarter(2023, number) for number in (1, 2, 3)]
Q1, Q2, Q3 = ((quarter.date_from, quarter.date_to) for quarter in QUARTERS)
START = date(2023, 2, 1)
# a step of a history: which one, how many days later, which of the moves that are legal then
STEP = st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(0, 99))
MOVES = {
    "refuse": lambda one: one.action_refuse("Vì"),
    "classify": lambda one: one.action_classify({"category": "conduct"}),
    "forward": lambda one: one.action_forward("UBND tỉnh"),
    "assign": lambda one: one.action_assign(one.env.ref("base.user_admin").id),
    "send": lambda one: one.action_send("post"),
    "publish": lambda one: one.action_publish("Hỏi", "Đáp", "Bảng tin"),
    "reopen": lambda one: one.action_reopen("Vì"),
    "close": lambda one: one.action_close(),
    "ask_more": lambda one: one.action_ask_more("Gì?"),
    "resume": lambda one: one.action_resume(),
    "submit": lambda one: one.action_submit(),
    "approve": lambda one: one._move("approve"),
}


def slow_count(events, first, last):
    """Form II.05a a feedback at a time, each by reading its events line by line."""
    total = Counter({str(column): 0 for column in range(3, 14)})
    for feedback in {event.feedback_id for event in events}:
        own = [event for event in events if event.feedback_id == feedback]
        by_now = [event for event in own if event.happened_on <= last]
        if not by_now:
            continue
        before = [event for event in own if event.happened_on < first]
        carried = bool(before) and not (before[-1].answered_on or before[-1].dismissed_on)
        came = any(
            event.kind in ("register", "reopen") for event in by_now if event.happened_on >= first
        )
        if not carried and not came:
            continue
        now = by_now[-1]
        total["3"] += 1
        total[{"conduct": "4", "regulation": "5"}.get(now.category, "6")] += 1
        total["7" if carried else "8"] += 1
        if now.dismissed_on:
            total["12"] += 1
        elif now.answered_on:
            total["9" if now.category == "conduct" else "10"] += 1
        else:
            total["11"] += 1
        total["13"] += bool(now.published_on)
    return dict(total)


@tagged("post_install", "-at_install")
class TestReportFeedback(FeedbackCase):
    """Form II.05a from real events, as they stood at the cut-off."""

    def sheet(self, days, group="statistician"):
        return self.model(group, "tthc.report").get_figures("II.05a", *days, self.company.id)

    def total(self, days, group="statistician"):
        sheet = self.sheet(days, group)
        self.assertTrue(all(identity["holds"] for identity in sheet["identities"]))
        return sheet["total"]["values"]

    def test_worked_case(self):
        """By hand: each at its edge, and the chain from one period to the next."""
        regulation = {"category": "regulation"}
        self.answered("2023-03-01", "2023-03-14")  # before
        self.answered("2023-03-01", "2023-03-15", {"category": "conduct"})  # carried, answered
        self.entered("2023-03-14")  # carried, pending
        late = self.answered("2023-03-15", "2023-06-14", regulation)
        with at("2023-06-15"):  # published after the last day
            self.as_user("leader", late).action_publish("Hỏi", "Đáp", "Bảng tin")
        forwarded = self.classified("2023-06-12", {"within_authority": False})
        with at("2023-06-14"):
            self.as_user("leader", forwarded).action_forward("UBND tỉnh")
        refused = self.entered("2023-06-14")
        with at("2023-06-14", "15:00"):
            self.as_user("leader", refused).action_refuse("Không rõ")
        self.answered("2023-06-14", "2023-06-15", {"category": "initiative"})
        self.entered("2023-06-15")  # after
        self.assertEqual(
            self.total(Q2),
            {
                "3": 6, "4": 1, "5": 2, "6": 3, "7": 2, "8": 4,
                "9": 1, "10": 1, "11": 2, "12": 2, "13": 0,
            },
        )  # fmt: skip
        rows = [(row["label"], row["values"]["3"]) for row in self.sheet(Q2)["rows"]]
        self.assertEqual(rows, [(self.civil.name, 4), ("Khác", 2)])
        self.assertEqual(self.total(Q3)["7"], self.total(Q2)["11"])
        self.assertEqual(self.total(Q1)["11"], 2)

    def test_reopening_changes_no_past_sheet(self):
        feedback = self.answered("2023-05-15", "2023-06-05")
        before = self.sheet(Q2)
        with at("2023-06-20"):
            self.as_user("leader", feedback).action_reopen("Chưa giải quyết")
        self.assertEqual(self.sheet(Q2), before)
        after = self.total(Q3)
        self.assertEqual((after["7"], after["8"], after["11"]), (0, 1, 1))

    def quarter(self, number=2):
        return self.model("statistician", "tthc.report.period").create(
            {"kind": "quarter", "year": 2023, "quarter": number}
        )

    def prepared(self, period, day):
        with at(day):
            period.action_collect()
        return period

    def test_handed_in(self):
        """The specialist confirms what the commune answered in the own sectors."""
        self.answered("2023-05-15", "2023-06-05")
        self.entered("2023-05-15")
        with at("2023-06-14", "18:00"), self.enter_registry_test_mode():
            self.quarter()
            self.env.ref("tthc_reporting.ir_cron_collect_periods").method_direct_trigger()
        self.env.invalidate_all()
        hand_in = self.model("officer", "tthc.report.hand.in").search([])
        values = hand_in.sheets["II.05a"]["total"]["values"]
        self.assertEqual((values["3"], values["5"], values["10"]), (1, 1, 1))
        with at("2023-06-15"):
            hand_in.action_submit()
        late = self.answered("2023-06-14", "2023-06-14")
        self.assertEqual(late.category, "regulation")
        self.assertEqual(hand_in.sheets["II.05a"]["total"]["values"]["3"], 1, "as handed in")

    def test_sealed_cells_stay_and_the_next_report_says_what_happened_since(self):
        own, sensitive = (
            self.answered("2023-05-15", "2023-06-05", values)
            for values in ({}, {"category": "conduct", "sensitive": True})
        )
        period = self.prepared(self.quarter(), "2023-06-15")
        with at("2023-06-15"):
            period.action_seal()
        sealed = period.sheets["II.05a"]
        self.assertEqual(sealed["total"]["values"]["3"], 2)
        behind = {line[0]: line[3] for line in period.seal_id.content["behind"]["II.05a"]}
        self.assertEqual(behind[own.id], ["3", "5", "8", "10"])
        with at("2023-06-20"):
            self.as_user("leader", own).action_publish("Hỏi", "Đáp", "Bảng tin")
            for feedback in (own, sensitive):
                self.as_user("leader", feedback).action_reopen("Chưa giải quyết")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(period.sheets["II.05a"], sealed)
        self.assertEqual(figures_behind(period, "II.05a", "10"), own.ids)
        after = self.quarter(3)
        line = {
            "kind": "reopen", "model": "tthc.feedback", "id": own.id, "code": own.name,
            "position": own.event_count, "seal_id": period.seal_id.id, "reason": "Chưa giải quyết",
        }  # fmt: skip
        self.assertEqual(after.adjustments, [line], "and nothing of what is sensitive")
        leaders = after.with_user(self.users["leader"]).adjustments
        self.assertEqual([each["id"] for each in leaders], [own.id, sensitive.id])
        self.prepared(after, "2023-09-15")
        with at("2023-09-15"):
            after.action_seal()
        self.assertEqual(after.seal_id.content["adjustments"], [line])
        self.assertEqual(after.sheets["II.05a"]["total"]["values"]["8"], 2, "they come in again")
        self.assertEqual(self.model("auditor", "tthc.report.seal").verify_chain(), [])

    def test_what_is_behind(self):
        own = self.answered("2023-05-15", "2023-06-05")
        self.entered("2023-05-15")
        report = self.model("statistician", "tthc.report")
        found = report.get_dossier_ids("II.05a", "10", *Q2, self.civil.id, self.company.id)
        self.assertEqual(found, own.ids)

    def test_specialists_see_their_sectors(self):
        self.answered("2023-05-15", "2023-06-05")
        self.entered("2023-05-15")
        self.assertEqual((self.total(Q2)["3"], self.total(Q2, "officer")["3"]), (2, 1))

    def test_what_is_sensitive_is_in_no_extract(self):
        """It would be the one of their sector that an officer does not find in the register."""
        own = self.answered("2023-05-15", "2023-06-05")
        about = {"category": "conduct", "accused_ids": self.users["officer"].ids}
        hidden = self.classified("2023-05-15", about)
        self.assertEqual((self.total(Q2)["3"], self.total(Q2, "officer")["3"]), (2, 1))
        report = self.model("officer", "tthc.report")
        cell = ("II.05a", "3", *Q2, self.civil.id, self.company.id)
        self.assertEqual(report.get_dossier_ids(*cell), own.ids)
        with at("2023-06-14", "18:00"), self.enter_registry_test_mode():
            period = self.quarter()
            self.env.ref("tthc_reporting.ir_cron_collect_periods").method_direct_trigger()
        hand_in = self.model("officer", "tthc.report.hand.in").search([])

        def shown():
            """What the officer is shown by the period and by the hand-in, and behind both."""
            self.env.invalidate_all()
            for sheet in (period.with_user(self.users["officer"]), hand_in):
                self.env.cr.execute(sheet.cell_query("II.05a", "3", self.civil.id))
                yield [found for (found,) in self.env.cr.fetchall()]
                yield sheet.sheets["II.05a"]["total"]["values"]["3"]

        self.assertEqual(list(shown()), [own.ids, 1] * 2)
        with at("2023-06-15"):
            hand_in.action_submit()
        with at("2023-06-15", "15:00"):
            self.prepared(period, "2023-06-15")
            period.action_ask_approval()
            self.as_user("leader", period).action_approve()
            period.action_seal()
        self.assertEqual(list(shown()), [own.ids, 1] * 2)
        self.assertEqual(period.sheets["II.05a"]["total"]["values"]["3"], 2)
        behind = [line[0] for line in period.seal_id.content["behind"]["II.05a"]]
        self.assertEqual(behind, [own.id, hidden.id])

    @settings(
        max_examples=12,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
    )
    @given(st.lists(STEP, min_size=20, max_size=40))
    def play(self, history):
        point = self.env.cr.savepoint()
        try:
            feedbacks = self.env["tthc.feedback"]
            day = START
            for which, days, choice in history:
                day += timedelta(days=days)
                with freeze_time(to_utc(datetime.combine(day, time(9)))):
                    if which >= len(feedbacks):
                        feedbacks += self.entered(f"{day}").sudo()
                        continue
                    one = feedbacks[which]
                    names = [
                        name
                        for name in MOVES
                        if one.status in rules.MOVES[name].sources
                        and (name in rules.WHILE.get(one.waiting or None, MOVES))
                    ]
                    if one.status == "in_progress" and not one.answer:
                        one.answer = "Trả lời"
                    try:
                        with self.env.cr.savepoint():
                            MOVES[names[choice % len(names)]](one) if names else None
                    except UserError:
                        continue
            events = feedbacks.event_ids.sorted(lambda e: (e.feedback_id.id, e.position))
            for days in (Q1, Q2, Q3, (START, day)):
                self.assertEqual(self.total(days), slow_count(list(events), *days), days)
            for before, after in ((Q1, Q2), (Q2, Q3)):
                self.assertEqual(self.total(before)["11"], self.total(after)["7"])
        finally:
            point.close(rollback=True)
            self.env.invalidate_all()

    def test_random_histories(self):
        self.play()
