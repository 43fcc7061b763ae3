from dataclasses import replace

from odoo import api, fields, models

from odoo.addons.tthc_onestop.render.pdf import html_to_pdf

from ..render.xlsx import Paper, workbook
from ..render.xlsx_adjustments import KINDS
from ..rules.forms import FORMS
from ..rules.matrix import Matrix
from ..rules.report_text import table
from .download import download
from .report_period import ROMAN


class TthcReportPeriod(models.Model):
    """The sheets of a period on paper: as an Excel file and as a PDF, by the same declaration."""

    _inherit = "tthc.report.period"

    def action_xlsx(self):
        self.ensure_one()
        return download(f"/tthc_reporting/period/{self.id}/xlsx")

    def action_pdf(self):
        self.ensure_one()
        return download(f"/tthc_reporting/period/{self.id}/pdf")

    @api.private
    def xlsx(self):
        """The sheets of the period, as the user may see them, as an Excel file: its bytes."""
        self.ensure_one()
        papers = self._papers_shown()
        return self._workbook(self.sheets, self._behind, papers, self.adjustments)

    @api.private
    def pdf(self):
        """The sheets of the period, as the user may see them, each on its landscape A4."""
        self.ensure_one()
        papers, sheets = self._papers_shown(), self.sheets
        html = self.env["ir.qweb"]._render(
            "tthc_reporting.report_sheets",
            {
                "sheets": [
                    (papers[code], table(Matrix.from_dict(FORMS[code], sheets[code])))
                    for code in sheets
                ],
                "adjusted": self.adjustments,
                "kinds": KINDS,
            },
            minimal_qcontext=True,
        )
        return html_to_pdf(str(html), self._taken_at())

    def _taken_at(self):
        """When the figures that are shown were taken."""
        return fields.Datetime.now()

    def _behind(self, form):
        """The dossiers behind the figures of a form, as ``tthc.report.behind_query``."""
        return self.env["tthc.report"].behind_query(form, *self._days())

    def _workbook(self, figures, behind, papers, adjusted):
        report = self.env["tthc.report"]
        codes = [code for code in FORMS if code in figures]
        queries = {code: behind(code) for code in codes if FORMS[code].counts == "dossier"}
        return workbook(
            [(Matrix.from_dict(FORMS[code], figures[code]), papers[code]) for code in codes],
            fields.Datetime.now(),
            {code: report.lines(query) for code, query in queries.items() if query},
            adjusted,
        )

    def _label(self):
        """The period as official papers name it."""
        return {
            "month": f"Tháng {self.month} năm {self.year}",
            "quarter": f"Quý {ROMAN.get(self.quarter)} năm {self.year}",
            "half_year": f"6 tháng {'cuối' if self.half == 2 else 'đầu'} năm {self.year}",
            "nine_months": f"9 tháng đầu năm {self.year}",
            "year": f"Năm {self.year}",
        }.get(self.kind, "Đột xuất")

    def _papers_shown(self):
        """What stands around the table of each form, with whose figures they are."""
        papers = self._papers_in_force()
        if self.env["tthc.report"].sees_all_sectors():
            return papers
        return {
            code: replace(paper, period=f"{paper.period} (các lĩnh vực được giao)")
            for code, paper in papers.items()
        }

    def _papers_in_force(self):
        return self._papers()

    def _papers(self):
        """What stands around the table of each form, as it is today."""
        company = self.company_id
        return {
            form.code: Paper(
                number=form.number,
                circular=form.circular,
                period=self._label(),
                date_from=self.date_from,
                date_to=self.date_to,
                reporter=company.name,
                recipient=form.recipient_of(company),
                place=company.tthc_place or "",
            )
            for form in self._forms()
        }
