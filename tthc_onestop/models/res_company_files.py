from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules.file_type import TYPES, types_in


class ResCompany(models.Model):
    """Which files the desk takes."""

    _inherit = "res.company"

    tthc_file_types = fields.Char(
        string="Types of files",
        required=True,
        default="pdf, jpeg, png, docx, xlsx, odt",
        help="What may be attached to a dossier and its papers, by content and not by name: some "
        "of pdf, jpeg, png, docx, xlsx, odt, ods. No law was found that lists them.",
    )
    tthc_file_max_mb = fields.Integer(
        string="Largest file (MB)",
        required=True,
        default=20,
        help="No law was found that sets it.",
    )

    _tthc_file_max_range = models.Constraint(
        "CHECK(tthc_file_max_mb BETWEEN 1 AND 100)", "The largest file has 1 to 100 MB."
    )

    @api.constrains("tthc_file_types")
    def _check_tthc_file_types(self):
        for company in self:
            try:
                named = types_in(company.tthc_file_types or "")
            except ValueError as unknown:
                raise ValidationError(
                    self.env._(
                        "“%(type)s” is not a type of file that can be chosen. There are: "
                        "%(types)s.",
                        type=unknown,
                        types=", ".join(TYPES),
                    )
                ) from unknown
            if not named:
                raise ValidationError(self.env._("Choose at least one type of file."))
