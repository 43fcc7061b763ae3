from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TthcDossier(models.Model):
    """The case of the procedure in which the applicant comes: its term and its steps apply."""

    _inherit = "tthc.dossier"

    case_id = fields.Many2one(
        "tthc.procedure.case",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('procedure_id', '=', procedure_id)]",
        help="The case with a term and a workflow of its own; empty: the published term.",
    )
    has_cases = fields.Boolean(compute="_compute_has_cases")

    @api.depends("procedure_id")
    def _compute_has_cases(self):
        for dossier in self:
            terms = dossier.procedure_id.terms()
            dossier.has_cases = bool(terms and terms.has_cases)

    @api.constrains("procedure_id", "case_id")
    def _check_case(self):
        for dossier in self.filtered("case_id"):
            if dossier.case_id.procedure_id != dossier.procedure_id:
                raise ValidationError(
                    self.env._(
                        "“%(case)s” is no case of “%(procedure)s”.",
                        case=dossier.case_id.name,
                        procedure=dossier.procedure_id.display_name,
                    )
                )

    @api.onchange("procedure_id")
    def _onchange_procedure_case(self):
        self.case_id = False
