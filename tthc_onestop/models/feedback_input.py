from odoo import api, models
from odoo.exceptions import UserError

from ..rules import feedback as rules
from .feedback_columns import FOUND, SAID

MOST_CHARACTERS = 100_000  # of what is told; a longer letter stays whole as it came


class TthcFeedback(models.Model):
    """What people write of a feedback: as plain text, and while it may be written."""

    _inherit = "tthc.feedback"

    def _refuse_fixed(self, vals, fixed):
        # a new one may be given nothing for them; to take away what there is, is to write it
        found = sorted(field for field in fixed & vals.keys() if self or vals[field])
        if vals.get("status") == "received" and not self:
            found.remove("status")
        if found:
            raise UserError(
                self.env._(
                    "%(fields)s cannot be written: they follow from what happens to the feedback. "
                    "Use its buttons.",
                    fields=", ".join(
                        self._fields[field]._description_string(self.env) for field in found
                    ),
                )
            )

    def _check_phase(self, vals):
        """What was said stays once it is looked at; an answer stays once it is handed in."""
        for feedback in self:
            if vals.keys() & SAID and feedback.status != "received":
                raise UserError(
                    self.env._(
                        "%(feedback)s has been classified: what its sender said stays as it is.",
                        feedback=feedback.name,
                    )
                )
            if vals.keys() & FOUND and (
                feedback.status != "in_progress" or feedback.waiting in ("approval", "approved")
            ):
                raise UserError(
                    self.env._(
                        "The answer to %(feedback)s is written while it is being handled, and "
                        "stays as it is from when it is handed in for approval.",
                        feedback=feedback.name,
                    )
                )

    @api.model
    def _said(self, vals, new=False):
        """The values with every text as plain text. :raises UserError: they are no feedback"""
        for field in ("subject", "sender_name", "sender_address", "sender_phone", "sender_email"):
            if vals.get(field):
                vals[field] = " ".join(rules.clean(str(vals[field]), 500).split())
        for field in ("content", "proposal", "answer"):
            if vals.get(field):
                vals[field] = rules.clean(str(vals[field]), MOST_CHARACTERS)
        for field in ("subject", "content", "sender_name"):
            if not vals.get(field, not new):
                label = self._fields[field]._description_string(self.env)
                raise UserError(self.env._("%(field)s is missing.", field=label))
        if code := vals.get("portal_code"):
            vals["portal_code"] = code = code.strip().upper()
            if not rules.is_portal_code(code):
                raise UserError(
                    self.env._(
                        "“%(code)s” is no code of the national portal. It looks like "
                        "PAKN.20200812.0012.",
                        code=code[:50],
                    )
                )
        return vals

    @api.model
    def _number(self, vals_list):
        """Give each its number in the register of its commune and year."""
        companies = self.env["res.company"].browse(
            vals.setdefault("company_id", self.env.company.id) for vals in vals_list
        )
        units, wanted = {}, {}
        for company, vals in zip(companies, vals_list, strict=True):
            # the letterhead of a commune is no secret
            unit = company.sudo().tthc_letterhead().unit_code
            if not unit:
                raise UserError(
                    self.env._(
                        "Enter the unit code of %(commune)s in its settings first.",
                        commune=company.sudo().name,
                    )
                )
            units[company.id] = unit
            key = f"feedback:{unit}:{vals['year']}"
            wanted[key] = wanted.get(key, 0) + 1
        numbers = self.env["tthc.counter"].reserve(wanted)
        for vals in vals_list:
            unit = units[vals["company_id"]]
            vals["number"] = next(numbers[f"feedback:{unit}:{vals['year']}"])
            vals["name"] = rules.register_number(unit, vals["year"], vals["number"])
