from odoo.tests import BaseCase, tagged

from ..rules.lifecycle import Refused
from ..rules.substitution import Substitution, acts_for, check_own_work, present

A, S, T = 1, 2, 3  # absent, substitute, a third
CIVIL, LAND = 10, 20


def away(scope=None, sectors=(CIVIL,), officer=True, leads=False, absent=A, substitute=S):
    scope = scope and frozenset(scope)
    return Substitution(absent, substitute, scope, frozenset(sectors), officer, leads)


@tagged("post_install", "-at_install")
class TestSubstitutionRules(BaseCase):
    def test_for_whom_one_acts(self):
        for label, standing, move, mover, own, officer, sector, expected in [
            ("handled by the absent", away(), "settle", S, (), A, LAND, A),
            ("of their sector", away(), "process", S, (), None, CIVIL, A),
            ("a third one's, of their sector", away(), "settle", S, (), T, CIVIL, A),
            ("of the own sector too", away(), "settle", S, (CIVIL,), None, CIVIL, None),
            ("own sector, but the absent handles it", away(), "settle", S, (CIVIL,), A, CIVIL, A),
            ("one's own", away(), "settle", S, (), S, CIVIL, None),
            ("another sector", away(), "settle", S, (), None, LAND, None),
            ("beyond the scope", away([LAND]), "settle", S, (), A, CIVIL, None),
            ("within the scope", away([LAND]), "settle", S, (), A, LAND, A),
            ("not the substitute", away(), "settle", T, (), A, CIVIL, None),
            ("the desk's own move", away(), "receive", S, (), A, CIVIL, None),
            ("no leader away", away(), "approve", S, (), A, CIVIL, None),
            ("a leader away", away(officer=False, leads=True), "approve", S, (), T, LAND, A),
            ("no specialist", away(officer=False, leads=True), "settle", S, (), T, CIVIL, None),
            ("the signer's sector", away(leads=True), "approve", S, (LAND,), T, LAND, None),
        ]:
            with self.subTest(label):
                self.assertEqual(acts_for([standing], move, mover, own, officer, sector), expected)

    def test_who_is_present(self):
        self.assertEqual(present([away()], A, CIVIL), S)
        self.assertEqual(present([away()], T, CIVIL), T)
        self.assertEqual(present([away([LAND])], A, CIVIL), A)
        self.assertEqual(present([away(), away(absent=S, substitute=T)], A, CIVIL), A, "S is away")

    def test_work_done_for_others_is_own_work(self):
        check_own_work(S, None, T, T, [])
        check_own_work(S, None, T, T, [("approve", S, A), ("send_back", S, A)])
        for label, case in {
            "handles it": (S, None, T, S, []),
            "did it for another": (S, None, T, T, [("settle", S, A)]),
            "had it done by another": (A, None, T, T, [("submit_for_signature", S, A)]),
            "signs for who asked": (S, A, A, T, []),
            "signs for who had it done": (T, A, S, S, [("process", S, A)]),
        }.items():
            with self.subTest(label), self.assertRaises(Refused) as refused:
                check_own_work(*case)
            self.assertEqual(refused.exception.code, "own_work")
