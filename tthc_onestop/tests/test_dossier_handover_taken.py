import io

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged

from ..rules.ledger import HANDOVER, handover
from ..rules.lifecycle import Refused, check_taking
from .common import DossierCase, at

GIVER, TAKER, ABSENT, OTHER = 7, 8, 9, 10
NOTHING = dict.fromkeys(HANDOVER)
GIVEN = NOTHING | {"given_by_id": GIVER}
TAKEN = {"given_by_id": GIVER, "taken_by_id": TAKER, "taken_at": "10:00"}


@tagged("post_install", "-at_install")
class TestTakingRules(BaseCase):
    def test_who_may_confirm(self):
        for case, arguments, expected in (
            ("to whom it was given", (GIVER, None, TAKER, TAKER, None), None),
            ("who stands in", (GIVER, None, ABSENT, TAKER, ABSENT), None),
            ("who stands in for somebody else", (GIVER, None, OTHER, TAKER, ABSENT), "not_taker"),
            ("given to nobody in person", (GIVER, None, None, TAKER, None), None),
            ("who gave", (GIVER, None, None, GIVER, None), "gave"),
            ("who gave, standing in", (GIVER, None, ABSENT, GIVER, ABSENT), "gave"),
            ("a colleague", (GIVER, None, TAKER, OTHER, None), "not_taker"),
            ("twice", (GIVER, TAKER, TAKER, TAKER, None), "nothing_given"),
            ("nothing was given", (None, None, TAKER, TAKER, None), "nothing_given"),
        ):
            with self.subTest(case):
                try:
                    found = check_taking(*arguments)
                except Refused as refused:
                    found = refused.code
                self.assertEqual(found, expected)

    def test_what_an_event_leaves(self):
        for case, kind, user, officer, before, expected in (
            ("handed over", "process", GIVER, TAKER, NOTHING, GIVEN),
            ("to nobody in person", "process", GIVER, None, NOTHING, GIVEN),
            ("to oneself", "process", TAKER, TAKER, NOTHING, NOTHING),
            ("once more", "process", GIVER, TAKER, TAKEN, GIVEN),
            ("confirmed", "confirm_handover", TAKER, TAKER, GIVEN, TAKEN),
            ("a colleague takes it over", "take_over", OTHER, OTHER, TAKEN, NOTHING),
            ("opened again", "reopen", OTHER, TAKER, TAKEN, NOTHING),
            ("settled", "settle", TAKER, TAKER, TAKEN, TAKEN),
        ):
            with self.subTest(case):
                event = {
                    "kind": kind,
                    "user_id": user,
                    "officer_id": officer,
                    "happened_at": "10:00",
                }
                self.assertEqual(handover(event, before), expected)


@tagged("post_install", "-at_install")
class TestHandoverTaken(DossierCase):
    """Who takes the papers confirms it: kept with the user and the moment, for good."""

    def given(self, taker="officer"):
        dossier = self.received()
        with at("2023-06-06", "14:05"):
            dossier.action_process(self.users[taker].id)
        return dossier

    def pending(self):
        return self.model("counter").search(
            [
                ("status", "=", "processing"),
                ("given_by_id", "!=", False),
                ("taken_by_id", "=", False),
            ]
        )

    def test_it_is_kept_and_shown(self):
        dossier = self.given()
        officer = self.as_user("officer", dossier)
        self.assertEqual(self.pending(), dossier)
        self.assertTrue(officer.may_confirm_handover)
        [page] = PdfReader(io.BytesIO(dossier.handover_pdf())).pages
        self.assertIn("chưa", page.extract_text())
        before = {field: dossier[field] for field in ("status", "stage_id", "due_at", "officer_id")}
        with at("2023-06-06", "16:35"):
            officer.action_confirm_handover()
            self.assertEqual(
                {field: dossier[field] for field in before}, before, "it is no step of the life"
            )
            self.assertEqual(dossier.holder, "officer")
            self.assertFalse(officer.may_confirm_handover)
        self.assertFalse(self.pending())
        event = dossier.event_ids[-1]
        self.assertEqual(event.kind, "confirm_handover")
        self.assertEqual(event.user_id, self.users["officer"])
        self.assertEqual(dossier.given_by_id, self.users["counter"])
        self.assertEqual(dossier.taken_by_id, event.user_id)
        self.assertEqual(dossier.taken_at, event.happened_at)
        self.assertFalse(self.model("leader").verify_ledger(dossier.ids))
        [page] = PdfReader(io.BytesIO(dossier.handover_pdf())).pages
        self.assertIn("16:35", page.extract_text())
        self.assertNotIn("chưa", page.extract_text())
        with self.assertRaises(UserError):
            self.as_user("counter", dossier).write({"taken_at": False})

    def test_who_may_not(self):
        dossier = self.given()
        with self.assertRaises(AccessError):
            self.as_user("counter", dossier).action_confirm_handover()
        colleague = self.new_user("test_colleague", "officer")
        self.civil.officer_ids += colleague
        with self.assertRaisesRegex(UserError, "was handed over to"):
            dossier.with_user(colleague).action_confirm_handover()
        self.assertFalse(dossier.with_user(colleague).may_confirm_handover)
        # a specialist hands it on: who gave does not confirm in the name of who takes
        dossier.with_user(colleague).action_process(self.users["officer"].id)
        with self.assertRaisesRegex(UserError, "yourself"):
            dossier.with_user(colleague).action_confirm_handover()
        self.as_user("officer", dossier).action_confirm_handover()
        with self.assertRaisesRegex(UserError, "waits to be confirmed"):
            self.as_user("officer", dossier).action_confirm_handover()

    def test_the_substitute_confirms(self):
        stand_in = self.new_user("test_stand_in", "officer")
        stand_in.name = "Lê Văn Thay"
        with at("2023-06-05"):
            self.env["tthc.substitution"].create(
                {
                    "absent_id": self.users["officer"].id,
                    "substitute_id": stand_in.id,
                    "company_id": self.company.id,
                    "date_from": "2023-06-06",
                    "date_to": "2023-06-07",
                    "reason": "Nghỉ phép",
                }
            )
        dossier = self.given()
        with at("2023-06-07", "08:10"):
            dossier.with_user(stand_in).action_confirm_handover()
        self.assertEqual(dossier.taken_by_id, stand_in)
        self.assertEqual(dossier.event_ids[-1].on_behalf_of_id, self.users["officer"])
        [page] = PdfReader(io.BytesIO(dossier.handover_pdf())).pages
        text = " ".join(page.extract_text().split())
        self.assertIn("08:10 07/06/2023", text)
        self.assertIn(stand_in.name, text)

    def test_many_at_once(self):
        """Those that were handed over to others are named, the others are done."""
        dossiers = self.given() + self.given() + self.received()
        dialogue = self.model("officer", "tthc.dossier.move").create(
            {"move": "confirm_handover", "dossier_ids": dossiers.ids}
        )
        dialogue.action_confirm()
        self.assertEqual((dialogue.done_count, dialogue.refused_count), (2, 1))
        self.assertIn(dossiers[2].name, dialogue.refusals)
        self.assertEqual(dossiers[:2].taken_by_id, self.users["officer"])
