from odoo import api, fields, models

from odoo.addons.tthc_onestop.render.pdf import html_to_pdf
from odoo.addons.tthc_onestop.rules.vietnamese import day_in_words

from ..render import docx
from .download import download

SHORT, LONG = "UBND ", "ỦY BAN NHÂN DÂN\n"
NO_DAY = "ngày …… tháng …… năm ………"


def agency_in_full(name: str) -> str:
    """The name of a commune as the head of its papers writes it."""
    agency = name.upper()
    return agency.replace(SHORT, LONG, 1) if agency.startswith(SHORT) else agency


class TthcPaperMixin(models.AbstractModel):
    """A record that is printed as an official paper, in the layout of NĐ 30/2020/NĐ-CP."""

    _name = "tthc.paper.mixin"
    _description = "Official paper"
    _paper_path = ""  # where its files are had

    def _pages(self):
        """What the pages say: the head, the blocks of the text, the signature."""
        raise NotImplementedError

    @api.model
    def _paper_head(self, company, day=None):
        """Who says it, and on which day; without a day it is left open."""
        letterhead = company.tthc_letterhead()
        dated = day_in_words(day) if day else NO_DAY
        return {
            "agency": agency_in_full(letterhead.name),
            "dated": f"{letterhead.place}, {dated}" if letterhead.place else dated,
        }

    @api.private
    def docx(self) -> bytes:
        return docx.document(self._pages(), fields.Datetime.now())

    @api.private
    def pdf(self) -> bytes:
        return self._pdf_of(self._pages(), fields.Datetime.now())

    def _pdf_of(self, pages, created):
        """:param created: when the file says that it was made, UTC"""
        html = self.env["ir.qweb"]._render(
            "tthc_reporting.report_text", pages, minimal_qcontext=True
        )
        return html_to_pdf(str(html), created)

    def action_docx(self):
        self.ensure_one()
        return download(f"{self._paper_path}/{self.id}.docx")

    def action_pdf(self):
        self.ensure_one()
        return download(f"{self._paper_path}/{self.id}.pdf")
