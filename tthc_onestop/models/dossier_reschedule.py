from bisect import bisect_left

from odoo import api, models
from odoo.exceptions import UserError

from ..rules import lifecycle
from .dossier_gate import due_values
from .dossier_ledger import BATCH
from .res_company import to_local, to_utc


class TthcDossier(models.Model):
    """Due dates that the calendar of today no longer gives: found, and moved by a leader."""

    _inherit = "tthc.dossier"

    def action_reschedule(self, reason):
        """Give the due date that the calendar gives now, with a new slip 01."""
        return self._move("reschedule", reason)

    def _project_reschedule(self, reason):
        projections = []
        for dossier in self:
            due = dossier._due_by_calendar()
            if due == dossier.due_at:
                raise UserError(dossier._refusal("same_due", "reschedule"))
            projections.append(due_values(to_local(due)))
        return projections

    def _due_by_calendar(self):
        """The due moment (UTC) that the calendar gives now, False without a term."""
        found = self._deadline(self.received_at, self._clock_changes())
        return found and to_utc(found.moment) or False

    @api.model
    def _moved_by_calendar(self, company, days=None):
        """The dossiers of a commune that are not due when the calendar says, and when that is.

        Only where the office's time runs: while a dossier waits for the citizen it has no date to
        move, one is found when it resumes.

        :param days: sorted; those that have changed since every due date was right, so that only
            the dossiers whose time meets one are computed. None: all of them
        :return: a list of (dossier, due moment in UTC)
        :raises UserError: one would be due in a year whose days off are not entered
        """
        running = self.search(
            [
                ("company_id", "=", company.id),
                ("status", "in", lifecycle.RUNNING),
                ("due_on", "!=", False),
            ],
            order="id",
        )
        if days is not None:
            running = running._meeting(days)
        found = []
        for start in range(0, len(running), BATCH):
            for dossier in running[start : start + BATCH]:
                due = dossier._due_by_calendar()
                if due != dossier.due_at:
                    found.append((dossier, due))
        return found

    def _meeting(self, days):
        """Those whose due date looks at one of these days."""
        # a supplement asked for when it was late looks at the days until then too
        asked = dict(
            self.env["tthc.dossier.event"]._read_group(
                [("dossier_id", "in", self.ids), ("kind", "=", "request_supplement")],
                ["dossier_id"],
                ["happened_on:max"],
            )
        )

        def meets(dossier):
            last = max(dossier.due_on, asked.get(dossier) or dossier.due_on)
            index = bisect_left(days, dossier.received_on)
            return index < len(days) and days[index] <= last

        return self.filtered(meets)
