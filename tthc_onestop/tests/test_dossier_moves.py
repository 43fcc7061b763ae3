import base64
import hashlib
from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.res_company import to_utc
from .common import DossierCase, at

RESULT = {"number": "12/GXN-UBND", "signed_on": "2023-06-08", "signed_by": "Nguyễn Văn An"}


@tagged("post_install", "-at_install")
class TestDossierMoves(DossierCase):
    """The moves beside the straight way: post, other officers, agencies, results, reopening."""

    def tearDown(self):
        self.assertEqual(self.model("auditor").verify_ledger(), [])
        super().tearDown()

    def in_process(self, **values):
        dossier = self.received(**values)
        with at("2023-06-06"):
            self.as_user("officer", dossier).action_process()
        return dossier

    def settled(self, day="2023-06-08", result=None, **values):
        dossier = self.in_process(**values)
        with at(day):
            self.as_user("officer", dossier).action_settle(result)
        return dossier

    def test_by_post_the_record_of_hand_over_counts(self):
        """QĐ 45/2016/QĐ-TTg: filed when the hand-over record is signed, whenever it is entered."""
        signed = to_utc(datetime(2023, 6, 2, 16, 0))  # a Friday; entered on Monday
        dossier = self.received(channel="post", handed_over_at=signed)
        self.assertRecordValues(
            dossier,
            [
                {
                    "received_at": signed,
                    "received_on": date(2023, 6, 2),
                    "entered_on": date(2023, 6, 5),
                    "due_on": date(2023, 6, 9),
                }
            ],
        )
        self.assertIn("-230602-", dossier.name)
        self.assertIn("Received 16:00 02/06/2023", dossier.deadline_explanation)
        self.assertIn("16 giờ 00 phút", dossier.slip_ids.content["received"])
        self.assertEqual(dossier.event_ids[-1].happened_on, date(2023, 6, 5))
        self.assertEqual(self.received(channel="post").received_on, date(2023, 6, 5))
        other = self.received(handed_over_at=signed)
        self.assertEqual(other.received_on, date(2023, 6, 5), "not by post: the desk's own moment")
        refused = self.assertRaisesRegex(UserError, "in the future")
        with at("2023-06-01"), refused, self.env.cr.savepoint():
            self.new(channel="post", handed_over_at=signed)
        with self.assertRaisesRegex(UserError, "as they were declared"):
            self.as_user("counter", dossier).handed_over_at = False

    def test_hand_over_in_time(self):
        """NĐ 61/2018 Đ18: at once, within the day, or the next morning after 15:00."""
        for channel, hour, expected in [
            ("online", "16:00", datetime(2023, 6, 9, 16, 0)),
            ("direct", "15:00", datetime(2023, 6, 9, 17, 0)),
            ("direct", "15:01", datetime(2023, 6, 12, 7, 30)),
            ("post", "15:01", datetime(2023, 6, 12, 7, 30)),
        ]:
            with self.subTest(channel=channel, hour=hour):
                dossier = self.received(day="2023-06-09", hour=hour, channel=channel)
                self.assertEqual(dossier.hand_over_by, to_utc(expected))
                self.as_user("leader", dossier).action_process()
                self.assertFalse(dossier.hand_over_by)

    def test_taking_over(self):
        other = self.new_user("test_other_officer", "officer")
        other.tthc_sector_ids = self.civil
        dossier = self.in_process()
        officer = self.as_user("officer", dossier)
        with at("2023-06-07"):
            with self.assertRaisesRegex(UserError, "in your hands already"):
                officer.action_take_over()
            officer.action_submit_for_signature()
            dossier.with_user(other).action_take_over()
        self.assertEqual(dossier.officer_id, other)
        self.assertFalse(dossier.signature_asked_by_id, "the new officer submits their own work")
        self.assertEqual(dossier.event_ids[-1].officer_id, other)
        with self.assertRaises(AccessError):
            self.as_user("counter", dossier).action_take_over()

    def test_a_further_supplement_counts_against_the_desk(self):
        """Its time is not given back; a third one nobody may ask for (settings of the regime)."""
        dossier = self.in_process()
        leader = self.as_user("leader", dossier)
        with at("2023-06-09"):
            self.as_user("officer", dossier).action_request_supplement("Thiếu ảnh")
        with at("2023-06-12"):
            self.as_user("counter", dossier).action_resume()
            self.assertEqual(dossier.due_on, date(2023, 6, 13))
            leader.action_request_supplement("Ảnh mờ")
        self.assertEqual(dossier.event_ids[-1].details, {"against_desk": True})
        with at("2023-06-15"):
            self.as_user("counter", dossier).action_resume()
            self.assertEqual(dossier.due_on, date(2023, 6, 13))
            self.assertIn("counts against the desk", dossier.deadline_explanation)
            with self.assertRaisesRegex(UserError, "as often as the law allows"):
                leader.action_request_supplement("Lần ba")
            self.env.ref("tthc_onestop.regime_2018").supplement_utmost = 3
            leader.action_request_supplement("Lần ba")

    def test_an_opinion_in_time_and_late(self):
        """NĐ 61/2018 Đ19.5: what, by when, whom; a late answer is recorded all the same."""
        dossier = self.in_process()
        officer = self.as_user("officer", dossier)
        with at("2023-06-06"):
            officer.action_ask_agency("Xác minh nhân thân", "Công an xã", "2023-06-08")
            officer.action_ask_agency("Ý kiến về quy hoạch", "Phòng TNMT", "2023-06-07")
            self.assertEqual(dossier.agencies_waiting, 2)
            self.assertEqual(dossier.request_ids.mapped("state"), ["waiting", "waiting"])
        police, planning = dossier.request_ids
        with at("2023-06-08"):
            self.env.invalidate_all()
            self.assertEqual(planning.state, "overdue")
            with self.assertRaisesRegex(UserError, "Choose one request"):
                officer.action_record_answer("Đồng ý")
            officer.action_record_answer("Đúng nhân thân", police.id, "2023-06-07")
            officer.action_settle()  # an opinion may be missing
        with at("2023-06-20"):
            self.as_user("counter", dossier).action_record_answer("Không ý kiến")
        self.assertEqual(dossier.request_ids.mapped("state"), ["answered", "late"])
        self.assertEqual(dossier.agencies_waiting, 0)
        self.assertEqual((police.answer, police.answered_on), ("Đúng nhân thân", date(2023, 6, 7)))
        self.assertEqual(dossier.due_on, date(2023, 6, 12), "no slip, no pause")

    def test_the_part_of_an_agency_must_be_done(self):
        """NĐ 61/2018 Đ19.6, Đ19.7: each agency has its work and its deadline."""
        first, second = self.received(), self.received()
        with at("2023-06-05"):
            self.as_user("counter", first + second).action_ask_agency(
                "Thẩm định phần đất đai", "Chi nhánh VPĐK", "2023-06-07", "cross_level", True
            )
        self.assertEqual(first.request_ids.mapped("is_lead"), [True])
        with at("2023-06-06"):
            self.as_user("officer", first).action_process()
            with self.assertRaisesRegex(UserError, "has not done its part"):
                self.as_user("officer", first).action_settle()
            self.as_user("counter", first).action_record_answer("Đã thẩm định")
            self.as_user("officer", first).action_settle()

    def test_bad_requests_are_refused_in_words(self):
        dossier = self.in_process()
        officer = self.as_user("officer", dossier)
        with at("2023-06-06"):
            for arguments, words in [
                (("", "Công an xã", "2023-06-08"), "needs a reason"),
                (("Hỏi", " ", "2023-06-08"), "Enter the agency"),
                (("Hỏi", "Công an xã", "2023-06-05"), "today or later"),
                (("Hỏi", "Công an xã", "mai"), "is not a day"),
                (("Hỏi", "Công an xã", None), "today or later"),
                (("Hỏi", "Công an xã", "2023-06-08", "x"), "Choose what"),
            ]:
                with self.subTest(arguments), self.assertRaisesRegex(UserError, words):
                    officer.action_ask_agency(*arguments)
            officer.action_ask_agency("Hỏi", "Công an xã", "2023-06-08")
            for day in ("2023-06-05", "2023-06-07"):
                with self.assertRaisesRegex(UserError, "not in the future"):
                    officer.action_record_answer("Có", answered_on=day)
        self.assertEqual(dossier.agencies_waiting, 1)

    def test_a_result_and_its_correction(self):
        scan = b"%PDF-1.7 ket qua"
        file = {"file": base64.b64encode(scan).decode(), "file_name": "ket-qua.pdf"}
        dossier = self.settled(result={**RESULT, **file, "valid_until": "2023-12-08"})
        wrong = dossier.result_ids
        self.assertRecordValues(
            wrong,
            [{**RESULT, "signed_on": date(2023, 6, 8), "valid_until": date(2023, 12, 8)}],
        )
        details = dossier.event_ids[-1].details
        self.assertEqual(details["sha256"], hashlib.sha256(scan).hexdigest())
        self.assertEqual(self.as_user("auditor", wrong).attachment_id.raw, scan)
        leader = self.as_user("leader", dossier)
        with at("2023-06-09"):
            with self.assertRaisesRegex(UserError, "recorded already"):
                self.as_user("counter", dossier).action_record_result(RESULT)
            with self.assertRaises(AccessError):
                self.as_user("officer", dossier).action_correct_result("Sai tên", RESULT)
            with self.assertRaisesRegex(UserError, "needs a reason"):
                leader.action_correct_result(" ", RESULT)
            leader.action_correct_result("Sai tên đệm", {"number": "13/GXN-UBND"})
        right = dossier.result_ids - wrong
        self.assertEqual((wrong.state, right.state), ("corrected", "valid"))
        self.assertEqual((right.corrects_id, right.reason), (wrong, "Sai tên đệm"))
        self.assertEqual(right.signed_by, self.users["leader"].name)
        self.assertEqual(wrong.number, RESULT["number"], "the first one is kept")
        for group in self.users:
            for vals in ({"number": "x"}, {"reason": "x"}):
                with self.subTest(group), self.assertRaises(AccessError):
                    self.as_user(group, wrong).write(vals)
        with self.assertRaises(AccessError):
            self.as_user("counter", wrong.attachment_id).unlink()

    def test_a_result_recorded_later(self):
        """What a leader approves in the kanban has its number once the clerk has given it."""
        dossier = self.settled()
        with at("2023-06-09"), self.assertRaisesRegex(UserError, "no result document"):
            self.as_user("leader", dossier).action_correct_result("Sai", RESULT)
        with at("2023-06-09"):
            self.as_user("counter", dossier).action_record_result(RESULT)
        self.assertEqual(dossier.result_ids.number, RESULT["number"])

    def test_bad_results_are_refused_in_words(self):
        first, second = self.in_process(), self.in_process()
        for result, words in [
            ({}, "Enter the number"),
            ("x", "Enter the number"),
            ({**RESULT, "signed_on": "2023-06-09"}, "in the future"),
            ({**RESULT, "signed_on": "x"}, "is not a day"),
            ({**RESULT, "valid_until": "2023-06-01"}, "cannot end before"),
            ({**RESULT, "file": "no base64"}, "cannot be read"),
        ]:
            with (
                self.subTest(result),
                at("2023-06-08"),
                self.assertRaisesRegex(UserError, words),
                self.env.cr.savepoint(),
            ):
                self.as_user("officer", first).action_settle(result)
        with at("2023-06-08"), self.assertRaisesRegex(UserError, "take one"):
            self.as_user("officer", first + second).action_settle(RESULT)
        self.assertEqual(set((first + second).mapped("status")), {"processing"})
        self.assertFalse((first + second).result_ids)

    def test_the_return_and_its_proof(self):
        dossier = self.settled()
        counter = self.as_user("counter", dossier)
        with at("2023-06-08", "15:00"):
            counter.action_notify("phone", "Gặp bà Đào, hẹn sáng mai")
        self.assertEqual((dossier.told_by, dossier.status), ("phone", "settled"))
        self.assertEqual(dossier.told_at, to_utc(datetime(2023, 6, 8, 15)))
        with at("2023-06-09"):
            for arguments, words in [
                (("counter",), "who takes the result"),
                (("post",), "postal item"),
                (("x",), "how the result"),
                (("counter", "Lê Văn Hai", "123"), "is not one"),
            ]:
                with self.subTest(arguments), self.assertRaisesRegex(UserError, words):
                    counter.action_return(*arguments)
            counter.action_return("counter", " Lê Văn  Hai ", "0301 8500 0124")
        self.assertRecordValues(
            dossier,
            [
                {
                    "status": "returned",
                    "return_means": "counter",
                    "recipient_name": "Lê Văn Hai",
                    "recipient_identity": "030185000124",
                }
            ],
        )
        self.assertEqual(dossier.event_ids[-1].about, "Lê Văn Hai", "no identity number")
        posted, online = self.settled(), self.settled()
        with at("2023-06-09"):
            self.as_user("counter", posted).action_return("post", post_number="EA 123 456 789 VN")
            self.as_user("counter", online).action_return("online")
        self.assertEqual(posted.return_post_number, "EA 123 456 789 VN")
        self.assertEqual(online.return_means, "online")
        with self.assertRaises(AccessError):
            self.as_user("statistician", dossier).read(["recipient_identity"])

    def test_reopening(self):
        """By a leader, with a reason, within the window; the closed days are given back."""
        dossier = self.settled(result=RESULT)
        with at("2023-06-09"):
            self.as_user("counter", dossier).action_return("counter", "Nguyễn Thị Đào")
        leader = self.as_user("leader", dossier)
        with at("2023-07-10"), self.assertRaisesRegex(UserError, "too long ago"):
            leader.action_reopen("Công dân báo sai")
        with at("2023-06-13"):
            for group in ("counter", "officer", "statistician"):
                with self.assertRaises(AccessError):
                    self.as_user(group, dossier).action_reopen("Công dân báo sai")
            leader.action_reopen("Công dân báo sai")
        self.assertRecordValues(
            dossier,
            [
                {
                    "status": "processing",
                    "settled_on": False,
                    "ended_on": False,
                    "outcome": False,
                    "returned_at": False,
                    "recipient_name": False,
                    "reopened_on": date(2023, 6, 13),
                    "due_on": date(2023, 6, 15),  # settled on Thursday 8/6: three days given back
                }
            ],
        )
        slip = dossier.slip_ids.filtered(lambda slip: slip.form == "04")
        self.assertIn(slip.display_name, dossier.deadline_explanation)
        with at("2023-06-14"):
            leader.action_extend("Phải xác minh lại", "2023-06-20 10:00:00")
        with at("2023-06-16"):
            self.as_user("officer", dossier).action_settle({"number": "20/GXN-UBND"})
        self.assertEqual(dossier.outcome, "early")
        self.assertEqual(dossier.result_ids.mapped("state"), ["corrected", "valid"])

    def test_reopening_what_was_stopped_while_it_waited(self):
        dossier = self.in_process()
        with at("2023-06-09"):
            self.as_user("officer", dossier).action_request_supplement("Thiếu ảnh")
        with at("2023-06-14"):
            self.as_user("officer", dossier).action_stop("Không bổ sung")
        with at("2023-06-20"):
            self.as_user("leader", dossier).action_reopen("Công dân đã nộp đủ")
        # seven working days from 9/6 to 20/6 are given back
        self.assertEqual((dossier.status, dossier.due_on), ("processing", date(2023, 6, 21)))
        late = self.settled(day="2023-06-14")
        with at("2023-06-20"):
            self.as_user("leader", late).action_reopen("Sai")
        self.assertEqual(late.due_on, date(2023, 6, 12), "what was late stays late")
