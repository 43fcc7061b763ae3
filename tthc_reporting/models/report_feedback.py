from odoo import api, models
from odoo.tools import SQL

from .report import Facts

ORDINARY = SQL("feedback.sensitive IS NOT TRUE")  # a condition on tthc_feedback as ``feedback``


class TthcReport(models.AbstractModel):
    _inherit = "tthc.report"

    @api.private
    @api.model
    def shown_feedback(self):
        """A condition on tthc_feedback as ``feedback``: what is counted for who asks.

        In the one feedback of a sector that is not in their register a specialist would recognise
        what is about them: what is sensitive is in the figures of the whole commune alone.
        """
        whole = self.sees_all_sectors() and not self.env.context.get("tthc_of_sectors")
        return SQL("TRUE") if whole else ORDINARY

    def _facts_feedback(self, scope):
        """Form II.05a: what was not handled before the first day, and what came in by the last.

        It is read from the events as they stood on these days, so a past sheet never moves. What
        is opened again comes in again: the period before keeps it as handled.
        """
        self.env.flush_all()
        return Facts(
            SQL(
                """
                WITH dossier AS ( -- the name in the condition on the sectors
                    SELECT feedback.id, feedback.company_id, feedback.received_on,
                           now.position, COALESCE(now.sector_id, 0) AS sector_id, now.category,
                           now.answered_on, now.dismissed_on, now.published_on,
                           (before.answered_on IS NULL AND before.dismissed_on IS NULL
                            AND before.feedback_id IS NOT NULL) AS carried
                      FROM tthc_feedback feedback
                CROSS JOIN LATERAL (
                           SELECT * FROM tthc_feedback_event
                            WHERE feedback_id = feedback.id AND happened_on <= %(last)s
                         ORDER BY position DESC LIMIT 1) now
                 LEFT JOIN LATERAL (
                           SELECT * FROM tthc_feedback_event
                            WHERE feedback_id = feedback.id AND happened_on < %(first)s
                         ORDER BY position DESC LIMIT 1) before ON TRUE
                     WHERE feedback.company_id = %(company)s AND feedback.received_on <= %(last)s
                       AND %(shown)s
                ), scope AS (
                    SELECT id, position, sector_id, category, carried,
                           dismissed_on IS NOT NULL AS dismissed,
                           answered_on IS NOT NULL AND dismissed_on IS NULL AS answered,
                           published_on IS NOT NULL AS published
                      FROM dossier
                     WHERE (carried OR received_on >= %(first)s OR EXISTS (
                            SELECT FROM tthc_feedback_event
                             WHERE feedback_id = dossier.id AND kind = 'reopen'
                               AND happened_on BETWEEN %(first)s AND %(last)s))
                       AND %(sectors)s
                )""",
                company=scope.company.id,
                first=scope.date_from,
                last=scope.date_to,
                shown=self.shown_feedback(),
                sectors=scope.sectors,
            ),
            COLUMNS,
        )


COLUMNS = {
    "3": SQL("TRUE"),
    "4": SQL("category = 'conduct'"),
    "5": SQL("category = 'regulation'"),
    "6": SQL("(category IN ('conduct', 'regulation')) IS NOT TRUE"),
    "7": SQL("carried"),
    "8": SQL("NOT carried"),
    "9": SQL("answered AND category = 'conduct'"),
    "10": SQL("answered AND (category = 'conduct') IS NOT TRUE"),
    "11": SQL("NOT answered AND NOT dismissed"),
    "12": SQL("dismissed"),
    "13": SQL("published"),
}
