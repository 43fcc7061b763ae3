from itertools import chain

from markupsafe import Markup

from odoo import api, models

from ..rules.identity import mask_numbers


class MailMessage(models.Model):
    """No identity number stays in the notes of a dossier, and they stay in the office."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        numbers = self._tthc_numbers(
            vals["res_id"]
            for vals in vals_list
            if vals.get("model") == "tthc.dossier" and vals.get("res_id")
        )
        # what the office writes is never shown to a citizen
        internal = {"is_internal": True} if self.env.user._is_internal() else {}
        return super().create(
            [
                _masked(vals, *numbers[vals["res_id"]]) | internal
                if vals.get("model") == "tthc.dossier" and vals.get("res_id") in numbers
                else vals
                for vals in vals_list
            ]
        )

    def write(self, vals):
        if vals.get("body") or vals.get("subject"):
            notes = self.sudo().filtered(lambda message: message.model == "tthc.dossier")
            if numbers := self._tthc_numbers(notes.mapped("res_id")):
                vals = _masked(vals, *chain.from_iterable(numbers.values()))
        return super().write(vals)

    def _tthc_numbers(self, dossier_ids):
        """The identity numbers of those who apply, by dossier."""
        # to mask a number one must know it: nothing of it goes to the writer, who may not
        dossiers = self.env["tthc.dossier"].sudo().browse(dossier_ids).exists()
        return {
            dossier.id: (dossier.applicant_identity, dossier.authorised_identity)
            for dossier in dossiers
        }


def _masked(vals, *numbers):
    masked = dict(vals)
    for field in ("subject", "body"):
        if vals.get(field):
            text = mask_numbers(str(vals[field]), *numbers)
            masked[field] = Markup(text) if isinstance(vals[field], Markup) else text
    return masked
