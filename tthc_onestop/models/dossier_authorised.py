from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules.identity import identity_kind, is_phone, masked
from .dossier import IDENTITY, PERSONAL


class TthcDossier(models.Model):
    """Who files for the applicant, with an authority to do so (NĐ 61/2018 Đ16)."""

    _inherit = "tthc.dossier"

    authorised_name = fields.Char(
        string="Authorised person",
        groups=PERSONAL,
        help="Who files for the applicant. Empty: the applicant in person.",
    )
    authorised_identity = fields.Char(
        string="Identity number of the authorised person", groups=IDENTITY, exportable=False
    )
    authorised_phone = fields.Char(string="Phone of the authorised person", groups=PERSONAL)
    authorised_document = fields.Char(
        string="Document of authority",
        groups=PERSONAL,
        help="Its number, day and who certified it.",
    )

    @api.constrains(
        "authorised_name", "authorised_identity", "authorised_phone", "authorised_document"
    )
    def _check_authorised(self):
        for dossier in self.sudo():  # the writer may lack a field's group, the check needs all
            number, phone = dossier.authorised_identity, dossier.authorised_phone
            if (number or phone or dossier.authorised_document) and not dossier.authorised_name:
                raise ValidationError(self.env._("Enter the name of the authorised person."))
            if number and not identity_kind(number):
                raise ValidationError(
                    self.env._(
                        "“%(number)s” is not an identity number. A CCCD has 12 digits, "
                        "an old CMND 9, a tax code 10 or 13; this one has %(count)s characters.",
                        number=masked(number),  # what is said is logged
                        count=len(number),
                    )
                )
            if phone and not is_phone(phone):
                raise ValidationError(
                    self.env._(
                        "“%(phone)s” is not a phone number. Enter 8 to 15 digits.",
                        phone=masked(phone),
                    )
                )
