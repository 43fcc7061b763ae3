from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import groupby

from ..render.pdf import html_to_pdf
from ..rules.vietnamese import day_in_words
from .dossier_document_reuse import REUSED
from .res_company import to_local

# the ids stand in the address of the sheet, which has a longest length
MOST = 500


class TthcDossier(models.Model):
    """The sheet that goes with the papers when dossiers are handed over, drawn from the ledger."""

    _inherit = "tthc.dossier"

    def action_print_handover(self):
        """Open the hand-over sheet of these dossiers in a new tab.

        :raises UserError: none of them has been handed over, or they are too many
        """
        if len(self) > MOST:
            raise UserError(
                self.env._("A hand-over sheet lists at most %(count)s dossiers.", count=MOST)
            )
        if not self._handovers():
            raise UserError(self.env._("None of these dossiers has been handed over yet."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/tthc/handover?ids={','.join(map(str, self.ids))}",
            "target": "new",
        }

    @api.private
    def handover_pdf(self) -> bytes | None:
        """A4 pages: one list for each day, giver and taker; None when nothing was handed over."""
        sheets = [
            self._handover_sheet(events)
            for _, events in groupby(
                self._handovers(), lambda each: (each.happened_on, each.user_id, each.officer_id)
            )
        ]
        if not sheets:
            return None
        html = self.env["ir.qweb"]._render(
            "tthc_onestop.handover", {"sheets": sheets}, minimal_qcontext=True
        )
        return html_to_pdf(str(html), fields.Datetime.now())

    def _taken(self, event):
        """What a sheet says of who took the papers of a hand-over, nothing while nobody has."""
        dossier = event.dossier_id
        if not dossier.taken_at or dossier.taken_at < event.happened_at:
            return None
        moment = to_local(dossier.taken_at)
        same_day = moment.date() == event.happened_on
        taker = dossier.taken_by_id
        return {
            "at": f"{moment:%H:%M}" if same_day else f"{moment:%H:%M %d/%m/%Y}",
            "by": taker.tthc_name() if taker != event.officer_id else "",
        }

    def _handovers(self):
        """The last hand-over of each dossier, in their order in time."""
        events = self.env["tthc.dossier.event"].search(
            [("dossier_id", "in", self.ids), ("kind", "=", "process")]
        )
        last = {event.dossier_id: event.id for event in events}  # in the order of the ledger
        return events.browse(last.values()).sorted(lambda event: (event.happened_at, event.id))

    def _handover_sheet(self, events):
        """What one list says, from the hand-overs of a day between the same two people."""
        first, dossiers = events[0], [event.dossier_id for event in events]
        company = first.company_id.tthc_letterhead()
        return {
            "agency": company.name.upper(),
            "desk": dossiers[0]._regime_on(first.happened_at).desk_name.upper(),
            "place": company.place,
            "date": day_in_words(first.happened_on),
            "giver": first.user_id.tthc_name(),
            # a sector without a specialist: whoever takes them signs
            "taker": first.officer_id.tthc_name() if first.officer_id else "…" * 9,
            "dossiers": [
                {
                    "hour": f"{to_local(event.happened_at):%H:%M}",
                    "taken": self._taken(event),
                    "code": event.dossier_id.name,
                    "applicant": event.dossier_id.applicant_name,
                    "procedure": event.dossier_id.procedure_id.terms().name,
                    "papers": [
                        paper.name
                        for paper in event.dossier_id.document_ids.filtered("handed_in").sorted()
                        # what was reused or only shown is no sheet in the folder
                        if paper.kind == "hand_in" and paper.digitisation not in REUSED
                    ],
                }
                for event in events
            ],
        }
