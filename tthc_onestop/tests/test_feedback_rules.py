from datetime import date, datetime, time, timedelta
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from ..rules import feedback as rules
from ..rules.deadline import Pause
from ..rules.feedback import Facts, Limits, Refused
from ..rules.working_time import WorkCalendar, working_days_between

OFFICE = ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))
CALENDAR = WorkCalendar(
    hours=dict.fromkeys(range(5), OFFICE),
    days_off={date(2023, 5, 1): "Quốc tế Lao động"},
    years=frozenset((2023, 2024)),
)
MONDAY = datetime(2023, 6, 5, 9)
NAMES, STATUS = st.sampled_from(sorted(rules.MOVES)), st.sampled_from(rules.STATUSES)


class TestFeedbackDeadlines(TestCase):
    def due_on(self, **facts):
        found = rules.due(CALENDAR, Facts(received=MONDAY, **facts), Limits())
        return found and (found[0], found[1].day)

    def test_worked_cases(self):
        """Counted by hand on the calendar of June 2023; the 5th is a Monday."""
        for facts, expected in (
            # QĐ 766: refused within 2 working days
            ({"status": "received"}, ("screen", date(2023, 6, 7))),
            # NĐ 20/2008 Đ9.1: forwarded within 5 working days, the day of receipt not counted
            (
                {"status": "classified", "category": "regulation", "within_authority": False},
                ("forward", date(2023, 6, 12)),
            ),
            (
                {"status": "classified", "category": "conduct", "within_authority": False},
                ("conduct", date(2023, 6, 12)),
            ),
            # QĐ 766: handled within 15
            ({"status": "classified"}, ("handle", date(2023, 6, 26))),
            ({"status": "in_progress"}, ("handle", date(2023, 6, 26))),
            ({"status": "in_progress", "waiting": "approval"}, ("handle", date(2023, 6, 26))),
            # 4 working days with its sender (13th to 16th) are given back
            (
                {
                    "status": "in_progress",
                    "pauses": (Pause(datetime(2023, 6, 12, 9), datetime(2023, 6, 16, 9), ""),),
                },
                ("handle", date(2023, 6, 30)),
            ),
            (
                {
                    "status": "in_progress",
                    "waiting": "sender",
                    "waits_since": datetime(2023, 6, 12, 9),
                },
                ("reply", date(2023, 6, 19)),
            ),
            ({"status": "in_progress", "waiting": "suspended"}, None),
            # QĐ 766: published within 2
            (
                {"status": "answered", "answered": datetime(2023, 6, 23, 9)},
                ("publish", date(2023, 6, 27)),
            ),
            (
                {
                    "status": "answered",
                    "answered": datetime(2023, 6, 23, 9),
                    "to_publish": False,
                },
                None,
            ),
            # opened again: a full term from then
            (
                {"status": "in_progress", "reopened": datetime(2023, 7, 3, 9)},
                ("handle", date(2023, 7, 24)),
            ),
            *(({"status": status}, None) for status in ("refused", "forwarded", "published")),
            ({"status": "closed"}, None),
        ):
            with self.subTest(facts=facts):
                self.assertEqual(self.due_on(**facts), expected)

    def test_holiday(self):
        facts = Facts("classified", datetime(2023, 4, 26, 9), within_authority=False)
        kind, found = rules.due(CALENDAR, facts, Limits())
        self.assertEqual((kind, found.day), ("forward", date(2023, 5, 4)))
        self.assertIn("day_off", [step.kind for step in found.steps])

    @given(
        st.dates(date(2023, 1, 1), date(2023, 6, 30)),
        st.integers(0, 20),
        st.integers(0, 20),
        st.integers(1, 30),
    )
    def test_pause_gives_back_its_working_days(self, day, before, length, handle):
        """Whatever the pause: the working days of the office are as many as the limit says."""
        start = datetime.combine(day, time(9))
        pause = Pause(
            start + timedelta(days=before), start + timedelta(days=before + length), "", "pause"
        )
        limits = Limits(handle=handle)
        plain_ = rules.due(CALENDAR, Facts("in_progress", start), limits)[1].day
        paused = rules.due(CALENDAR, Facts("in_progress", start, pauses=(pause,)), limits)[1].day
        self.assertGreaterEqual(paused, plain_)
        if pause.end.date() <= plain_:
            given_back = working_days_between(CALENDAR, pause.start.date(), pause.end.date())
            self.assertEqual(working_days_between(CALENDAR, day, paused), handle + given_back)


