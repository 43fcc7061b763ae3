import io

from pypdf import PdfReader

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_fee import FeeCase
from .test_slip_pdf import POINTS, pages_of

A5_LANDSCAPE = [210, 148]


@tagged("post_install", "-at_install")
class TestFeePaper(FeeCase, HttpCase):
    def test_paper(self):
        dossier, receipt = self.paid(method="transfer", reference="FT23157001")
        pdf = receipt.pdf()
        [page] = pages_of(pdf)
        for expected in (
            "BIÊN LAI THU PHÍ, LỆ PHÍ",
            "UBND XÃ THỬ NGHIỆM",
            "Thử Nghiệm, ngày 05 tháng 6 năm 2023",
            receipt.name,
            dossier.name,
            "Nguyễn Thị Đào",
            "Phí chứng thực bản sao",
            "Bốn nghìn đồng",
            "số giao dịch FT23157001",
        ):
            self.assertIn(expected, page.replace("\N{NO-BREAK SPACE}", " "))
        self.assertNotIn("030185000123", page)
        self.assertEqual(pdf, receipt.pdf())
        refund = dossier.fee_ids.action_refund(1000, "Thu thừa")
        [page] = pages_of(refund.pdf())
        self.assertIn("PHIẾU HOÀN PHÍ, LỆ PHÍ", page)
        self.assertIn(f"Hoàn theo biên lai số: {receipt.name}. Lý do: Thu thừa", page)

    def test_paper_is_a5(self):
        [page] = PdfReader(io.BytesIO(self.paid()[1].pdf())).pages
        self.assertEqual([round(side / POINTS) for side in page.mediabox[2:]], A5_LANDSCAPE)

    @mute_logger("odoo.http")
    def test_paper_over_http(self):
        receipt = self.paid()[1]
        for group in ("counter", "finance", "auditor", "officer"):
            self.authenticate(f"test_{group}", f"test_{group}")
            answer = self.url_open(f"/tthc/fee/receipt/{receipt.id}")
            with self.subTest(group):
                self.assertEqual(answer.status_code == 200, group != "officer")
                self.assertEqual(answer.content.startswith(b"%PDF"), group != "officer")

    # ---------------------------------------------------------------- what is shipped

    def test_shipped_fees(self):
        """Only what a source confirms, with its mark."""
        shipped = self.env["tthc.procedure.fee"].search(
            [("procedure_id.in_force", "=", True), ("procedure_id.code", "not like", "9.")]
        )
        self.assertEqual(set(shipped.mapped("mark")), {"v2"})
        self.assertTrue(all(shipped.mapped("legal_basis")))
        for fee in shipped:
            self.assertNotIn("fee", (fee.procedure_id.unverified_fields or "").split(","))
        certified = shipped.filtered(lambda fee: fee.procedure_id.code == "2.000815")
        self.assertEqual(
            (certified.amount, certified.from_page, certified.amount_beyond, certified.ceiling),
            (2000, 3, 1000, 200_000),
        )

    def test_a_copy_of_a_procedure_has_its_fees(self):
        copy = self.procedures["calendar"].copy()
        self.assertEqual(copy.fee_ids.mapped("amount"), [15_000])
        self.assertEqual(copy.fee_ids.exemption_ids, self.poor)
