import io
from datetime import datetime

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.tthc_onestop.models.res_company import to_utc
from odoo.addons.tthc_onestop.tests.common import DossierCase, at

from ..render.xlsx_adjustments import KINDS, NAME
from .history import behind

DONE = to_utc(datetime(2023, 6, 13, 16, 0))
WHY = "Đã trả kết quả ngày 13/6, chưa ghi"
QUARTER = {"kind": "quarter", "year": 2023}


@tagged("post_install", "-at_install")
class TestReportCorrection(DossierCase):
    """A disputed dossier is corrected after the cut-off, and the figure follows until the seal."""

    def setUp(self):
        super().setUp()
        self.dossier = self.received("2023-06-05")  # due on 12/6: late on the 14th
        with at("2023-06-06"):
            self.as_user("counter", self.dossier).action_process(self.users["officer"].id)
        self.other = self.received("2023-06-12", procedure="calendar")
        self.period = self.model("statistician", "tthc.report.period").create(
            QUARTER | {"quarter": 2}
        )
        with at("2023-06-15", "00:10"):
            self.period.action_collect()
            self.period.action_prepare_hand_ins()
        self.hand_in = self.model("officer", "tthc.report.hand.in").search([])
        self.line = self.hand_in.line_ids
        self.line.dispute = WHY

    def adjusted(self):
        book = load_workbook(io.BytesIO(self.period.xlsx()))
        return [list(row) for row in book[NAME].iter_rows(min_row=2, values_only=True)]

    def total(self, sheet):
        return sheet.sheets["II.06a"]["total"]["values"]

    def correct(self, move="settle", done_at=DONE, hour="08:00", line=True):
        line = self.line.with_user(self.users["leader"]) if line else self.line.browse()
        context = line.action_correct()["context"] if line else {}
        with at("2023-06-15", hour):
            wizard = self.model("leader", "tthc.dossier.correction").with_context(**context)
            values = {"dossier_id": self.dossier.id, "reason": WHY} if not line else {}
            wizard = wizard.create(values | {"move": move, "done_at": done_at})
            wizard.action_confirm()
        self.env.invalidate_all()

    def test_the_figure_follows(self):
        self.assertEqual(self.total(self.period)["13"], 1)
        self.assertEqual(self.line.is_late, True)
        self.correct()
        for sheet, pending in [(self.period, 1), (self.hand_in, 0)]:
            values = self.total(sheet)
            self.assertEqual((values["10"], values["11"], values["13"]), (1, pending, 0))
            self.assertIn(self.dossier.id, behind(sheet, "II.06a", "10"))
        self.assertEqual(self.hand_in.state, "in_work", "the dispute is answered")
        self.assertIn(WHY, self.line.answer)
        [told] = self.period.adjustments
        self.assertEqual(
            (told["kind"], told["id"], told["reason"]), ("entered_late", self.dossier.id, WHY)
        )
        self.assertIn(self.dossier.name, str(self.period.message_ids[0].body))
        for line in self.adjusted():
            self.assertEqual(line, [1, self.dossier.name, KINDS["entered_late"], WHY])
        self.assertEqual(len(self.adjusted()), 1)
        pages = PdfReader(io.BytesIO(self.period.pdf())).pages
        self.assertIn(WHY, " ".join(pages[-1].extract_text().split()))

    def test_it_is_carried_over_as_corrected(self):
        """What is settled as of June is not carried into the next quarter, and sums hold."""
        self.correct()
        after = self.period.create(QUARTER | {"quarter": 3})
        with at("2023-09-15"):
            values = self.total(after)
        self.assertEqual((values["3"], values["6"]), (1, 1), "the other one alone")
        self.assertTrue(all(i["holds"] for i in after.sheets["II.06a"]["identities"]))
        self.assertFalse(after.adjustments)

    def test_an_end_recorded_by_mistake(self):
        with at("2023-06-14", "15:00"):
            self.as_user("officer", self.dossier).action_settle()
        with at("2023-06-15", "00:20"):
            self.period.action_collect()
            self.assertEqual(self.total(self.period)["10"], 1)
        self.correct("reopen", to_utc(datetime(2023, 6, 14, 15, 0)))
        values = self.total(self.period)
        self.assertEqual((values["3"], values["10"], values["13"]), (2, 0, 1))

    def test_what_was_handed_in_or_asked_for_is_so_again(self):
        with at("2023-06-15", "07:00"):
            cause = self.env.ref("tthc_reporting.cause_staff")
            self.line.write({"dispute": False, "cause_id": cause.id})
            self.hand_in.action_submit()
            self.period.action_collect()
            self.period.action_ask_approval()
        self.correct(line=False)
        self.assertEqual(self.hand_in.state, "in_work")
        self.assertIn(self.dossier.name, self.hand_in.sudo().activity_ids.note)
        self.assertEqual(self.period.approval, "none")
        self.assertFalse(self.hand_in.line_ids.filtered("is_late") - self.line)
        self.assertEqual(self.period.figures["II.06a"]["total"]["values"]["13"], 0)

    def test_sealed_days_stay(self):
        with at("2023-06-15", "09:00"):
            self.period.action_ask_approval()
            self.period.with_user(self.users["leader"]).action_approve()
            self.period.action_seal()
        before, file = self.period.seal_id.content, self.period.xlsx()
        with self.assertRaisesRegex(UserError, "are sealed and stay"):
            self.correct(hour="10:00")
        self.correct(done_at="2023-06-15 02:30:00", hour="10:00")
        self.assertEqual((self.period.seal_id.content, self.period.xlsx()), (before, file))
        with at("2023-06-20"):
            self.assertEqual(
                self.env["tthc.report"].get_figures(
                    "II.06a", self.period.date_from, self.period.date_to, self.company.id
                ),
                self.period.figures["II.06a"],
            )

    def test_a_leader_alone(self):
        for group in ("officer", "statistician", "counter", "auditor"):
            with self.subTest(group), self.assertRaises(AccessError), at("2023-06-15"):
                self.as_user(group, self.dossier).action_correct("settle", WHY, DONE)
