from collections import Counter

from odoo import api, fields, models
from odoo.tools import groupby

from ..rules.holding_time import HOLDERS, holdings
from ..rules.lifecycle import OPEN
from ..rules.working_time import YearNotEntered
from .dossier import PERSONAL
from .res_company import to_local
from .selection import selection_of

COLOURS = ("info", "primary", "success", "warning", "secondary", "danger")
LOOKED_AT = "dossier_id kind happened_at from_status to_status user_id officer_id details".split()


class TthcDossier(models.Model):
    """In whose hands a dossier was, and for how much working time: told by its ledger alone."""

    _inherit = "tthc.dossier"

    holding_bar = fields.Html(
        string="In whose hands",
        compute="_compute_holding_bar",
        compute_sudo=True,
        sanitize=False,  # drawn here from a template
        groups=PERSONAL,
        exportable=False,
    )

    @api.depends("event_ids")
    def _compute_holding_bar(self):
        labels = dict(selection_of("tthc.holding.total", "holder")(self))
        for dossier, found in self._holdings().items():
            minutes = Counter()
            for one in found:
                minutes[one.holder] += one.minutes
            total = sum(minutes.values())
            values = {
                "parts": [
                    {
                        "label": labels[holder],
                        "colour": colour,
                        "time": _hours(minutes[holder]),
                        "share": 100 * minutes[holder] / total,
                    }
                    for holder, colour in zip(HOLDERS, COLOURS, strict=True)
                    if minutes[holder]
                ],
                "total": _hours(total),
                "now": False,
            }
            if found and dossier.status in OPEN:
                values["now"] = {
                    "holder": labels[found[-1].holder],
                    "user": self.env["res.users"].browse(found[-1].user).name,
                    "since": f"{found[-1].start:%H:%M %d/%m/%Y}",
                }
            dossier.holding_bar = found and self.env["ir.qweb"]._render(
                "tthc_onestop.holding_bar", values
            )

    def _holdings(self):
        """The ``Holding``s of each of these dossiers; none where the calendar ends too early."""
        events = self.env["tthc.dossier.event"].search_fetch(
            [("dossier_id", "in", self.ids)], LOOKED_AT, order="dossier_id, position"
        )
        ledgers = dict(groupby(events, lambda event: event.dossier_id.id))
        now = to_local(fields.Datetime.now())
        found = {}
        for dossier in self:
            rows = [_row(event) for event in ledgers.get(dossier._origin.id, ())]
            try:
                found[dossier] = holdings(dossier.company_id.tthc_work_calendar(), rows, now)
            except YearNotEntered:
                found[dossier] = []
        return found


def _row(event):
    """An event as ``rules.holding_time`` reads it; a reception has its legal moment."""
    received_at = (event.details or {}).get("received_at")
    return {
        "kind": event.kind,
        "happened_at": to_local(fields.Datetime.to_datetime(received_at) or event.happened_at),
        "from_status": event.from_status,
        "to_status": event.to_status,
        "user_id": event.user_id.id,
        "officer_id": event.officer_id.id or None,
        "details": event.details,
    }


def _hours(minutes):
    return f"{minutes // 60}:{minutes % 60:02d}"
