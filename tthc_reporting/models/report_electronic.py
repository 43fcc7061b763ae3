from datetime import datetime, time

from odoo import models
from odoo.tools import SQL

from odoo.addons.tthc_onestop.models.res_company import to_utc

from .report import Facts
from .report_settlement import COUNTED, DAY, DECIDED


class TthcReport(models.AbstractModel):
    _inherit = "tthc.report"

    def _facts_electronic(self, scope):
        """The dossiers of form II.06a with what was digitised of them by the cut-off.

        Digitised are papers of which one has a scan or was reused, and a result of which every
        document in force has a file; a result without a document is not.
        """
        return Facts(
            SQL(
                """
                WITH %(settled)s, scope AS (
                    SELECT settled.*,
                           NOT pending AND status IN %(decided)s AS decided,
                           papers.reused IS TRUE AS reused,
                           papers.digitised IS TRUE AS papers_digitised,
                           results.digitised IS TRUE AS result_digitised
                      FROM settled
                 LEFT JOIN LATERAL (
                        SELECT BOOL_OR(reused) AS reused, BOOL_OR(reused OR scanned) AS digitised
                          FROM (
                            SELECT paper.digitisation IN ('reused_dossier', 'reused_result')
                                   AND (reused_on <= %(last)s) IS NOT FALSE AS reused,
                                   EXISTS (SELECT FROM tthc_dossier_file
                                            WHERE document_id = paper.id
                                              AND attached_at < %(cut)s) AS scanned
                              FROM tthc_dossier_document paper
                             WHERE paper.dossier_id = settled.id) AS each) papers ON TRUE
                 LEFT JOIN LATERAL (
                        SELECT BOOL_AND(attachment_id IS NOT NULL) AS digitised
                          FROM tthc_dossier_result result
                         WHERE dossier_id = settled.id AND recorded_at < %(cut)s
                           AND NOT EXISTS (SELECT FROM tthc_dossier_result
                                            WHERE corrects_id = result.id
                                              AND recorded_at < %(cut)s)) results ON TRUE
                )""",
                settled=self._settled(scope),
                decided=DECIDED,
                last=scope.date_to,
                cut=to_utc(datetime.combine(scope.date_to + DAY, time.min)),
            ),
            COLUMNS,
            COUNTED,
        )


COLUMNS = {
    "3": SQL("received_in_period"),
    "4": SQL("received_in_period AND channel = 'online'"),
    "5": SQL("received_in_period AND channel = 'direct'"),
    "6": SQL("received_in_period AND channel = 'post'"),
    "7": SQL("received_in_period AND NOT papers_digitised"),
    "8": SQL("received_in_period AND papers_digitised"),
    "9": SQL("received_in_period AND reused"),
    "10": SQL("decided"),
    "11": SQL("decided AND NOT result_digitised"),
    "12": SQL("decided AND result_digitised"),
}
