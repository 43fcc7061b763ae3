from collections.abc import Mapping

from odoo import api, models
from odoo.tools import SQL

# what breaks the statistics of a dossier, as it stood at the cut-off
PROBLEMS: Mapping[str, SQL] = {
    "settled_before_received": SQL("LEAST(cut.settled_on, dossier.settled_on) < received_on"),
    "no_due_date": SQL("cut.due_on IS NULL AND cut.duration > 0"),
    "no_sector": SQL("dossier.sector_id IS NULL"),
    "archived_sector": SQL("NOT sector.active"),
    "no_officer": SQL("cut.to_status = 'processing' AND cut.officer_id IS NULL"),
    # what comes by post was filed before the desk has it, whenever that was entered
    "received_before_filed": SQL("received_at < submitted_at AND channel != 'post'"),
}
# with these a figure is wrong or in no row, so nothing is sealed
BLOCKING = frozenset({"settled_before_received", "no_due_date", "no_sector"})


class TthcReport(models.AbstractModel):
    _inherit = "tthc.report"

    @api.private
    @api.model
    def problems(self, date_from, date_to, company_id):
        """The ids of the dossiers of these local days by what is wrong with them (``PROBLEMS``).

        :raises AccessError, UserError: as for ``get_figures``
        """
        first, last = self._days(date_from, date_to)
        company, sectors = self._readable(company_id)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT problem.kind, ARRAY_AGG(dossier.id ORDER BY dossier.id)
                  FROM tthc_dossier dossier
                  JOIN LATERAL (
                        SELECT * FROM tthc_dossier_event
                         WHERE dossier_id = dossier.id AND counted_on <= %(last)s
                      ORDER BY position DESC LIMIT 1) cut ON TRUE
             LEFT JOIN tthc_sector sector ON sector.id = dossier.sector_id
            CROSS JOIN LATERAL (VALUES %(problems)s) AS problem (kind, found)
                 WHERE dossier.company_id = %(company)s AND dossier.received_on <= %(last)s
                       -- of earlier days what was pending, as the ledger has it
                   AND (dossier.received_on >= %(first)s
                        OR COALESCE(cut.ended_on, %(first)s) >= %(first)s)
                   AND (dossier.settled_on IS NULL OR dossier.settled_on >= %(first)s
                        OR dossier.received_on >= %(first)s)
                   AND problem.found AND %(sectors)s
              GROUP BY problem.kind""",
                first=first,
                last=last,
                company=company.id,
                sectors=sectors,
                problems=SQL(", ").join(
                    SQL("(%s, %s)", kind, condition) for kind, condition in PROBLEMS.items()
                ),
            )
        )
        return dict(self.env.cr.fetchall())
