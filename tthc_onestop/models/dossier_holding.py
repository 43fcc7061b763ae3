from collections import Counter
from contextlib import suppress
from datetime import date

from odoo import api, fields, models
from odoo.tools import SQL, groupby

from ..rules.holding_time import FINANCE, HOLDERS, stretches, turns
from ..rules.working_time import YearNotEntered
from .dossier import PERSONAL
from .res_company import to_local, to_utc

HOLDER_LABELS = [
    ("counter", "One-stop desk"),
    ("officer", "Specialist officer"),
    ("leader", "Leader"),
    ("finance", "Finance officer"),
    ("agency", "Other agency"),
    ("citizen", "Citizen"),
]


class TthcDossier(models.Model):
    """Who has the dossier, and how much working time each holder has had it."""

    _inherit = "tthc.dossier"

    # derived when read, since they depend on now
    holding = fields.Json(
        string="Working time by holder",
        compute="_compute_holding",
        groups=PERSONAL,
        help="Minutes of working time from reception to the end, by who held the dossier.",
    )
    holder = fields.Selection(
        HOLDER_LABELS, string="Now with", compute="_compute_holding", groups=PERSONAL
    )
    held_by_id = fields.Many2one(
        "res.users", string="Held by", compute="_compute_holding", groups=PERSONAL
    )
    held_since = fields.Datetime(compute="_compute_holding", groups=PERSONAL)

    @api.depends("event_ids", "company_id")
    def _compute_holding(self):
        now = to_local(fields.Datetime.now())
        ledgers = self._holding_ledgers()
        for dossier in self:
            dossier.holding = dossier.holder = dossier.held_by_id = dossier.held_since = False
            held = turns(ledgers.get(dossier._origin.id, ()))
            if not held:
                continue
            if held[-1].holder:
                dossier.holder, dossier.held_by_id, since = held[-1]
                dossier.held_since = to_utc(since)
            with suppress(YearNotEntered):  # beyond the calendar nothing can be measured
                minutes = Counter()
                for stretch in stretches(dossier.company_id.tthc_work_calendar(), held, now):
                    minutes[stretch.holder] += stretch.minutes
                dossier.holding = {h: minutes[h] for h in HOLDERS if h in minutes}

    def _holding_ledgers(self, through=None):
        """The events of each dossier as ``rules.holding_time`` wants them, in one statement.

        Past the field groups of the ledger: the caller has read these dossiers, and of the details
        only what says who holds them goes out.

        :param through: leave out what counts after this local day
        :return: ids of dossiers to lists of mappings, which also have ``ended_on``,
            ``due_at`` (local) and ``duration_unit``
        """
        self.env.cr.execute(
            SQL(
                "SELECT dossier_id, kind, happened_at, from_status, to_status, user_id, officer_id,"
                " ended_on, due_at, duration_unit, details FROM tthc_dossier_event"
                " WHERE dossier_id IN %s AND counted_on <= %s ORDER BY dossier_id, position",
                tuple(self.ids) or (0,),
                through or date.max,
            )
        )
        events = self.env.cr.dictfetchall()
        for event in events:
            # what came by post was received when it was handed over
            details = event["details"] or {}
            moment = details.get("received_at") or details.get("done_at") or event["happened_at"]
            event["happened_at"] = to_local(fields.Datetime.to_datetime(moment))
            event["due_at"] = event["due_at"] and to_local(event["due_at"])
        return dict(groupby(events, lambda event: event["dossier_id"]))

    def _project_request_payment(self, reason):
        return [
            {"details": {"held_by": FINANCE}}
            if FINANCE in [role for _name, role, _term in terms.steps]
            else {}
            for dossier in self
            for terms in [dossier.procedure_id.terms(dossier.case_id)]
        ]
