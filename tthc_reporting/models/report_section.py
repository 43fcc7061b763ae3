from odoo import api, fields, models


class TthcReportSection(models.Model):
    _name = "tthc.report.section"
    _description = "Part of the written report of a period"
    _inherit = ["tthc.report.section.mixin", "tthc.commune.mixin"]
    _order = "text_id, sequence, id"
    _commune_field = "text_id"

    text_id = fields.Many2one(
        "tthc.report.text", required=True, ondelete="cascade", index=True, string="Written report"
    )
    company_id = fields.Many2one(related="text_id.company_id", store=True, index=True)
    outline_id = fields.Many2one("tthc.report.outline", readonly=True)
    hint = fields.Text(related="outline_id.hint")
    # to be filled anew as long as nobody has changed it
    filled = fields.Text(readonly=True)
    preview = fields.Html(compute="_compute_preview")

    @api.depends("name", "level", "body", "text_id.period_id.figures")
    @api.depends_context("allowed_company_ids")
    def _compute_preview(self):
        for text, sections in self.grouped("text_id").items():
            figures = text._shared_figures(sections)
            for section in sections:
                section.preview = bool(text and section.body) and text._preview_of(section, figures)

    @api.model_create_multi
    def create(self, vals_list):
        sections = super().create(vals_list)
        sections.text_id._changed()
        return sections

    def write(self, vals):
        self.check_access("write")  # before anything is said about the report
        self.text_id._changed()
        result = super().write(vals)
        self.text_id._changed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_open(self):
        self.text_id._changed()
