from odoo import api, fields, models

from odoo.addons.tthc_onestop.render.pdf import html_to_pdf
from odoo.addons.tthc_onestop.rules.vietnamese import day_in_words

from ..render import docx
from .download import download
from .report_text import NO_DAY, agency_in_full


class TthcPlan(models.Model):
    """The plan as the official paper, in the layout of NĐ 30/2020/NĐ-CP."""

    _inherit = "tthc.plan"

    def _pages(self):
        """What the pages say: the head, the blocks of the text, the signature."""
        self.ensure_one()
        company = self.company_id.tthc_letterhead()
        day = day_in_words(self.date) if self.date else NO_DAY
        return {
            "kind": "KẾ HOẠCH",
            "agency": agency_in_full(company.name),
            "number": self.number or "……/KH-UBND",
            "dated": f"{company.place}, {day}" if company.place else day,
            "subject": self.name,
            "blocks": list(self._paper_blocks()),
            "recipients": [f"- {line}" for line in (self.recipients or "").splitlines()],
            "signer": (self.signer_title or "").splitlines(),
            "signed_by": self.signer_name or "",
        }

    def _paper_blocks(self):
        for line in (*(self.bases or "").splitlines(), self.intro):
            yield from _paragraph(line)
        for section in self.section_ids:
            heading = f"{section.number}. {section.name}"
            yield {"kind": "heading", "level": int(section.level), "text": heading}
            for line in (section.text or "").splitlines():
                yield from _paragraph(line)
            for task in section.task_ids.filtered("printed"):
                yield from _paragraph(f"{task.marker} {task.name}" if task.marker else task.name)
            for paragraph in _paragraph(section.note):
                yield paragraph | {"italic": True}
        yield from _paragraph(self.closing)

    @api.private
    def docx(self) -> bytes:
        return docx.document(self._pages(), fields.Datetime.now())

    @api.private
    def pdf(self) -> bytes:
        html = self.env["ir.qweb"]._render(
            "tthc_reporting.report_text", self._pages(), minimal_qcontext=True
        )
        return html_to_pdf(str(html), fields.Datetime.now())

    def action_docx(self):
        self.ensure_one()
        return download(f"/tthc_reporting/plan/{self.id}.docx")

    def action_pdf(self):
        self.ensure_one()
        return download(f"/tthc_reporting/plan/{self.id}.pdf")


def _paragraph(text):
    if text:
        yield {"kind": "paragraph", "text": text}
