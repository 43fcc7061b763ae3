from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules import lifecycle
from ..rules.dossier_code import dossier_code, is_unit_code
from ..rules.identity import identity_kind, is_email, is_phone


@tagged("post_install", "-at_install")
class TestLifecycleRules(BaseCase):
    def test_every_pair_of_status_and_move(self):
        """The whole table: a move is legal from its sources and from nowhere else."""
        for name, move in lifecycle.MOVES.items():
            for status in lifecycle.STATUSES:
                with self.subTest(move=name, status=status):
                    if status in move.sources:
                        self.assertIs(lifecycle.check_move(name, status, "why"), move)
                    else:
                        with self.assertRaises(lifecycle.Refused) as caught:
                            lifecycle.check_move(name, status, "why")
                        self.assertEqual(caught.exception.code, "not_from")

    def test_no_slip_no_pause(self):
        """What stops, extends or ends the clock without a result has a slip or is the citizen's."""
        for name, move in lifecycle.MOVES.items():
            stops = move.target in ("supplement", "stopped", "rejected")
            if stops or name in ("extend", "reopen"):
                self.assertTrue(move.slip and move.reason, name)

    def test_reasons(self):
        for name, move in lifecycle.MOVES.items():
            for reason in (None, "", "  \n"):
                if move.reason:
                    with self.subTest(move=name), self.assertRaises(lifecycle.Refused) as caught:
                        lifecycle.check_move(name, move.sources[0], reason)
                    self.assertEqual(caught.exception.code, "reason")

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(st.lists(st.sampled_from(sorted(lifecycle.MOVES)), max_size=40))
    def test_an_end_is_an_end(self, walk):
        """No walk leaves a final status but through a leader, and none leaves the ten."""
        status, ended = "submitted", False
        for name in walk:
            try:
                move = lifecycle.check_move(name, status, "why")
            except lifecycle.Refused:
                continue
            self.assertFalse(ended and move.target and name != "reopen")
            status = move.target or status
            ended = status in ("rejected", "withdrawn", "stopped", "returned")
            self.assertIn(status, lifecycle.STATUSES)

    def test_supplements(self):
        """NĐ 61/2018 Đ11.2c: once; NĐ 63/2010 Đ20.4: not more than two trips."""
        lifecycle.check_supplement(0, 1, 2, {"officer"})
        lifecycle.check_supplement(1, 1, 2, {"leader"})
        lifecycle.check_supplement(2, 3, 2, {"officer"})
        for times, roles, code in [
            (1, {"officer", "counter"}, "supplements"),
            (2, {"leader"}, "supplements_over"),
            (2, {"officer"}, "supplements_over"),
        ]:
            with self.assertRaises(lifecycle.Refused) as caught:
                lifecycle.check_supplement(times, 1, 2, roles)
            self.assertEqual(caught.exception.code, code)

    def test_how_far_in_its_workflow(self):
        desk, officer, leader, finance = "counter", "officer", "leader", "finance"
        roles = (desk, officer, officer, leader, desk)
        for status, for_signature, done in [
            ("submitted", False, 0),
            ("received", False, 0),
            ("processing", False, 1),
            ("supplement", False, 1),
            ("payment", False, 1),
            ("processing", True, 3),
            ("settled", False, 4),
            ("returned", False, 5),
            ("stopped", False, 5),
            ("withdrawn", False, 5),
        ]:
            with self.subTest(status=status, for_signature=for_signature):
                self.assertEqual(lifecycle.steps_done(roles, status, for_signature), done)
        self.assertEqual(lifecycle.steps_done((desk, officer, finance), "payment", False), 2)
        self.assertEqual(lifecycle.steps_done((officer,), "received", False), 0)
        self.assertEqual(lifecycle.steps_done((officer,), "settled", False), 1)

    def test_reopening(self):
        ended = date(2023, 6, 12)
        lifecycle.check_reopening(ended, date(2023, 7, 12), 30)
        with self.assertRaises(lifecycle.Refused) as caught:
            lifecycle.check_reopening(ended, date(2023, 7, 13), 30)
        self.assertEqual(caught.exception.code, "window")

    def test_late_entries(self):
        """What was so on an earlier day: after the last event, not on a sealed day, not to come."""
        last, now = datetime(2023, 6, 12, 9), datetime(2023, 6, 15, 8)
        for done, sealed, code in [
            (last, None, None),
            (now, date(2023, 6, 14), None),
            (datetime(2023, 6, 14, 23, 59), date(2023, 3, 14), None),
            (datetime(2023, 6, 14, 23, 59), date(2023, 6, 14), "sealed"),
            (datetime(2023, 6, 12, 8, 59), None, "before_last"),
            (datetime(2023, 6, 15, 8, 1), None, "future"),
        ]:
            with self.subTest(done=done, sealed=sealed):
                found = None
                try:
                    lifecycle.check_late_entry(done, last, now, sealed)
                except lifecycle.Refused as refused:
                    found = refused.code
                self.assertEqual(found, code)

    def test_results(self):
        lifecycle.check_result("record_result", 0)
        lifecycle.check_result("correct_result", 2)
        for name, results, code in [
            ("record_result", 1, "has_result"),
            ("correct_result", 0, "no_result"),
        ]:
            with self.assertRaises(lifecycle.Refused) as caught:
                lifecycle.check_result(name, results)
            self.assertEqual(caught.exception.code, code)

    def test_extensions(self):
        due = date(2023, 6, 12)
        later = date(2023, 6, 20)
        lifecycle.check_extension(0, 1, 1, date(2023, 6, 11), due, later)
        for times, today, due_day, new, code in [
            (1, date(2023, 6, 8), due, later, "extensions"),
            (0, date(2023, 6, 12), due, later, "too_late"),
            (0, date(2023, 6, 13), due, later, "too_late"),
            (0, date(2023, 6, 8), due, due, "not_later"),
            (0, date(2023, 6, 8), None, later, "no_due"),
        ]:
            with self.subTest(code=code), self.assertRaises(lifecycle.Refused) as caught:
                lifecycle.check_extension(times, 1, 1, today, due_day, new)
            self.assertEqual(caught.exception.code, code)


