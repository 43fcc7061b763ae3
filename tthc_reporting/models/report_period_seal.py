import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from odoo.addons.tthc_onestop.models.res_company import to_local

from ..render.xlsx import Paper
from ..rules.forms import FORMS
from ..rules.seal import file_digest


class TthcReportPeriod(models.Model):
    """Sealing (chốt số liệu): from then on the figures are those that were signed."""

    _inherit = "tthc.report.period"

    seal_ids = fields.One2many("tthc.report.seal", "period_id", string="Sealed reports")
    seal_id = fields.Many2one(
        "tthc.report.seal", compute="_compute_seal_id", string="Sealed report in force"
    )
    sent_at = fields.Datetime(readonly=True, copy=False)
    adjustments = fields.Json(compute="_compute_adjustments")

    @api.depends("seal_ids")
    def _compute_seal_id(self):
        for period in self:
            period.seal_id = period.seal_ids[:1]  # the newest

    def _figures(self):
        return self.seal_id.content["figures"] if self.seal_id else super()._figures()

    @api.depends("seal_id", "date_from", "date_to", "company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_adjustments(self):
        for period in self:
            period.adjustments = period._adjustments() if period._has_days() else False

    def _adjustments(self):
        return self.env["tthc.report"].adjustments(*self._days())

    def _cell_query(self, form, column, row_key):
        """Of a sealed report what was behind the figure."""
        if not self.seal_id:
            return super()._cell_query(form, column, row_key)
        return SQL(
            "SELECT (line->>0)::int %s AND line->3 ? %s AND STARTS_WITH(CONCAT(line->>2, '/'), %s)",
            self._sealed(form),
            column,
            "" if row_key is None else f"{row_key}/",
        )

    def _behind(self, form):
        """Of a sealed report those that were behind its figures, as they stood then."""
        if not self.seal_id:
            return super()._behind(form)
        # the seal's own order is that of the ids
        return SQL(
            """
            SELECT (line->>0)::int AS id, (line->>1)::int AS position,
                   line->>2 AS row,
                   ARRAY(SELECT JSONB_ARRAY_ELEMENTS_TEXT(line->3)) AS cells
                   %s ORDER BY 1""",
            self._sealed(form),
        )

    def _sealed(self, form):
        """FROM and WHERE: each ``line`` behind the figures of the seal that the user may see."""
        # who reads the period sees what is behind its figures, of the own sectors
        if self.env["tthc.report"].sees_all_sectors() or FORMS[form].by != "sector":
            own = SQL("TRUE")
        else:
            own = SQL(
                "SPLIT_PART(line->>2, '/', 1)::int IN %s",
                tuple(self.env.user.tthc_sector_ids.ids or [0]),
            )
        if FORMS[form].counts == "feedback":
            own = SQL(
                "%s AND (line->>0)::int IN (SELECT id FROM tthc_feedback feedback WHERE %s)",
                own,
                self.env["tthc.report"].shown_feedback(),
            )
        return SQL(
            """FROM tthc_report_seal seal,
                    JSONB_ARRAY_ELEMENTS(seal.content->'behind'->%s) AS line
              WHERE seal.id = %s AND %s""",
            form,
            self.seal_id.id,
            own,
        )

    def _taken_at(self):
        return self.seal_id.sealed_at or super()._taken_at()

    def _papers_in_force(self):
        # what stands around the figures is no secret
        kept = self.seal_id.sudo().content if self.seal_id else {}
        if "papers" not in kept:  # sealed before it was kept
            return super()._papers_in_force()
        return {code: Paper.from_dict(paper) for code, paper in kept["papers"].items()}

    def xlsx(self):
        self.ensure_one()
        if self.seal_id and self.env["tthc.report"].sees_all_sectors():
            return base64.b64decode(self.seal_id.workbook)
        return super().xlsx()

    def action_seal(self):
        """Seal the collected figures: they are kept with what is behind them, for good.

        :raises UserError: the period is not over, not collected since, sealed already, or its
            figures are wrong or others by now
        """
        self.check_access("write")
        for period in self:
            period._check_can_seal()
            period._seal(period.figures, self.env["tthc.report.seal"], "")
            period._write_kept({"state": "sealed"})
        return True

    def action_replace(self, reason):
        """Seal another report in the place of the one in force, which stays readable.

        :raises UserError: there is none, no reason is given, or nothing would be another
        """
        self.check_access("write")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the report is replaced."))
        for period in self:
            replaced = period.seal_id
            if not replaced:
                raise UserError(self.env._("%s is not sealed yet.", period.name))
            figures = period._current_figures()
            if figures == replaced.content["figures"]:
                raise UserError(
                    self.env._("The figures of %s are the sealed ones still.", period.name)
                )
            period._seal(figures, replaced, reason.strip())
            if period.state == "sent":
                period.message_post(
                    body=self.env._(
                        "The report sent on %(day)s is replaced; the new one is not sent yet.",
                        day=format_date(self.env, to_local(period.sent_at).date()),
                    )
                )
                period._write_kept({"state": "sealed", "sent_at": False})
        return True

    def action_send(self):
        """Record that the sealed report went to the level above."""
        self.check_access("write")
        for period in self:
            if period.state != "sealed":
                raise UserError(self.env._("%s is not sealed yet.", period.name))
            period._write_kept({"state": "sent", "sent_at": fields.Datetime.now()})
        return True

    def _check_can_seal(self):
        env = self.env
        if self.seal_id:
            raise UserError(env._("%s is sealed: its figures stay as they are.", self.name))
        self._check_prepared()
        broken = [
            f"{code}: {identity['name']}"
            for code, figures in self.figures.items()
            for identity in figures["identities"]
            if not identity["holds"]
        ]
        if broken:
            raise UserError(
                env._("The figures do not add up: %s. They cannot be sealed.", ", ".join(broken))
            )

    def _check_prepared(self):
        if self.state != "collecting" or not self._is_final():
            raise UserError(
                self.env._(
                    "The figures of %s have not been prepared since its last day was over: "
                    "prepare them first.",
                    self.name,
                )
            )
        if self._current_figures() != self.figures:
            raise UserError(
                self.env._(
                    "The figures of %s are others than those prepared: prepare them again and "
                    "look at them.",
                    self.name,
                )
            )

    def _seal(self, figures, replaced, reason):
        report = self.env["tthc.report"]
        content = {
            "figures": figures,
            "behind": {code: report.behind(code, *self._days()) for code in figures},
            "adjustments": self._adjustments(),
        }
        text, document = self._text_to_seal(figures)
        if text:
            content["text"] = text | {"docx_digest": file_digest(document)}
        papers = self._papers()
        content["papers"] = {code: paper.as_dict() for code, paper in papers.items()}
        workbook = self._workbook(
            figures, lambda code: report.behind_query(code, *self._days()), papers
        )
        self.env["tthc.report.seal"].seal(self, content, workbook, replaced, reason, document)
        self.invalidate_recordset(["seal_ids", "seal_id", "sheets"])
