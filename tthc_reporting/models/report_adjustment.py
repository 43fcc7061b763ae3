from odoo import api, models
from odoo.tools import SQL


class TthcReport(models.AbstractModel):
    _inherit = "tthc.report"

    @api.private
    @api.model
    def adjustments(self, date_from, date_to, company_id):
        """What happened in these days to what a sealed report of earlier days has told of.

        The sealed figures stay; here it is said what a reader of both has to know.

        :return: of each its kind (late: of earlier days, entered now · reopen · correct_result ·
            entered_late: of these days, entered after them), model, id, code, position in its
            ledger, sealed report (none when entered late) and reason; dossiers, then the feedback
            that the user sees, each in the order of time
        """
        first, last = self._days(date_from, date_to)
        company, sectors = self._readable(company_id)
        return [
            *self._dossier_adjustments(first, last, company, sectors),
            *self._late_entries(first, last, company, sectors),
            *self._feedback_adjustments(first, last, company),
        ]

    def _late_entries(self, first, last, company, sectors):
        """What leaders entered after the last day as of these days: it is in the figures."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT event.dossier_id, dossier.name, event.position, event.reason
                  FROM tthc_dossier_event event
                  JOIN tthc_dossier dossier ON dossier.id = event.dossier_id
                 WHERE event.company_id = %s AND event.counted_on BETWEEN %s AND %s
                   AND event.happened_on > %s AND %s
              ORDER BY event.happened_at, event.dossier_id, event.position""",
                company.id,
                first,
                last,
                last,
                sectors,
            )
        )
        for dossier, code, position, reason in self.env.cr.fetchall():
            yield {
                "kind": "entered_late",
                "model": "tthc.dossier",
                "id": dossier,
                "code": code,
                "position": position,
                "seal_id": False,
                "reason": reason,
            }

    def _feedback_adjustments(self, first, last, company):
        events = self.env["tthc.feedback.event"].search(
            [
                ("company_id", "=", company.id),
                ("kind", "=", "reopen"),
                ("happened_on", ">=", first),
                ("happened_on", "<=", last),
            ],
            order="happened_at, id",
        )
        # that a day was reported on is no secret; what was reported is not read
        seals = self.env["tthc.report.seal"].sudo()
        seals = seals.search(
            [("company_id", "=", company.id), ("date_to", "<", first)], order="position desc"
        )
        ledgers = events.feedback_id.event_ids.grouped(
            lambda each: (each.feedback_id, each.position)
        )
        for event in events:
            answered_on = ledgers[event.feedback_id, event.position - 1].answered_on
            for seal in seals:
                if seal.date_from <= answered_on <= seal.date_to:
                    yield {
                        "kind": "reopen",
                        "model": "tthc.feedback",
                        "id": event.feedback_id.id,
                        "code": event.feedback_id.name,
                        "position": event.position,
                        "seal_id": seal.id,
                        "reason": event.reason,
                    }
                    break

    def _dossier_adjustments(self, first, last, company, sectors):
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
                       AND event.counted_on BETWEEN %(first)s AND %(last)s
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
        keys = ("kind", "id", "code", "position", "seal_id", "reason")
        for line in self.env.cr.fetchall():
            yield {"model": "tthc.dossier", **dict(zip(keys, line, strict=True))}
