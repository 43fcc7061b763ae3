from odoo import api, fields, models

from ..rules.identity import masked
from .dossier import PERSONAL

NUMBERS = ("applicant_identity", "authorised_identity", "recipient_identity")


class TthcDossier(models.Model):
    """What leaves a dossier by other ways than its fields: notes, followers, exports."""

    _inherit = "tthc.dossier"

    applicant_identity_masked = fields.Char(
        string="Identity number (masked)",
        compute="_compute_identity_masked",
        compute_sudo=True,
        groups=PERSONAL,
    )
    authorised_identity_masked = fields.Char(
        string="Identity number of the authorised person (masked)",
        compute="_compute_identity_masked",
        compute_sudo=True,
        groups=PERSONAL,
    )
    recipient_identity_masked = fields.Char(
        string="Identity number of the recipient (masked)",
        compute="_compute_identity_masked",
        compute_sudo=True,
        groups=PERSONAL,
    )

    @api.depends(*NUMBERS)
    def _compute_identity_masked(self):
        for dossier in self:
            for number in NUMBERS:
                dossier[f"{number}_masked"] = masked(dossier[number] or "")

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        self.check_access("write")  # who follows is sent the notes
        return super().message_subscribe(partner_ids, subtype_ids)

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        # a file leaves the system: no identity number in it, whoever exports
        fields = [
            [f"{path[0]}_masked", *path[1:]] if path[0] in NUMBERS else path for path in fields
        ]
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
