import unicodedata

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..rules.identity import identity_kind, is_email, is_phone, masked
from .res_company import to_local

# what was declared when the dossier was received
DECLARED = frozenset(
    "procedure_id case_id applicant_name applicant_identity channel company_id submitted_at "
    "handed_over_at authorised_name authorised_identity authorised_document".split()
)


class TthcDossier(models.Model):
    """What people type into a dossier: what is taken, and what may still be corrected."""

    _inherit = "tthc.dossier"

    @api.constrains("applicant_name", "applicant_identity", "applicant_phone", "applicant_email")
    def _check_applicant(self):
        for dossier in self.sudo():  # the writer may lack a field's group, the check needs all
            if not (dossier.applicant_name or "").strip():
                raise ValidationError(self.env._("Enter the name of the applicant."))
            if dossier.applicant_identity and not identity_kind(dossier.applicant_identity):
                raise ValidationError(
                    self.env._(
                        "“%(number)s” is not an identity number. A CCCD has 12 digits, "
                        "an old CMND 9, a tax code 10 or 13; this one has %(count)s characters.",
                        number=masked(dossier.applicant_identity),  # what is said is logged
                        count=len(dossier.applicant_identity),
                    )
                )
            if dossier.applicant_email and not is_email(dossier.applicant_email):
                raise ValidationError(
                    self.env._(
                        "“%(email)s” is not an e-mail address. It looks like name@example.vn.",
                        email=masked(dossier.applicant_email),
                    )
                )
            if dossier.applicant_phone and not is_phone(dossier.applicant_phone):
                raise ValidationError(
                    self.env._(
                        "“%(phone)s” is not a phone number. Enter 8 to 15 digits.",
                        phone=masked(dossier.applicant_phone),
                    )
                )

    @api.constrains("submitted_at", "handed_over_at")
    def _check_filed(self):
        now = fields.Datetime.now()
        for dossier in self:
            if max(dossier.submitted_at or now, dossier.handed_over_at or now) > now:
                raise ValidationError(
                    self.env._("A dossier cannot have been filed in the future: correct the date.")
                )

    def _check_may_correct(self, vals):
        """The desk corrects how to reach the applicant; what was declared stays as received."""
        if not self.env.su and not self.env.user.has_group("tthc_onestop.group_counter"):
            technical = {
                "activity_ids",
                "message_follower_ids",
                "message_ids",
                "message_partner_ids",
            }
            if vals.keys() - technical:
                raise AccessError(
                    self.env._("Only the one-stop desk corrects the data of a dossier.")
                )
        # record rules are checked before a write only: a dossier must not leave one's communes
        if (
            not self.env.su
            and vals.get("company_id", self.env.company.id) not in self.env.companies.ids
        ):
            raise AccessError(self.env._("You have no access to this commune."))
        if vals.keys() & DECLARED:
            for dossier in self.filtered(lambda dossier: dossier.status != "submitted"):
                raise UserError(
                    self.env._(
                        "The desk has decided on dossier %(name)s: its procedure, applicant and "
                        "way of filing stay as they were declared.",
                        name=dossier.display_name,
                    )
                )

    @api.model
    def _normalise(self, vals):
        """One spelling of what is typed: composed letters, no stray spaces."""
        for field in vals.keys() & {
            "applicant_name",
            "applicant_identity",
            "applicant_phone",
            "applicant_email",
            "applicant_address",
            "authorised_name",
            "authorised_identity",
            "authorised_phone",
            "authorised_document",
        }:
            if vals[field]:
                text = unicodedata.normalize("NFC", str(vals[field]))
                vals[field] = " ".join(text.split())
        for field in vals.keys() & {"applicant_identity", "authorised_identity"}:
            vals[field] = vals[field] and vals[field].replace(" ", "").upper()

    @api.model
    def _check_procedure(self, vals):
        procedure_id = vals.get("procedure_id")
        procedure = self.env["tthc.procedure"].browse(
            procedure_id if isinstance(procedure_id, int) and procedure_id else ()
        )
        terms = procedure.terms()
        if not terms:
            raise UserError(self.env._("Choose a procedure of the catalogue: this one is unknown."))
        handed_over = vals.get("channel") == "post" and vals.get("handed_over_at")
        filed = fields.Datetime.to_datetime(handed_over or fields.Datetime.now())
        procedure.check_in_force(to_local(filed).date())
        return procedure

    @api.model
    def _check_channel(self, vals):
        channels = dict(self._fields["channel"]._description_selection(self.env))
        if vals.get("channel", "direct") not in channels:
            raise UserError(
                self.env._(
                    "“%(channel)s” is not a way to file a dossier. There are: %(channels)s.",
                    channel=vals["channel"],
                    channels=", ".join(f"{label} ({key})" for key, label in channels.items()),
                )
            )
