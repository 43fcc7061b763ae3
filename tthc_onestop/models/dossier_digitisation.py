from odoo import api, fields, models
from odoo.fields import Domain

from .dossier import PERSONAL

# counted as digitised: a file on at least one paper, and on the result where it is a document
# (the formulas published for QĐ 766/QĐ-TTg)
DIGITISED = Domain("document_ids", "any", [("digitisation", "!=", "none")]) & ~Domain(
    "result_ids", "any", [("correction_ids", "=", False), ("attachment_id", "=", False)]
)


class TthcDossier(models.Model):
    """Whether a dossier counts as digitised."""

    _inherit = "tthc.dossier"

    digitised = fields.Boolean(
        compute="_compute_digitised",
        search="_search_digitised",
        groups=PERSONAL,
        help="A file on at least one paper and, where the result is a document, on the result.",
    )

    @api.depends("document_ids.digitisation", "result_ids.digitisation")
    def _compute_digitised(self):
        for dossier in self:
            results = dossier.result_ids.filtered(lambda result: not result.correction_ids)
            papers = dossier.document_ids.filtered(lambda paper: paper.digitisation != "none")
            dossier.digitised = bool(papers) and "none" not in results.mapped("digitisation")

    @api.model
    def _search_digitised(self, operator, value):
        if operator != "in":
            return NotImplemented
        wanted = set(value) & {True, False}
        if len(wanted) == 2:
            return Domain.TRUE
        return DIGITISED if True in wanted else ~DIGITISED
