from odoo import models


class TthcPlan(models.Model):
    """The plan as the official paper."""

    _name = "tthc.plan"
    _inherit = ["tthc.plan", "tthc.paper.mixin"]
    _paper_path = "/tthc_reporting/plan"

    def _pages(self):
        self.ensure_one()
        return self._paper_head(self.company_id, self.date) | {
            "kind": "KẾ HOẠCH",
            "number": self.number or "……/KH-UBND",
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


def _paragraph(text):
    if text:
        yield {"kind": "paragraph", "text": text}
