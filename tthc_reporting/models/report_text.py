import base64

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import report_text as rules
from ..rules.forms import FORMS


class TthcReportText(models.Model):
    """The written report of a period. Its figures are linked until the period is sealed."""

    _name = "tthc.report.text"
    _description = "Written report"
    _inherit = ["tthc.commune.mixin", "tthc.paper.mixin"]
    _paper_path = "/tthc_reporting/text"
    _commune_field = "period_id"
    _rec_name = "subject"
    _order = "id desc"

    period_id = fields.Many2one("tthc.report.period", required=True, ondelete="restrict")
    company_id = fields.Many2one(related="period_id.company_id", store=True, index=True)
    state = fields.Selection(related="period_id.state")
    approval = fields.Selection(related="period_id.approval")
    subject = fields.Char(required=True, help="Printed under BÁO CÁO.")
    number = fields.Char(help="As in “12”, printed as 12/BC-UBND; left open when empty.")
    dated_on = fields.Date(string="Day of the report", help="Left open when empty.")
    recipients = fields.Text(help="A line each, printed under Nơi nhận.")
    section_ids = fields.One2many("tthc.report.section", "text_id", string="Parts")
    preview = fields.Html(compute="_compute_preview")

    _period_uniq = models.Constraint(
        "UNIQUE(period_id)", "This period has a written report already."
    )

    @api.depends(
        *(f"section_ids.{name}" for name in ("sequence", "level", "name", "body")),
        *("period_id.figures", "period_id.seal_ids"),
    )
    @api.depends_context("allowed_company_ids")
    def _compute_preview(self):
        for text in self:
            if kept := text._kept():
                text.preview = text._html_of(kept["blocks"])
            else:
                text.preview = text._preview_of(text.section_ids)

    def _preview_of(self, sections, figures=None):
        """These parts as they will read; of what cannot be filled in, why."""
        try:
            return self._html_of(self._blocks(sections, figures))
        except rules.UnknownPlace as error:
            braces = f"{{{error.place}}}"
            wrong = sections.filtered(lambda each: braces in f"{each.name} {each.body}")[:1]
            return Markup('<p class="text-danger">%s</p>') % wrong._unknown(error.place)

    def _html_of(self, blocks):
        return self.env["ir.qweb"]._render(
            "tthc_reporting.report_text_blocks", {"blocks": blocks}, minimal_qcontext=True
        )

    def _blocks(self, sections, figures=None):
        """:param figures: by form, as the period has them or is about to seal them"""
        sections = [each._as_section() for each in sections.sorted("sequence")]
        wanted = rules.wanted(
            (part for each in sections for part in (each.heading, each.body)), FORMS
        )
        return rules.blocks(sections, self.period_id._matrices(wanted, figures), FORMS)

    def _shared_figures(self, sections):
        """The figures of the period, taken once for many parts."""
        return self.period_id._figures() if self.period_id and len(sections) > 1 else None

    def _pages(self, figures=None):
        """As every paper, fit for JSON."""
        self.ensure_one()
        company = self.company_id.tthc_letterhead()
        period = self.period_id
        return self._paper_head(self.company_id, self.dated_on) | {
            "number": f"{self.number or '……'}/BC-UBND",
            "subject": self.subject,
            "blocks": self._blocks(self.section_ids, figures),
            "recipients": [
                f"- {line.strip()}" for line in (self.recipients or "").splitlines() if line.strip()
            ],
            "signer": ["TM. ỦY BAN NHÂN DÂN", *(company.signer or "").splitlines()],
            # nobody's name stands there but that of the leader who approved it
            "signed_by": period.approved_by_id.tthc_name() if period.approval == "approved" else "",
        }

    def _kept(self):
        seal = self.period_id.seal_id
        return seal and seal.part("text")

    @api.private
    def docx(self) -> bytes:
        """As every paper; of a sealed report the file that was sealed."""
        if self._kept():
            return base64.b64decode(self.period_id.seal_id.document)
        return super().docx()

    @api.private
    def pdf(self) -> bytes:
        kept = self._kept()
        return self._pdf_of(kept, self.period_id.seal_id.sealed_at) if kept else super().pdf()

    @api.model_create_multi
    def create(self, vals_list):
        self._check_periods(vals_list)
        texts = super().create(vals_list)
        texts._changed()
        return texts

    def write(self, vals):
        self.check_access("write")  # before anything is said about the report
        self._check_periods([vals])
        self._changed()
        result = super().write(vals)
        self._changed()
        return result

    def _check_periods(self, vals_list):
        """Before the database says that a period of another commune has its report."""
        periods = {vals["period_id"] for vals in vals_list if vals.get("period_id")}
        self.period_id.browse(periods).check_access("write")

    def _check_open(self):
        """:raises UserError: the period is sealed"""
        for period in self.period_id:
            if period.state not in ("open", "collecting"):
                raise UserError(
                    self.env._("%s is sealed: its written report stays as it is.", period.name)
                )

    def _changed(self):
        """The text may still change; what the leader approved was another one."""
        self._check_open()
        self.period_id.filtered(
            lambda period: period.approval in ("waiting", "approved")
        )._write_kept({"approval": "none"})

    def action_compose(self):
        """Fill in again what nobody has changed, and add the parts of the outline it lacks."""
        return self.period_id.action_compose_text()