class TestFeedbackMoves(TestCase):
    @given(NAMES, STATUS, st.sampled_from([None, *rules.WHILE]), st.sampled_from(["", " ", "Vì"]))
    def test_every_move_is_made_or_refused(self, name, status, waiting, reason):
        move = rules.MOVES[name]
        allowed = (
            status in move.sources
            and (
                name in (*rules.WHILE[waiting], "review", "tell")
                if waiting
                else name not in rules.ONLY_WHILE
            )
            and bool(reason.strip() or not move.reason)
        )
        if allowed:
            rules.check_move(name, status, waiting, reason)
        else:
            with self.assertRaises(Refused):
                rules.check_move(name, status, waiting, reason)

    def test_each_status_is_reached_and_left(self):
        reached = {"received"}
        for _ in rules.STATUSES:
            for move in rules.MOVES.values():
                if reached & set(move.sources) and move.target:
                    reached.add(move.target)
        self.assertEqual(reached, set(rules.STATUSES))
        left = {source for move in rules.MOVES.values() if move.target for source in move.sources}
        self.assertEqual(set(rules.STATUSES) - left, {"refused", "forwarded"}, "final ones")

    def test_every_wait_ends(self):
        for waiting, names in rules.WHILE.items():
            self.assertTrue(rules.ONLY_WHILE & set(names), waiting)

    def test_answer(self):
        full = ("regulation", "yes", ["yes"] * 6, "propose", "Trả lời")
        rules.check_answer(*full)
        rules.check_answer("conduct", None, [None] * 6, None, "Trả lời")
        rules.check_answer("regulation", "no", [None] * 6, None, "Tiếp tục tập hợp… v.v...")
        for place, value, code in (
            (4, " ", "no_answer"),
            (4, "Trả lời như sau:\n\n……………\n\nTrân trọng", "blanks"),
            (4, "(thủ tục: .........)", "blanks"),
            (1, None, "no_ground"),
            (2, ["yes"] * 5 + [False], "criteria"),
            (3, None, "no_outcome"),
        ):
            values = list(full)
            values[place] = value
            with self.subTest(code), self.assertRaises(Refused) as refused:
                rules.check_answer(*values)
            self.assertEqual(refused.exception.code, code)

    def test_nobody_approves_their_own_work(self):
        rules.check_approval(1, 2, 3)
        for mover in (1, 2):
            with self.assertRaises(Refused):
                rules.check_approval(1, 2, mover)

    def test_window(self):
        rules.check_reopening(date(2023, 6, 1), date(2023, 7, 1), 30)
        with self.assertRaises(Refused):
            rules.check_reopening(date(2023, 6, 1), date(2023, 7, 2), 30)

    def test_drag(self):
        self.assertEqual(rules.moves_between("in_progress", "answered"), ["send"])
        self.assertEqual(rules.moves_between("refused", "received"), [])


class TestFeedbackTexts(TestCase):
    def test_register_number(self):
        self.assertEqual(rules.register_number("H23.20.31", 2023, 7), "H23.20.31-PA23-0007")
        for unit, serial in (("xã", 1), ("H23.20.31", 0)):
            with self.assertRaises(ValueError):
                rules.register_number(unit, 2023, serial)

    def test_portal_code(self):
        self.assertTrue(rules.is_portal_code("PAKN.20200812.0012"))
        for code in ("PAKN.20201399.0012", "PAKN.20200812.12", "pakn.20200812.0012", "", "x" * 99):
            self.assertFalse(rules.is_portal_code(code), code)

    def test_missing(self):
        """NĐ 20/2008 Đ7."""
        self.assertEqual(rules.missing("An", "Thôn Đoài", ["0912", ""], "Chậm"), ())
        self.assertEqual(rules.missing("An", "Thôn Đoài", ["", ""], "Chậm"), ("reach",))
        self.assertEqual(rules.missing("", "", [""], ""), ("name", "address", "reach", "content"))

    @given(st.text(alphabet=st.characters(), max_size=300), st.integers(0, 100))
    def test_clean(self, text, most):
        """What comes out can be stored, printed and put into XML, and is a fixed point."""
        cleaned = rules.clean(text, most)
        self.assertLessEqual(len(cleaned), most)
        self.assertFalse([each for each in cleaned if ord(each) < 32 and each not in "\t\n"])
        cleaned.encode()
        self.assertEqual(rules.clean(cleaned, most).strip(), cleaned.strip())

    @given(st.text(max_size=400), st.integers(2, 50))
    def test_shortened(self, text, most):
        self.assertLessEqual(len(rules.shortened(text, most)), most)

    @given(st.text(alphabet="AĐeạ 12", max_size=40))
    def test_fingerprint_forgets_case_and_spaces(self, text):
        self.assertEqual(rules.fingerprint(text), rules.fingerprint(f" {text.upper()}\n"))

    def test_personal(self):
        for text, known, expected in (
            ("Xã đã trả lời.", (), None),
            ("Gọi 0912 345 678 để biết.", (), "0912 345 678"),
            ("CCCD 030185000123", (), "030185000123"),
            ("thư: an@example.vn.", (), "an@example.vn"),
            ("Ông NGUYEN VAN AN đã nêu", ("Nguyễn Văn An",), "Nguyễn Văn An"),
            ("Nguyễn Văn Anh là người khác", ("Nguyễn Văn An",), None),
            ("Theo Quyết định 1234/QĐ-UBND ngày 15/6/2023", (), None),
        ):
            with self.subTest(text):
                found = rules.personal_in(text, *known)
                self.assertEqual(found and found.rstrip("."), expected)
