from odoo import api, fields, models
from odoo.exceptions import UserError

from ..render.pdf import html_to_pdf
from .dossier_slip_content import filled
from .res_company import local_today

# what the notice must tell (NĐ 20/2008 Đ10.3, Đ13)
CONTACTS = (
    "tthc_feedback_address",
    "tthc_feedback_post",
    "tthc_feedback_phone",
    "tthc_feedback_website",
    "tthc_feedback_email",
)


class ResCompany(models.Model):
    """The notice on feedback of a commune: on paper, and beside its procedures."""

    _inherit = "res.company"

    @api.private
    def tthc_check_contacts(self):
        """:raises UserError: an address that the notice must tell is not entered"""
        if missing := [field for field in CONTACTS if not (self[field] or "").strip()]:
            raise UserError(
                self.env._(
                    "The notice on feedback must hang beside the procedures, and it has no "
                    "%(missing)s. Enter them in Configuration / Settings of the commune first.",
                    missing=", ".join(
                        self._fields[field]._description_string(self.env) for field in missing
                    ),
                )
            )

    @api.private
    def tthc_notice(self, *subjects):
        """What a page with the notice is made of; ``subjects``: of other wordings that it has."""
        regime = self.env["tthc.regime"].in_force_on(local_today())
        known = {
            "agency": self.name,
            "desk": regime.desk_name,
            "phone": self.tthc_feedback_phone or "",
        }
        texts = {
            subject: {
                name: filled(text, known)
                for name, text in self.env["tthc.slip.wording"].of(regime.id, subject).items()
            }
            for subject in ("notice", *subjects)
        }
        return texts | {
            "agency": self.name.upper(),
            "desk": regime.desk_name.upper(),
            "contacts": [self[field] for field in CONTACTS],
        }

    @api.private
    def tthc_notice_pdf(self, paper="A4"):
        """The notice by itself, landscape. :raises UserError: it would lack an address"""
        self.tthc_check_contacts()
        values = {"paper": paper, "scale": 1.0 if paper == "A4" else 1.25}
        html = self.env["ir.qweb"]._render(
            "tthc_onestop.feedback_notice_page",
            values | self.tthc_notice(),
            minimal_qcontext=True,
        )
        return html_to_pdf(str(html), fields.Datetime.now())
