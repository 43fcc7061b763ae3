from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.res_company import to_utc
from .common import DossierCase, at

DONE = to_utc(datetime(2023, 6, 9, 16, 0))
WHY = "Sổ theo dõi số 12, ký ngày 09/6/2023"


@tagged("post_install", "-at_install")
class TestDossierCorrection(DossierCase):
    """What a leader enters later as of the moment at which it was so."""

    def setUp(self):
        super().setUp()
        self.dossier = self.received()  # on 5/6, due on 12/6
        with at("2023-06-06"):
            self.as_user("officer", self.dossier).action_process()

    def tearDown(self):
        self.assertEqual(self.model("auditor").verify_ledger(), [])
        super().tearDown()

    def correct(self, move="settle", reason=WHY, done_at=DONE, day="2023-06-15"):
        with at(day):
            self.as_user("leader", self.dossier).action_correct(move, reason, done_at)

    def test_settled_and_recorded_by_nobody(self):
        self.correct()
        self.assertRecordValues(
            self.dossier.sudo(),
            [
                {
                    "status": "settled",
                    "settled_at": DONE,
                    "settled_on": date(2023, 6, 9),
                    "ended_on": date(2023, 6, 9),
                    "outcome": "early",
                }
            ],
        )
        event = self.dossier.event_ids[-1]
        self.assertEqual(
            (event.kind, event.happened_on, event.counted_on, event.reason),
            ("settle", date(2023, 6, 15), date(2023, 6, 9), WHY),
        )
        self.assertIn("09/06/2023", event.about)

    def test_its_time_ends_then(self):
        self.correct()
        spent = self.as_user("leader", self.dossier).holding
        with at("2023-06-20"):
            self.env.invalidate_all()
            self.assertEqual(self.as_user("leader", self.dossier).holding, spent)
        # 7:30–11:30 and 13:30–17:00: from 9:00 on the 5th to 16:00 on the 9th
        self.assertEqual(sum(spent.values()), 360 + 3 * 450 + 390)

    def test_withdrawn(self):
        self.correct("withdraw")
        self.assertEqual(self.dossier.status, "withdrawn")
        self.assertEqual(self.dossier.ended_on, date(2023, 6, 9))

    def test_an_end_that_never_was(self):
        """Nothing is given back: the clock never stood still."""
        due = self.dossier.due_on
        with at("2023-06-09", "16:00"):
            self.as_user("officer", self.dossier).action_settle()
        self.correct("reopen", "Bấm nhầm hồ sơ")
        self.assertEqual((self.dossier.status, self.dossier.due_on), ("processing", due))
        self.assertEqual(self.dossier.sudo().reopened_on, date(2023, 6, 9))
        self.assertFalse(self.dossier.sudo().settled_on)

    def test_settled_reopened_and_settled(self):
        """A pause after a late entry begins when it was so, not when it was entered."""
        self.correct(done_at=to_utc(datetime(2023, 6, 8, 10, 0)))
        with at("2023-06-15", "10:00"):
            self.as_user("leader", self.dossier).action_reopen("Sai họ tên")
        self.assertEqual(self.dossier.due_on, date(2023, 6, 19), "8 to 15/6 given back")

    def test_what_cannot_be(self):
        for values, message in [
            ({"reason": " "}, "needs a reason"),
            ({"done_at": to_utc(datetime(2023, 6, 6, 8))}, "after that moment"),
            ({"done_at": to_utc(datetime(2023, 6, 16, 8))}, "earlier moment"),
            ({"done_at": "hôm qua"}, "day and the hour"),
            ({"done_at": False}, "day and the hour"),
            ({"move": "extend"}, "what is corrected"),
            ({"move": "reopen"}, "is possible only from"),
        ]:
            with self.subTest(values), self.assertRaisesRegex(UserError, message):
                self.correct(**values)
        self.assertEqual(self.dossier.event_count, 3)

    def test_a_leader_alone(self):
        for group in self.users.keys() - {"leader"}:
            dossier = self.as_user(group, self.dossier)
            with self.subTest(group), self.assertRaises(AccessError), at("2023-06-15"):
                dossier.action_correct("settle", WHY, DONE)

    def test_the_dialogue(self):
        with at("2023-06-15"):
            wizard = self.model("leader", "tthc.dossier.correction")
            wizard = wizard.with_context(active_id=self.dossier.id)
            wizard = wizard.create({"done_at": DONE, "reason": WHY})
            self.assertEqual(wizard.move, "settle")
            wizard.action_confirm()
            self.assertEqual(self.dossier.status, "settled")
            again = wizard.create({"done_at": DONE, "reason": WHY})
            self.assertEqual(again.move, "reopen")
