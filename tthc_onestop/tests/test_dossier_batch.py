from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DossierCase, at


@tagged("post_install", "-at_install")
class TestDossierBatch(DossierCase):
    """Many dossiers at once: what can be done is done, the others are named with the reason."""

    def make(self, move, dossiers, group="counter", **values):
        dialogue = (
            self.model(group, "tthc.dossier.move")
            .with_context(active_ids=dossiers.ids)
            .create({"move": move, **values})
        )
        return dialogue, dialogue.action_confirm()

    def many(self, count, receive=True):
        dossiers = self.model("counter").create(
            [
                {
                    "procedure_id": self.procedures["days"].id,
                    "applicant_name": f"Người nộp {number}",
                    "company_id": self.company.id,
                }
                for number in range(count)
            ]
        )
        if receive:
            dossiers.action_receive()
        return dossiers

    def test_three_of_200_cannot_be_handed_over(self):
        with at("2023-06-05"):
            dossiers = self.many(200)
            refused = dossiers[7] + dossiers[8] + dossiers[150]
            refused.action_withdraw("Đổi ý")
        with at("2023-06-06"):
            counted = {each: each.event_count for each in dossiers}
            dialogue, answer = self.make("process", dossiers)
        done = dossiers - refused
        self.assertEqual((dialogue.done_count, dialogue.refused_count), (197, 3))
        self.assertEqual(dialogue.dossier_ids, refused, "the dialogue is left with these")
        self.assertEqual((answer["res_model"], answer["res_id"]), (dialogue._name, dialogue.id))
        reasons = dialogue.refusals.split("\n")
        self.assertEqual(len(reasons), 3)
        for dossier in refused:
            [reason] = [line for line in reasons if dossier.name in line]
            self.assertTrue(reason.startswith(f"{dossier.applicant_name}: "))
            self.assertIn("Withdrawn", reason)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(set(done.mapped("status")), {"processing"})
        self.assertEqual(done.officer_id, self.users["officer"])
        self.assertEqual(set(refused.mapped("status")), {"withdrawn"})
        for dossier in dossiers:  # no partial state: one event more, or nothing at all
            self.assertEqual(dossier.event_count - counted[dossier], int(dossier in done))
            self.assertEqual(len(dossier.event_ids), dossier.event_count)
            self.assertEqual(dossier.event_ids[-1].digest, dossier.last_digest)

    def test_all_are_done_in_one_go(self):
        with at("2023-06-05"):
            dossiers = self.many(30, receive=False)
            _, answer = self.make("receive", dossiers)
            self.assertEqual(answer["tag"], "display_notification")
            self.assertIn("30", answer["params"]["message"])
            self.assertEqual(len(set(dossiers.mapped("name"))), 30)
            dossiers.sudo().action_settle()
            self.make("return", dossiers, means="post", post_number="EA123456789VN")
            self.assertEqual(set(dossiers.mapped("status")), {"returned"})

    def test_none_is_done(self):
        with at("2023-06-05"):
            dialogue, _ = self.make("return", self.many(3))
        self.assertEqual((dialogue.done_count, dialogue.refused_count), (0, 3))

    def test_one_alone_is_refused_as_before(self):
        with at("2023-06-05"), self.assertRaisesRegex(Exception, "possible only from"):
            self.make("return", self.many(1))

    def test_who_may_not_do_it_is_told_so(self):
        with at("2023-06-05"):
            dossiers = self.many(2)
            with self.assertRaises(AccessError):
                self.make("process", dossiers, "finance")
            self.assertEqual(set(dossiers.mapped("status")), {"received"})
