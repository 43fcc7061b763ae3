from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import groupby

from ..render.pdf import html_to_pdf
from ..rules.vietnamese import number_in_words
from ..rules.workflow import by_case, sections, total
from .dossier_slip_content import BLANK, HOLDERS, UNITS, term_in_words
from .res_company import local_today

# the sheet is official paper, so it is Vietnamese whatever the language of the user
LEVELS = {
    "commune": "Cấp xã",
    "district": "Cấp huyện",
    "province": "Cấp tỉnh",
    "vertical": "Cơ quan ngành dọc",
}
CHANNELS = {"direct": "Trực tiếp", "online": "Trực tuyến", "post": "Qua dịch vụ bưu chính"}
KINDS = {"hand_in": "Giấy tờ phải nộp", "show": "Giấy tờ phải xuất trình", "note": "Lưu ý"}
NOT_COUNTED = "Không tính thời gian"
ROMAN = "I II III IV V VI VII VIII IX X".split()


class TthcProcedure(models.Model):
    """The workflow as a sheet of the quality system (TCVN ISO 9001), on A4 pages."""

    _inherit = "tthc.procedure"

    def action_print_workflow(self):
        """Open the sheet in a new tab. :raises UserError: there is no workflow"""
        self.ensure_one()
        if not self.has_workflow:
            raise UserError(self.env._("This procedure has no workflow yet: enter its steps."))
        return {"type": "ir.actions.act_url", "url": f"/tthc/workflow/{self.id}", "target": "new"}

    @api.private
    def workflow_pdf(self) -> bytes:
        self.ensure_one()
        html = self.env["ir.qweb"]._render(
            "tthc_onestop.procedure_workflow", self._sheet(), minimal_qcontext=True
        )
        return html_to_pdf(str(html), fields.Datetime.now())

    def _sheet(self):
        """What the sheet says, in the commune of the user and in the regime of today."""
        company = self.env.company.tthc_letterhead()
        desk = self.env["tthc.regime"].in_force_on(local_today()).desk_name
        return {
            "agency": company.name.upper(),
            "agency_name": company.name,
            "desk": desk,
            "procedure": self,
            "code": self.local_code,
            "term": term_in_words(self),
            "sets": number_in_words(self.sets) if self.sets else BLANK,
            "channels": [(CHANNELS[line.channel], line) for line in self.channel_ids],
            "papers": self._sheet_papers(),
            "forms": [paper for paper in self.document_ids if paper.form_name],
            "cases": self._sheet_cases(desk),
        }

    def _sheet_papers(self):
        """The papers in groups: heading, and of each its number, itself and how many of it."""
        groups = groupby(
            self.document_ids.sorted(lambda paper: list(KINDS).index(paper.kind)),
            lambda paper: (paper.kind, paper.case or ""),
        )
        found, number = [], 0
        for (kind, case), papers in groups:
            lines = []
            for paper in papers:
                number += kind != "note"
                counts = [number_in_words(count) if count else "" for count in _counts(paper)]
                lines.append((number if kind != "note" else "", paper, counts))
            found.append((f"{KINDS[kind]} – {case}" if case else KINDS[kind], lines))
        return found

    def _sheet_cases(self, desk):
        """The steps by case and level, with sub-totals where there are several levels."""
        records, steps, _term, own = self._workflow_parts()
        found = []
        for case, places in by_case(steps).items():
            unit = own[case].unit if case in own else self.duration_unit
            runs = sections(steps, places)
            numbers = iter(range(1, len(places) + 1))
            found.append(
                {
                    "name": case,
                    "total": _time(total([run.time for run in runs]), unit),
                    "sections": [
                        {
                            "name": f"{ROMAN[order]}. {LEVELS[run.level]}" if runs[1:] else "",
                            "level": LEVELS[run.level],
                            "time": _time(run.time, unit),
                            "steps": [
                                (next(numbers), step, _who(step, desk), _time(step.duration, unit))
                                for step in records.browse([records[each].id for each in run.places])
                            ],
                        }
                        for order, run in enumerate(runs)
                    ],
                }
            )
        return found


def _counts(paper):
    return paper.originals, paper.copies


def _time(amount, unit):
    # a term of the same day is written as one day
    unit = UNITS.get(unit, UNITS["working_day"])
    return f"{number_in_words(amount)} {unit}" if amount else NOT_COUNTED


def _who(step, desk):
    return step.responsible or {**HOLDERS, "counter": desk, "agency": LEVELS[step.level]}[step.role]
