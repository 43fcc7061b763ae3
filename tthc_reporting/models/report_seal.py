import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.tthc_onestop.models.guard import append_only

from ..rules import seal as rules
from ..rules.forms import FORMS
from .report_period import ALL_FIGURES, changed_figures, with_headings


class TthcReportSeal(models.Model):
    """A report as it was signed: never changed, never deleted, chained to the one sealed before."""

    _name = "tthc.report.seal"
    _description = "Sealed report"
    _order = "company_id, position desc"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    position = fields.Integer(required=True, aggregator=None, string="No.")
    period_id = fields.Many2one(
        "tthc.report.period", required=True, ondelete="restrict", index=True
    )
    date_from = fields.Date(required=True)
    date_to = fields.Date(required=True)
    sealed_at = fields.Datetime(required=True)
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="Sealed by")
    replaces_id = fields.Many2one("tthc.report.seal", ondelete="restrict")
    reason = fields.Text(help="Why it replaces a report sealed before.")
    rules_version = fields.Char(required=True)
    content = fields.Json(
        groups=ALL_FIGURES,
        help="The figures of each form; of each dossier behind them the position in its ledger, "
        "its row and its columns; and what concerns reports sealed before.",
    )
    workbook = fields.Binary(attachment=False, groups=ALL_FIGURES)
    workbook_name = fields.Char(compute="_compute_workbook_name")
    workbook_digest = fields.Char(required=True, help="SHA-256 of the workbook.")
    document = fields.Binary(
        attachment=False, groups=ALL_FIGURES, help="The written report, a Word document."
    )
    document_name = fields.Char(compute="_compute_workbook_name")
    digest = fields.Char(required=True)
    sheets = fields.Json(compute="_compute_sheets", string="Forms", groups=ALL_FIGURES)
    changed = fields.Html(
        compute="_compute_changed",
        groups=ALL_FIGURES,
        help="The figures that are others than in the report that it replaces.",
    )

    _position_uniq = models.Constraint(
        "UNIQUE(company_id, position)", "Another report was sealed at this moment: try again."
    )
    _days_idx = models.Index("(company_id, date_from, date_to)")

    @api.depends("content")
    def _compute_sheets(self):
        for seal in self:
            seal.sheets = with_headings(seal.part("figures"))

    @api.depends("content", "replaces_id")
    @api.depends_context("lang")
    def _compute_changed(self):
        for seal in self:
            replaced = seal.replaces_id
            seal.changed = bool(replaced) and seal.changed_from(
                replaced.part("figures"), seal.part("figures")
            )

    @api.private
    @api.model
    def changed_from(self, before, after):
        """The figures that differ between two sets by form, as a table; empty for none."""
        changed = [
            (code, FORMS[code].column_label(change.column), change)
            for code, change in changed_figures(before, after)
        ]
        return changed and self.env["ir.qweb"]._render(
            "tthc_reporting.report_changed_figures", {"changed": changed}, minimal_qcontext=True
        )

    @api.private
    def part(self, name):
        """A part of what was sealed, None when it has none.

        The rest stays in the database: what is behind the figures may be a hundred thousand lines.

        :raises AccessError: the user's roles give no figures of a whole commune
        """
        self.ensure_one()
        self.check_access("read")
        self._check_field_access(self._fields["content"], "read")
        self.flush_recordset(["content"])
        self.env.cr.execute(
            SQL("SELECT content->%s FROM tthc_report_seal WHERE id = %s", name, self.id)
        )
        return self.env.cr.fetchone()[0]

    @api.depends("period_id", "position")
    def _compute_display_name(self):
        for seal in self:
            seal.display_name = f"{seal.position}: {seal.period_id.name}"

    @api.depends("date_from", "date_to", "position")
    def _compute_workbook_name(self):
        for seal in self:
            days = f"{seal.date_from:%Y%m%d}_{seal.date_to:%Y%m%d}"
            name = f"bao-cao_{days}_{seal.position:03d}"
            seal.workbook_name, seal.document_name = f"{name}.xlsx", f"{name}.docx"

    def action_open_dossiers(self, form, column, row_key=None):
        """What was behind a figure of this report, also when another one has replaced it."""
        self.ensure_one()
        return self.period_id._open_dossiers(self, form, column, row_key)

    @api.private
    def cell_query(self, form, column, row_key):
        """As ``tthc.report.period.cell_query``."""
        self.check_access("read")
        return self._cell_query(form, column, row_key)

    def _cell_query(self, form, column, row_key):
        return SQL(
            "SELECT (line->>0)::int %s AND line->3 ? %s AND STARTS_WITH(CONCAT(line->>2, '/'), %s)",
            self._lines(form),
            column,
            "" if row_key is None else f"{row_key}/",
        )

    def _lines(self, form):
        """FROM and WHERE: each ``line`` behind the figures of a form that the user may see."""
        # who reads the report sees what is behind its figures, of the own sectors
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
            self.id,
            own,
        )

    @api.private
    @api.model
    def seal(self, period, content, workbook, replaced, reason, document):
        """Add a report to the chain of its commune."""
        last = self.search([("company_id", "=", period.company_id.id)], limit=1)
        values = {
            "company_id": period.company_id.id,
            "position": last.position + 1,
            "period_id": period.id,
            "date_from": period.date_from,
            "date_to": period.date_to,
            "sealed_at": fields.Datetime.now(),
            "user_id": self.env.uid,
            "replaces_id": replaced.id,
            "reason": reason,
            "rules_version": rules.RULES_VERSION,
            "content": content,
            "workbook_digest": rules.file_digest(workbook),
        }
        values["digest"] = rules.digest(last.digest or "", values)
        values["workbook"] = base64.b64encode(workbook)
        values["document"] = document and base64.b64encode(document)
        # nobody may create one but the button of the period, which has checked who seals
        return self.sudo().create(values).with_env(self.env)

    @api.model
    def verify_chain(self):
        """The first break of the chain of each commune that the user may see.

        :return: commune, position and problem: what ``rules.seal.first_break`` says, or "unsealed"
            when a period is said to be sealed and has no sealed report
        :raises AccessError: the user's roles give no figures of a whole commune
        """
        if not self.env["tthc.report"].sees_all_sectors():
            raise AccessError(self.env._("Your role gives no access to sealed reports."))
        problems = []
        for company, seals in self._read_group([], ["company_id"], ["id:recordset"]):
            if found := rules.first_break(seal._kept() for seal in seals.sorted("position")):
                problems.append(
                    {"company": company.name, "position": found[0], "problem": found[1]}
                )
        periods = self.env["tthc.report.period"].search(
            [("state", "in", ["sealed", "sent"]), ("seal_ids", "=", False)]
        )
        return problems + [
            {"company": period.company_id.name, "position": 0, "problem": "unsealed"}
            for period in periods
        ]

    def _kept(self):
        """The values of one report as the database has them; the cache keeps none of the files."""
        self.env.cr.execute(SQL("SELECT * FROM tthc_report_seal WHERE id = %s", self.id))
        [values] = self.env.cr.dictfetchall()
        return values | {
            file: base64.b64decode(values[file] or "") for file in ("workbook", "document")
        }

    def action_verify(self):
        """Say whether the sealed reports are as they were sealed."""
        problems = self.verify_chain()
        if problems:
            labels = {
                "missing": self.env._("is missing"),
                "workbook": self.env._("has another file"),
                "document": self.env._("has another written report"),
                "changed": self.env._("was changed"),
                "unsealed": self.env._("is said to be sealed and has no sealed report"),
            }
            raise UserError(
                "\n".join(
                    f"{problem['company']}: {problem['position']} {labels[problem['problem']]}"
                    for problem in problems
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("All sealed reports are as they were sealed."),
            },
        }

    def init(self):
        """Let the database itself refuse to change or delete a sealed report, whoever asks."""
        result = super().init()
        message = "a sealed report is never changed"
        append_only(self.env.cr, self._table, message)
        return result
