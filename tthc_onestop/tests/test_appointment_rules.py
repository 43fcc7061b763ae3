from odoo.tests import BaseCase

from ..rules.appointment import DESK, SIGNING, duty_of, holds
from ..rules.lifecycle import MOVES
from ..rules.substitution import Substitution


class TestAppointmentRules(BaseCase):
    def test_the_duty_of_each_move(self):
        """NĐ 61/2018 Đ10.4: the chairperson approves the staff of the desk."""
        duties = {move: duty_of(move, signed=False) for move in MOVES}
        self.assertEqual(
            {move for move, duty in duties.items() if duty == DESK}, {"receive", "reject", "return"}
        )
        self.assertEqual(
            {move for move, duty in duties.items() if duty == SIGNING},
            {"extend", "reschedule", "approve", "send_back", "correct_result", "reopen"},
        )
        self.assertEqual(duty_of("settle", signed=True), SIGNING)
        self.assertIsNone(duty_of("submit", signed=True))

    def test_whose_appointment(self):
        away = Substitution(1, 2, frozenset({7}), frozenset(), officer=False, leads=False)
        for appointed, user, sector, whose in (
            ({1}, 1, 7, 1),
            ({1}, 2, 7, 1),
            ({1}, 2, 8, None),  # outside the scope of the substitution
            ({1, 2}, 2, 7, 2),  # the own one first
            ({3}, 2, 7, None),  # who is absent is not appointed either
            (set(), 1, 7, None),
        ):
            with self.subTest(appointed=appointed, user=user, sector=sector):
                self.assertEqual(holds(appointed, (away,), user, sector), whose)
