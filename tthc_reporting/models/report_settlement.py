from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ..rules.settlement import II_06A
from .report import Facts

DECIDED = ("settled", "returned")  # with a result
DAY = timedelta(days=1)


class TthcReport(models.AbstractModel):
    _inherit = "tthc.report"

    def _facts_settlement(self, scope):
        """The dossiers of a period, each as it stood at the cut-off and on the eve of the period.

        One dossier received by the last day, one row: what its last event by that day says. A
        dossier decided before the period can have no figure in it, so the history is not scanned.
        """
        return Facts(
            SQL("WITH %s, scope AS (SELECT * FROM settled)", self._settled(scope)),
            COLUMNS,
            COUNTED,
            # column 11 of the eve, from what came into and left the pending until then
            SQL("COALESCE(SUM(moves_before), 0)"),
        )

    def _settled(self, scope):
        """The dossiers of a period, and a few that do not count, as named queries."""
        first, last = scope.date_from, scope.date_to
        form = self.env["tthc.report.form"].sudo()  # how statuses are counted is no secret
        settings, eve = (form.in_force_on(II_06A.code, day) for day in (last, first - DAY))
        self.env.flush_all()
        return SQL(
            """
            stood AS (
                SELECT dossier.id, dossier.sector_id, dossier.channel,
                       -- what is opened again comes in again: its first end is told already
                       dossier.entered_on >= %(first)s
                       OR (dossier.reopened_on >= %(first)s AND EXISTS (
                           SELECT FROM tthc_dossier_event
                            WHERE dossier_id = dossier.id AND kind = 'reopen'
                              AND counted_on BETWEEN %(first)s AND %(last)s)
                       ) IS TRUE AS entered_in_period,
                       cut.position, cut.to_status AS status, cut.due_on, cut.outcome,
                       COALESCE(eve.pending, FALSE) AS pending_before, eve.moves AS moves_before
                  FROM tthc_dossier dossier
                  JOIN LATERAL (
                        SELECT position, to_status, due_on, outcome FROM tthc_dossier_event
                         WHERE dossier_id = dossier.id AND counted_on <= %(last)s
                      ORDER BY position DESC LIMIT 1) cut ON TRUE
                  JOIN LATERAL (
                        -- whether the last one left it pending, and the same from all the moves
                        SELECT MAX(position) FILTER (WHERE to_status IN %(pending_eve)s)
                               = MAX(position) AS pending,
                               COUNT(*) FILTER (WHERE to_status IN %(pending_eve)s)
                               - COUNT(*) FILTER (WHERE from_status IN %(pending_eve)s) AS moves
                          FROM tthc_dossier_event
                         WHERE dossier_id = dossier.id AND counted_on < %(first)s
                           AND dossier.received_on < %(first)s) eve ON TRUE
                 WHERE dossier.company_id = %(company)s
                   AND dossier.received_on <= %(last)s AND dossier.entered_on <= %(last)s
                   AND (dossier.settled_on IS NULL OR dossier.settled_on >= %(first)s)
                   AND %(sectors)s
            ), settled AS (
                SELECT *,
                       status IN %(pending)s AS pending,
                       entered_in_period AND NOT pending_before AS received_in_period,
                       due_on < %(last)s AND status NOT IN %(never_late)s AS overdue
                  FROM stood
                OFFSET 0 -- each is judged once, however many columns ask
            )""",
            first=first,
            last=last,
            pending=settings.pending_statuses(),
            pending_eve=eve.pending_statuses(),
            never_late=("supplement", "stopped", "withdrawn"),  # waiting for the citizen, or over
            company=scope.company.id,
            sectors=scope.sectors,
        )


COUNTED = SQL("(entered_in_period OR pending_before)")
# what each column counts among the dossiers in scope
COLUMNS = {
    "3": SQL("TRUE"),
    "4": SQL("received_in_period AND channel = 'online'"),
    "5": SQL("received_in_period AND channel != 'online'"),
    "6": SQL("NOT received_in_period"),
    "7": SQL("NOT pending"),
    "8": SQL("NOT pending AND outcome = 'early'"),
    "9": SQL("NOT pending AND (outcome = 'on_time' OR status NOT IN %s)", DECIDED),
    "10": SQL("NOT pending AND outcome = 'late'"),
    "11": SQL("pending"),
    "12": SQL("pending AND overdue IS NOT TRUE"),
    "13": SQL("pending AND overdue"),
}
