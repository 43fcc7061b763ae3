from odoo import models
from odoo.tools import SQL

from .report import Facts


class TthcReport(models.AbstractModel):
    _inherit = "tthc.report"

    def _facts_feedback(self, scope):
        """Form II.05a: what came in by the last day and was not answered before the first.

        Asks of ``tthc.feedback`` the local days of what happened to it, as a dossier has them:
        received_on, answered_on, published_on, and dismissed_on for what was forwarded or refused.
        A status of today would move the figures of the past.
        """
        self.env.flush_all()
        return Facts(
            SQL(
                """
                WITH scope AS (
                    SELECT id, 0 AS position, sector_id, category, received_on,
                           received_on < %(first)s AS carried,
                           (dismissed_on <= %(last)s) IS TRUE AS dismissed,
                           (answered_on <= %(last)s) IS TRUE
                           AND (dismissed_on <= %(last)s) IS NOT TRUE AS answered,
                           (published_on <= %(last)s) IS TRUE AS published
                      FROM (
                        SELECT feedback.*, COALESCE(procedure.sector_id, 0) AS sector_id
                          FROM tthc_feedback feedback
                     LEFT JOIN tthc_procedure procedure ON procedure.id = feedback.procedure_id
                     ) AS dossier -- the name in the condition on the sectors
                     WHERE company_id = %(company)s AND received_on <= %(last)s
                       AND (LEAST(answered_on, dismissed_on) < %(first)s) IS NOT TRUE
                       AND %(sectors)s
                )""",
                company=scope.company.id,
                first=scope.date_from,
                last=scope.date_to,
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
