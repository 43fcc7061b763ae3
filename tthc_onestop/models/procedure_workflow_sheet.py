from itertools import count

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import groupby

from ..render.pdf import html_to_pdf
from ..rules.public_text import without_remarks
from ..rules.vietnamese import number_in_short
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
            "sets": number_in_short(self.sets) if self.sets else BLANK,
            "channels": [(CHANNELS[line.channel], line) for line in self.channel_ids],
            "papers": self._sheet_papers(),
            "forms": [paper for paper in self.document_ids if paper.form_name],
            "cases": self._sheet_cases(desk),
            "published": without_remarks,
            # numbers of the headings, of which some are left out
            "chapter": count(1).__next__,
            "part": count(1).__next__,
        }

    def _sheet_papers(self):
        """The papers in groups: a heading, and the number of each in the list."""
        groups = groupby(
            self.document_ids.sorted(lambda paper: list(KINDS).index(paper.kind)),
            lambda paper: (paper.kind, paper.case or ""),
        )
        numbers = count(1)
        return [
            (
                f"{KINDS[kind]} – {case}" if case else KINDS[kind],
                [("" if kind == "note" else next(numbers), paper) for paper in papers],
            )
            for (kind, case), papers in groups
        ]

    def _sheet_cases(self, desk):
        """The steps by case and level, with sub-totals where there are several levels."""
        records, steps, _term, own = self._workflow_parts()
        found = []
        for case, places in by_case(steps).items():
            runs = sections(steps, places)
            unit = own[case].unit if case in own else self.duration_unit
            found.append(
                {
                    "name": case,
                    # a term of the same day is one day
                    "unit": UNITS.get(unit, UNITS["working_day"]),
                    "total": number_in_short(total([run.time for run in runs])),
                    "sections": [
                        (
                            LEVELS[run.level] if runs[1:] else "",
                            _time(run.time),
                            [
                                (
                                    places.index(each) + 1,
                                    step,
                                    _who(step, desk),
                                    _time(step.duration),
                                )
                                for each, step in ((each, records[each]) for each in run.places)
                            ],
                        )
                        for run in runs
                    ],
                }
            )
        return found


def _time(amount):
    return number_in_short(amount) if amount else NOT_COUNTED


def _who(step, desk):
    return step.responsible or {**HOLDERS, "counter": desk, "agency": LEVELS[step.level]}[step.role]
