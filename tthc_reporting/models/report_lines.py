from odoo import api, models
from odoo.tools import SQL

from ..render.xlsx_dossiers import Line

AT_ONCE = 2_000  # rows: enough that asking for more costs nothing, few enough to fit anywhere


class TthcReport(models.AbstractModel):
    _inherit = "tthc.report"

    @api.private
    @api.model
    def lines(self, behind):
        """The dossiers of a statement of ``behind_query`` for the workbook, a few at a time.

        One reader at a time: they share a cursor of the transaction.
        """
        cr = self.env.cr
        self.env.flush_all()
        # all rows are read, so the plan is the one for all
        cr.execute("SET LOCAL cursor_tuple_fraction = 1")
        cr.execute(
            SQL(
                """
                DECLARE tthc_report_lines NO SCROLL CURSOR FOR
                SELECT dossier.name, procedure.name, sector.name, dossier.received_on,
                       event.due_on, event.settled_on, event.outcome, behind.cells
                  FROM (%s) AS behind
                  JOIN tthc_dossier dossier ON dossier.id = behind.id
                  JOIN tthc_dossier_event event
                    ON event.dossier_id = behind.id AND event.position = behind.position
                  JOIN tthc_procedure procedure ON procedure.id = dossier.procedure_id
             LEFT JOIN tthc_sector sector ON sector.id = dossier.sector_id
              ORDER BY behind.id""",
                behind,
            )
        )
        while True:
            cr.execute(SQL("FETCH %s FROM tthc_report_lines", AT_ONCE))
            rows = cr.fetchall()
            if not rows:
                break
            yield from map(Line._make, rows)
        cr.execute("CLOSE tthc_report_lines")
