from odoo import api, models
from odoo.tools import SQL


class TthcReport(models.AbstractModel):
    _inherit = "tthc.report"

    @api.private
    @api.model
    def adjustments(self, date_from, date_to, company_id):
        """What happened in these days to dossiers that a sealed report of earlier days has told of.

        The sealed figures stay; here it is said what a reader of both has to know.

        :return: of each its kind (late: of earlier days, entered now · reopen · correct_result),
            dossier, code, position in its ledger, sealed report and reason, in the order of time
        """
        first, last = self._days(date_from, date_to)
        company, sectors = self._readable(company_id)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT found.kind, found.dossier_id, found.code, found.position, seal.id,
                       found.reason
                  FROM (
                    SELECT CASE event.kind WHEN 'receive' THEN 'late' ELSE event.kind END AS kind,
                           CASE event.kind WHEN 'receive' THEN dossier.received_on
                                           WHEN 'reopen' THEN before.ended_on
                                           ELSE event.settled_on END AS day,
                           dossier.id AS dossier_id, dossier.name AS code, event.position,
                           COALESCE(event.reason, '') AS reason, event.happened_at
                      FROM tthc_dossier_event event
                      JOIN tthc_dossier dossier ON dossier.id = event.dossier_id
                 LEFT JOIN tthc_dossier_event before ON before.dossier_id = event.dossier_id
                       AND before.position = event.position - 1
                     WHERE event.company_id = %(company)s
                       AND event.happened_on BETWEEN %(first)s AND %(last)s
                       AND event.kind IN ('receive', 'reopen', 'correct_result') AND %(sectors)s
                  ) AS found
                  JOIN LATERAL (
                    SELECT id FROM tthc_report_seal
                     WHERE company_id = %(company)s AND date_to < %(first)s
                       AND found.day BETWEEN date_from AND date_to
                  ORDER BY position DESC LIMIT 1) seal ON TRUE
              ORDER BY found.happened_at, found.dossier_id, found.position""",
                company=company.id,
                first=first,
                last=last,
                sectors=sectors,
            )
        )
        keys = ("kind", "dossier_id", "code", "position", "seal_id", "reason")
        return [dict(zip(keys, line, strict=True)) for line in self.env.cr.fetchall()]
