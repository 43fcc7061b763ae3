from odoo import models
from odoo.tools import SQL

from ..rules.settlement import LATE
from .report import Facts
from .report_settlement import COLUMNS, COUNTED

KINDS = {"4": "regulation", "5": "staff", "6": "facilities", "7": "other"}


class TthcReport(models.AbstractModel):
    _inherit = "tthc.report"

    def _facts_overdue_causes(self, scope):
        """The late dossiers of form II.06a with the cause that was handed in for these days."""
        self.env.flush_all()
        late = SQL(" OR ").join(COLUMNS[column] for column in LATE)
        return Facts(
            SQL(
                """
                WITH %(settled)s, scope AS (
                    SELECT settled.*, given.kind AS cause FROM settled
                 LEFT JOIN LATERAL (
                        SELECT cause.kind FROM tthc_report_hand_in_line line
                          JOIN tthc_report_hand_in hand_in ON hand_in.id = line.hand_in_id
                          JOIN tthc_report_period period ON period.id = hand_in.period_id
                          JOIN tthc_report_overdue_cause cause ON cause.id = line.cause_id
                         WHERE line.dossier_id = settled.id AND line.is_late
                           AND period.date_to BETWEEN %(first)s AND %(last)s
                      ORDER BY period.date_to DESC, line.id DESC LIMIT 1) given ON TRUE
                     WHERE %(late)s
                )""",
                settled=self._settled(scope),
                first=scope.date_from,
                last=scope.date_to,
                late=late,
            ),
            {
                "3": SQL("TRUE"),
                **{column: SQL("cause = %s", kind) for column, kind in KINDS.items()},
                "8": SQL("cause IS NULL"),
            },
            COUNTED,
        )
