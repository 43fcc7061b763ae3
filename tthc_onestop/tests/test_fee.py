from psycopg2 import DatabaseError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import DossierCase, at


class FeeCase(DossierCase):
    """Procedure "days" has a fee by the page, and one on request; "calendar" one that is waived."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poor = cls.env.ref("tthc_onestop.fee_exemption_poor")
        days = cls.next_version(
            cls.procedures["days"],
            fee_ids=[
                Command.create(
                    {
                        "name": "Phí chứng thực bản sao",
                        "rule": "per_page",
                        "amount": 2000,
                        "from_page": 3,
                        "amount_beyond": 1000,
                        "ceiling": 200_000,
                    }
                ),
                Command.create(
                    {
                        "name": "Phí cấp bản sao trích lục",
                        "rule": "per_copy",
                        "amount": 8000,
                        "moment": "result",
                        "agency": "Sở Tư pháp",
                        "on_request": True,
                    }
                ),
            ],
        )
        calendar = cls.next_version(
            cls.procedures["calendar"],
            fee_ids=[
                Command.create(
                    {
                        "name": "Lệ phí hộ tịch",
                        "kind": "charge",
                        "amount": 15_000,
                        "exemption_ids": cls.poor.ids,
                    }
                )
            ],
        )
        cls.procedures |= {"days": days, "calendar": calendar}
        cls.by_page, cls.extract = days.fee_ids
        cls.charge = calendar.fee_ids

    def fee(self, dossier, tariff=None, group="counter", **values):
        """A fee of a dossier with other quantities, as a user of a group enters it."""
        tariff = tariff or self.by_page
        values |= {"dossier_id": dossier.id, "procedure_fee_id": tariff.id}
        return self.model(group, "tthc.dossier.fee").create(values)

    def paid(self, day="2023-06-05", **values):
        """A dossier of 4,000 đ that is paid, and its receipt."""
        dossier = self.received(day)
        dossier.fee_ids.pages = 2
        with at(day, "10:00"):
            receipt = self.as_user(values.pop("group", "counter"), dossier).action_collect_fees(
                **values
            )
        return dossier, receipt

    def assert_refused_by_database(self, query, *values):
        self.env.flush_all()
        with self.assertRaises(DatabaseError), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(query, values)


@tagged("post_install", "-at_install")
class TestFee(FeeCase):
    # ---------------------------------------------------------------- what is to be paid

    def test_intake(self):
        """The desk chooses the procedure, enters the pages and sees the amount."""
        with at("2023-06-05"):
            form = Form(self.model("counter"))
            form.procedure_id = self.procedures["days"]
            form.applicant_name = "Nguyễn Thị Đào"
            self.assertEqual(len(form.fee_ids), 1, "what is due on request is not there by itself")
            with form.fee_ids.edit(0) as line:
                line.pages, line.copies = 4, 5
                self.assertEqual(line.amount, 30_000)
            with form.fee_ids.new() as line:
                line.procedure_fee_id = self.extract
                line.copies = 2
            dossier = form.save()
        self.assertEqual(dossier.fee_ids.mapped("amount"), [30_000, 16_000])
        self.assertEqual((dossier.fee_total, dossier.fee_due), (46_000, 46_000))
        form.procedure_id = self.procedures["calendar"]
        dossier = form.save()
        self.assertEqual(dossier.fee_ids.procedure_fee_id, self.charge)

    def test_a_procedure_without_fees(self):
        dossier = self.received(procedure="hours")
        self.assertFalse(dossier.has_fees or dossier.fee_ids or dossier.fee_due)
        with self.assertRaises(UserError):
            dossier.action_collect_fees()

    def test_the_catalogue_changes_nothing_of_a_dossier(self):
        dossier = self.received()
        self.revise("days", fee_ids=[Command.create({"name": "Phí mới", "amount": 9000})])
        self.assertEqual(dossier.fee_ids.amount, 2000)
        self.assertEqual(self.received().fee_ids.amount, 9000)

    def test_exemption(self):
        with self.assertRaisesRegex(ValidationError, "paper that proves"):
            self.received(procedure="calendar").fee_ids.exemption_id = self.poor
        line = self.received(procedure="calendar").fee_ids
        line.write({"exemption_id": self.poor.id, "exemption_note": "Giấy chứng nhận số 12"})
        self.assertEqual((line.amount, line.state), (0, "exempt"))
        with self.assertRaisesRegex(ValidationError, "does not apply"):
            self.fee(self.received(), exemption_id=self.poor.id, exemption_note="Số 12")

    def test_only_fees_of_the_procedure(self):
        with self.assertRaisesRegex(ValidationError, "no fee of"):
            self.fee(self.received(), self.charge)

    def test_what_is_reckoned_is_not_written(self):
        line = self.received().fee_ids
        for values in ({"amount": 1}, {"refunded": 1}, {"receipt_id": 1}, {"amount": 0}):
            with self.subTest(values), self.assertRaises(UserError):
                line.write(values)
            with self.subTest(values), self.assertRaises(UserError):
                self.fee(line.dossier_id, **values)

    def test_quantities(self):
        for quantity in ({"pages": 0}, {"copies": -1}, {"copies": 10_001}):
            with self.subTest(quantity), self.assertRaises(DatabaseError):
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    self.fee(self.received(), **quantity)

    def test_amounts_are_whole(self):
        fee = self.procedures["days"].copy().fee_ids[0]
        self.env.flush_all()
        for amount in (-1, 0.5):
            self.assert_refused_by_database(
                "UPDATE tthc_procedure_fee SET amount = %s WHERE id = %s", amount, fee.id
            )

    # ---------------------------------------------------------------- paying

    def test_receipt(self):
        dossier, receipt = self.paid()
        [other] = self.paid("2023-06-06")[1]
        self.assertEqual(other.number, receipt.number + 1)
        self.assertEqual(receipt.name, f"BL {receipt.number:04d}/2023")
        self.assertEqual(receipt.user_id, self.users["counter"])
        self.assertEqual(str(receipt.issued_on), "2023-06-05")
        self.assertEqual((receipt.amount, receipt.payer_name), (4000, "Nguyễn Thị Đào"))
        self.assertEqual(receipt.line_ids.agency, self.company.name, "the commune's, by default")
        self.assertEqual((dossier.fee_ids.state, dossier.fee_due), ("paid", 0))
        with self.assertRaisesRegex(UserError, "Nothing is to be paid"):
            dossier.action_collect_fees()

    def test_each_commune_and_year_has_its_register(self):
        self.paid("2023-12-29")
        # no other test pays in this year: numbers are given outside of the test's transaction
        numbers = [self.paid(day)[1].number for day in ("2024-01-02", "2024-01-03")]
        self.assertEqual(numbers, [1, 2])

    def test_what_is_paid_stays(self):
        dossier, receipt = self.paid()
        line = dossier.fee_ids
        for values in ({"pages": 9}, {"copies": 2}, {"exemption_note": "x"}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "paid"):
                line.write(values)
        with self.assertRaisesRegex(UserError, "paid"):
            line.unlink()
        for query in (
            "UPDATE tthc_fee_receipt SET amount = 1 WHERE id = %s",
            "DELETE FROM tthc_fee_receipt WHERE id = %s",
            "UPDATE tthc_fee_receipt_line SET amount = 1 WHERE receipt_id = %s",
            "DELETE FROM tthc_fee_receipt_line WHERE receipt_id = %s",
        ):
            self.assert_refused_by_database(query, receipt.id)
        for table in ("tthc_fee_receipt_line", "tthc_fee_receipt", "tthc_fee_settlement"):
            self.assert_refused_by_database(f"TRUNCATE {table} CASCADE")

    def test_the_database_refuses_a_second_payment(self):
        receipt = self.paid()[1]
        with self.assertRaises(DatabaseError), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                receipt.line_ids.sudo().copy()

    def test_part_of_the_fees(self):
        dossier = self.received()
        later = self.fee(dossier, self.extract)
        receipt = dossier.action_collect_fees(fee_ids=(dossier.fee_ids - later).ids)
        self.assertEqual((receipt.amount, dossier.fee_due), (2000, 8000))
        receipt = dossier.action_collect_fees("transfer", "FT23157001")
        self.assertEqual((receipt.amount, receipt.reference), (8000, "FT23157001"))
        self.assertEqual(receipt.line_ids.agency, "Sở Tư pháp")
        self.assertFalse(dossier.fee_due)

    def test_many_at_once(self):
        """One receipt each, and as many queries for thirty as for ten."""
        counts = []
        for count in (10, 30):
            with at("2023-06-05"):
                dossiers = self.model("counter").create_received(
                    [
                        {
                            "procedure_id": self.procedures["days"].id,
                            "applicant_name": "An",
                            "company_id": self.company.id,
                        }
                    ]
                    * count
                )
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                receipts = dossiers.action_collect_fees()
                self.env.flush_all()
                counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(receipts), count)
            self.assertEqual(receipts.dossier_id, dossiers)
            self.assertEqual(len(set(receipts.mapped("number"))), count)
        self.assertLessEqual(counts[1], counts[0], "it grows with the number of dossiers")

    def test_refused_payments(self):
        new = self.new()
        with self.assertRaisesRegex(UserError, "receive it"):
            new.action_collect_fees()
        dossier = self.received()
        with self.assertRaisesRegex(UserError, "no way to pay"):
            dossier.action_collect_fees("vàng")
        with self.assertRaisesRegex(UserError, "number of the transfer"):
            dossier.action_collect_fees("transfer", " ")
        dossier.action_withdraw("Không làm nữa")
        with self.assertRaises(UserError):
            dossier.action_collect_fees()
        self.assertFalse(dossier.fee_ids.receipt_id)

    # ---------------------------------------------------------------- giving back

    def test_refund(self):
        dossier, receipt = self.paid()
        line = self.as_user("finance", dossier.fee_ids)
        with at("2023-06-07"):
            refund = line.action_refund(1500, "Thu thừa")
            self.assertEqual(refund.name, f"HP {refund.number:04d}/2023")
            self.assertEqual((refund.amount, refund.refund_of_id), (-1500, receipt))
            self.assertEqual((refund.reason, refund.user_id), ("Thu thừa", self.users["finance"]))
            for amount in (0, -1, 2501, 0.5, float("nan"), "1000", None):
                with self.subTest(amount), self.assertRaisesRegex(UserError, "2.500 đ"):
                    line.action_refund(amount, "Thu thừa")
            with self.assertRaisesRegex(UserError, "reason"):
                line.action_refund(2500, " ")
            again = line.action_refund(2500, "Hồ sơ nộp nhầm")
        self.assertEqual(again.number, refund.number + 1)
        self.assertEqual((line.state, line.refunded), ("refunded", 4000))
        self.assert_refused_by_database(
            "UPDATE tthc_dossier_fee SET refunded = 4001 WHERE id = %s", line.id
        )

    def test_nothing_to_refund(self):
        with self.assertRaisesRegex(UserError, "is not paid"):
            self.received().fee_ids.action_refund(1000, "Thu thừa")

    # ---------------------------------------------------------------- who may

    def test_who_collects(self):
        for group in self.users:
            dossier = self.received()
            line = self.as_user(group, dossier.fee_ids)
            if group in ("counter", "finance"):
                receipt = self.as_user(group, dossier).action_collect_fees()
                self.assertEqual(receipt.user_id, self.users[group])
                line.action_refund(1000, "Thu thừa")
                continue
            with self.subTest(group):
                with self.assertRaises(AccessError):
                    self.as_user(group, dossier).action_collect_fees()
                with self.assertRaises(AccessError):
                    line.action_refund(1000, "Thu thừa")
                self.assertFalse(dossier.fee_ids.receipt_id)

    def test_nobody_issues_a_receipt_by_itself(self):
        """Not over RPC either: no amount but what was reckoned."""
        for group in ("counter", "finance", "manager"):
            receipts = self.model(group, "tthc.fee.receipt")
            self.assertTrue(getattr(receipts.issue, "_api_private", False))
            with self.assertRaises(AccessError):
                receipts.create({"kind": "receipt", "amount": 1})

    def test_a_specialist_sees_that_it_is_paid(self):
        dossier, receipt = self.paid()
        line = self.as_user("officer", dossier).fee_ids
        self.assertEqual((line.state, line.receipt_number), ("paid", receipt.name))

    # ---------------------------------------------------------------- with the moves

    def wizard(self, dossier, group="counter", **context):
        context = {"default_dossier_id": dossier.id} | context
        return Form(self.model(group, "tthc.fee.payment").with_context(**context))

    def test_dialogue(self):
        """What is due now is chosen; a dossier that waited for the payment goes on."""
        dossier = self.received()
        self.fee(dossier, self.extract)
        dossier.action_request_payment()
        form = self.wizard(dossier, "finance")
        self.assertEqual(form.total, 2000, "what is paid with the result comes later")
        opened = form.save().action_collect()
        self.assertTrue(opened["url"].startswith("/tthc/fee/receipt/"))
        self.assertEqual((dossier.status, dossier.fee_due), ("payment", 8000))
        self.wizard(dossier, "finance").save().action_collect()
        self.assertEqual((dossier.status, dossier.fee_due), ("processing", 0))
        events = dossier.event_ids.filtered(lambda event: event.kind == "confirm_payment")
        self.assertEqual(events.user_id, self.users["finance"])

    def test_confirmed_without_a_receipt(self):
        dossier = self.received()
        dossier.action_request_payment()
        self.wizard(dossier).save().action_confirm_without_receipt()
        self.assertEqual((dossier.status, dossier.fee_ids.state), ("processing", "due"))

    def test_refund_dialogue(self):
        dossier, _receipt = self.paid()
        opened = dossier.fee_ids.action_open_refund()
        form = self.wizard(dossier, **opened["context"])
        self.assertEqual(form.amount, 4000)
        form.reason = "Nộp nhầm"
        form.save().action_refund()
        self.assertEqual(dossier.fee_ids.refunded, 4000)

    def test_the_ledger_is_not_touched(self):
        dossier = self.received()
        before = dossier.last_digest
        dossier.action_collect_fees()
        self.assertEqual(dossier.last_digest, before)