@tagged("post_install", "-at_install")
class TestCodes(BaseCase):
    def test_both_shapes_of_unit_codes(self):
        for code in ("000.17.22.H56", "000.00.06.H56", "H23.20.31", "H23", "G01.899.102"):
            self.assertTrue(is_unit_code(code), code)
        for code in (
            "",
            "H2",
            "000.17.22",
            "h23.20.31",
            "H23-20",
            "Z23.1",
            "H23..1",
            "H23." + "A" * 40,
        ):
            self.assertFalse(is_unit_code(code), code)

    def test_dossier_code(self):
        """Examples of TT 01/2018/TT-VPCP Đ19 as running systems print them."""
        self.assertEqual(
            dossier_code("000.00.06.H56", date(2023, 10, 27), 361), "000.00.06.H56-231027-0361"
        )
        self.assertEqual(
            dossier_code("H23.20.31", date(2023, 3, 5), 12345), "H23.20.31-230305-12345"
        )
        for unit, serial in [("x", 1), ("H23.20.31", 0)]:
            with self.assertRaises(ValueError):
                dossier_code(unit, date(2023, 1, 1), serial)

    def test_identity_numbers(self):
        for number, kind in [
            ("030185000123", "citizen"),
            ("142345678", "citizen"),
            ("B1234567", "passport"),
            ("0800123456", "organisation"),
            ("0800123456-001", "organisation"),
            ("H23.20.31", "organisation"),
            ("03018500012", None),
            ("0301850001234x", None),
            ("", None),
            ("=cmd|' /C calc'!A0", None),
        ]:
            self.assertEqual(identity_kind(number), kind, number)

    def test_reaching_people(self):
        for address, good in [
            ("an@example.vn", True),
            ("an.example.vn", False),
            ("an@", False),
            ("a b@example.vn", False),
            ("an@example", False),
        ]:
            self.assertEqual(is_email(address), good, address)
        for number, good in [
            ("0912 345 678", True),
            ("+84 912.345.678", True),
            ("12345", False),
            ("abc", False),
        ]:
            self.assertEqual(is_phone(number), good, number)
