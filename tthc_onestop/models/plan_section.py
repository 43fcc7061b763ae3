from odoo import api, fields, models


class TthcPlanSection(models.Model):
    """A heading of the plan, with what stands under it beside its tasks."""

    _name = "tthc.plan.section"
    _description = "Section of a plan"
    _inherit = "tthc.commune.mixin"
    _commune_field = "plan_id"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one("tthc.plan", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(
        related="plan_id.company_id", store=True, index=True, string="Commune"
    )
    sequence = fields.Integer(default=1000)
    level = fields.Selection([("1", "I, II, III…"), ("2", "1, 2, 3…")], required=True, default="2")
    number = fields.Char(required=True, help="As printed: II or 10.")
    code = fields.Char(
        required=True, help="The way to it: II.10. A plan may have a number twice, as printed."
    )
    name = fields.Char(required=True, string="Heading")
    text = fields.Text(help="Printed under the heading, a paragraph a line, before the tasks.")
    note = fields.Char(help="Printed in italics after the tasks.")
    task_ids = fields.One2many("tthc.plan.task", "section_id", string="Tasks")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for section in self:
            section.display_name = f"{section.code}. {section.name}"

    @api.model_create_multi
    def create(self, vals_list):
        sections = super().create(vals_list)
        sections.plan_id._check_text_open()
        return sections

    def write(self, vals):
        self.check_access("write")  # before anything is said about the plan
        if vals:
            self.plan_id._check_text_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        self.plan_id._check_text_open()
