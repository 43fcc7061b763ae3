import io

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from ..rules.fee_list import by_agency
from .common import at
from .test_fee import FeeCase
from .test_slip_pdf import POINTS, pages_of, right_edge

A4_LANDSCAPE = [297, 210]
QUARTER = {"date_from": "2023-03-15", "date_to": "2023-06-14"}


@tagged("post_install", "-at_install")
class TestFeeSettlement(FeeCase, HttpCase):
    """Quarter 2 of 2023: 15/3 to 14/6. 4,000 đ on its first and last day, of which 1,500 đ went
    back; before and after it 4,000 đ each."""

    def setUp(self):
        super().setUp()
        days = ("2023-03-14", "2023-03-15", "2023-06-14")
        self.dossiers = [self.paid(day)[0] for day in days]
        with at("2023-06-14", "16:00"):
            self.dossiers[1].fee_ids.action_refund(1500, "Thu thừa")
        self.paid("2023-06-15")

    def settlement(self, group="finance", **values):
        return self.model(group, "tthc.fee.settlement").create(QUARTER | values)

    def settled(self, **values):
        settlement = self.settlement(**values)
        with at("2023-06-15"):
            settlement.action_settle()
        return settlement

    def test_quarter(self):
        """The form opens on the quarter that is over."""
        with at("2023-06-20"):
            form = Form(self.model("finance", "tthc.fee.settlement"))
            self.assertEqual([f"{form.date_from}", f"{form.date_to}"], ["2023-03-15", "2023-06-14"])
            settlement = form.save()
        self.assertEqual(
            (settlement.collected, settlement.refunded, settlement.total), (8000, 1500, 6500)
        )
        self.assertEqual(len(settlement.line_ids), 3)
        self.assertEqual(settlement.earlier_count, 1, "what no settlement has is said")

    def test_settled(self):
        settlement = self.settled()
        self.assertEqual(settlement.settled_by_id, self.users["finance"])
        self.assertEqual((settlement.total, len(settlement.line_ids)), (6500, 3))
        again = self.settlement()
        self.assertFalse(again.line_ids or again.total, "no receipt is settled twice")
        with self.assertRaisesRegex(UserError, "Nothing was paid"), at("2023-06-16"):
            again.action_settle()

    def test_settled_ones_do_not_change(self):
        settlement = self.settled()
        for change in (
            lambda: settlement.write({"note": "x"}),
            lambda: settlement.unlink(),
            lambda: settlement.action_settle(),
        ):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                change()
        for query in (
            "UPDATE tthc_fee_settlement SET state = 'draft' WHERE id = %s",
            "DELETE FROM tthc_fee_settlement WHERE id = %s",
            "UPDATE tthc_fee_receipt_line SET settlement_id = NULL WHERE settlement_id = %s",
        ):
            self.assert_refused_by_database(query, settlement.id)

    def test_it_is_settled_with_its_button(self):
        settlement = self.settlement()
        for values in ({"state": "settled"}, {"settled_by_id": self.env.uid}):
            with self.assertRaises(UserError):
                settlement.write(values)
            with self.assertRaises(UserError):
                self.settlement(**values)

    def test_a_refund_afterwards_is_settled_in_its_own_time(self):
        settlement = self.settled()
        with at("2023-06-16"):
            self.dossiers[1].fee_ids.action_refund(500, "Thu thừa")
        later = self.settlement(date_from="2023-06-15", date_to="2023-06-16")
        self.assertEqual(settlement.total, 6500)
        self.assertEqual((later.collected, later.refunded), (4000, 500))

    def test_not_before_its_last_day_is_over(self):
        settlement = self.settlement()
        with at("2023-06-14", "23:59"), self.assertRaisesRegex(UserError, "last day is over"):
            settlement.action_settle()
        self.assertEqual(settlement.state, "draft")

    def test_by_agency(self):
        dossier = self.received("2023-06-13")
        self.fee(dossier, self.extract)
        with at("2023-06-13"):
            dossier.action_collect_fees()
        of_agency = self.settled(agency="Sở Tư pháp")
        self.assertEqual(of_agency.line_ids.mapped("amount"), [8000])
        rest = self.settled()
        self.assertEqual(rest.total, 6500 + 2000)
        self.assertEqual(set(rest.line_ids.mapped("agency")), {self.company.name})

    def test_who_settles(self):
        settlement = self.settlement()
        for group in self.users.keys() - {"finance"}:
            with self.subTest(group), self.assertRaises(AccessError), at("2023-06-15"):
                self.as_user(group, settlement).action_settle()
        self.assertEqual(settlement.state, "draft")

    def test_many_are_settled_in_few_queries(self):
        """As many queries for a hundred receipts as for three."""
        counts = []
        for date_to, count in (("2023-06-14", 0), ("2023-06-16", 100)):
            with at("2023-06-16"):
                values = {
                    "procedure_id": self.procedures["days"].id,
                    "applicant_name": "An",
                    "company_id": self.company.id,
                }
                if count:
                    dossiers = self.model("counter").create_received([values] * count)
                    dossiers.action_collect_fees()
            settlement = self.settlement(date_to=date_to)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with at("2023-06-20"):
                settlement.action_settle()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(settlement.line_ids), 101)
        self.assertLessEqual(counts[1], counts[0])

    def test_list_of_settlements(self):
        """What a list costs does not grow with the settled ones."""
        counts = []
        for count in (1, 5):
            days = ("2023-03-15", "2023-06-14", "2023-06-15", "2023-03-14")
            for day in days[:count]:
                settlement = self.settlement(date_from=day, date_to=day)
                if settlement.line_ids:
                    with at("2023-07-01"):
                        settlement.action_settle()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.model("finance", "tthc.fee.settlement").search_read(
                [("state", "=", "settled")], ["collected", "refunded", "total"]
            )
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(found), 4)
        self.assertLessEqual(counts[1], counts[0])

    # ---------------------------------------------------------------- the list

    def test_on_paper(self):
        settlement = self.settled()
        pdf = settlement.pdf()
        [page] = pages_of(pdf)
        [sheet] = PdfReader(io.BytesIO(pdf)).pages
        self.assertEqual([round(side / POINTS) for side in sheet.mediabox[2:]], A4_LANDSCAPE)
        self.assertLessEqual(right_edge(pdf), 297 - 9)
        for expected in (
            "BẢNG QUYẾT TOÁN PHÍ, LỆ PHÍ",
            "Từ ngày 15/03/2023 đến ngày 14/06/2023",
            f"Cộng {self.company.name}",
            "8.000 1.500",
            "Còn lại: 6.500",
            "TỔNG CỘNG",
            self.users["finance"].name,
            *self.dossiers[1].fee_ids.receipt_id.mapped("name"),
        ):
            self.assertIn(expected.replace(" ", ""), page.replace(" ", ""))
        self.assertNotIn("DỰ THẢO", page)
        self.assertNotIn("030185000123", page)
        self.assertIn("DỰ THẢO", pages_of(self.settlement().pdf())[0])

    def test_in_excel(self):
        sheet = load_workbook(io.BytesIO(self.settlement().xlsx())).active
        rows = list(sheet.iter_rows(values_only=True))
        money = [row[7:9] for row in rows if row[0] and isinstance(row[7], int)]
        self.assertEqual(money, [(4000, 0), (4000, 0), (0, 1500), (8000, 1500), (8000, 1500)])
        self.assertEqual(rows[-1][0], "TỔNG CỘNG")
        self.assertEqual(rows[-1][9], "Còn lại: 6.500")
        self.assertEqual(f"{rows[7][2]:%d/%m/%Y}", "15/03/2023")

    def test_names_are_no_formulas(self):
        dossier = self.received("2023-06-13", applicant_name='=HYPERLINK("http://x","An")')
        with at("2023-06-13"):
            dossier.action_collect_fees()
        sheet = load_workbook(io.BytesIO(self.settlement().xlsx())).active
        cells = [cell for row in sheet.iter_rows() for cell in row]
        [payer] = [cell for cell in cells if "HYPERLINK" in str(cell.value)]
        self.assertEqual(payer.data_type, "s")

    @mute_logger("odoo.http")
    def test_over_http(self):
        settlement = self.settlement()
        for group in ("finance", "auditor", "counter"):
            self.authenticate(f"test_{group}", f"test_{group}")
            for kind, head in (("pdf", b"%PDF"), ("xlsx", b"PK")):
                answer = self.url_open(f"/tthc/fee/settlement/{settlement.id}/{kind}")
                with self.subTest(group=group, kind=kind):
                    self.assertEqual(answer.status_code == 200, group != "counter")
                    self.assertEqual(answer.content.startswith(head), group != "counter")

    def test_sums_by_agency(self):
        rows = [
            {"agency": agency, "collected": collected, "refunded": refunded}
            for agency, collected, refunded in (("B", 5, 0), ("A", 3, 0), ("B", 0, 2))
        ]
        self.assertEqual(
            [(each.name, len(each.rows), each.total) for each in by_agency(rows)],
            [("A", 1, 3), ("B", 2, 3)],
        )
