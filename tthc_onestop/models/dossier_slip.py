from odoo import api, fields, models
from odoo.exceptions import UserError

from ..render.pdf import html_to_pdf, qr_svg
from ..rules.slip_form import subject_of
from ..rules.vietnamese import day_in_words
from .slip_wording import SUBJECT_LABELS

FORMS = [(f"{number:02d}", f"{number:02d}") for number in range(1, 8)]
AT_ONCE = 500  # slips in one file
DRAWN_AT_ONCE = 20  # drawing a slip takes a fifth of a second


class TthcDossierSlip(models.Model):
    _name = "tthc.dossier.slip"
    _description = "Official slip of a dossier"
    _order = "issued_at desc, id desc"

    dossier_id = fields.Many2one("tthc.dossier", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    regime_id = fields.Many2one("tthc.regime", required=True, ondelete="restrict")
    form = fields.Selection(FORMS, required=True)
    subject = fields.Selection(
        SUBJECT_LABELS, compute="_compute_subject", store=True, readonly=False, string="About"
    )
    number = fields.Integer(required=True, aggregator=None)
    year = fields.Integer(required=True, aggregator=None)
    issued_at = fields.Datetime(required=True)
    issued_on = fields.Date(required=True)
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="Issued by")
    reason = fields.Text()
    restart_days = fields.Integer(
        aggregator=None, help="Of a supplement: the regime's setting on the day it was asked for."
    )
    content = fields.Json(help="What the paper says, as it was known when it was issued.")
    attachment_id = fields.Many2one(
        "ir.attachment",
        string="PDF",
        compute="_compute_attachment_id",
        help="Drawn when it is first asked for and kept as it is from then on.",
    )

    _number_uniq = models.Constraint(
        "UNIQUE(company_id, form, year, number)", "This number is in the register already."
    )

    @api.depends("form")
    def _compute_subject(self):
        """Of slips from before it was kept: what their form is about in their regime."""
        for slip in self:
            slip.subject = subject_of(slip.regime_id.stop_form, slip.form)

    @api.depends("form", "number", "regime_id", "content")
    def _compute_display_name(self):
        for slip in self:
            slip.display_name = f"{slip.form}: {slip._numbered()}"

    @api.depends("form")
    def _compute_attachment_id(self):
        # who reads a slip reads its PDF, yet nobody may write to a slip: hence sudo
        attachments = self.env["ir.attachment"].sudo()
        # newest first: should two users have drawn a slip at once, the first drawing stays
        kept = {
            attachment.res_id: attachment
            for attachment in attachments.search_fetch(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)],
                ["res_id"],
                order="id DESC",
            )
        }
        missing = self._origin.filtered(lambda slip: slip.content and slip.id not in kept)
        drawn = attachments.create(
            [
                {
                    "name": f"{slip.content['code'] or slip._plain_number()}-mau-{slip.form}.pdf",
                    "raw": slip._draw(),
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": slip.id,
                }
                for slip in missing.sudo()  # the paper says the same to all who may read it
            ]
        )
        kept |= dict(zip(missing.ids, drawn, strict=True))
        for slip in self:
            slip.attachment_id = kept.get(slip._origin.id)

    def action_print(self):
        """Open these slips as they were issued, in a new tab; many are drawn with progress first.

        :raises UserError: one of them cannot be printed, or they are too many for one file
        """
        for slip in self.filtered(lambda slip: not slip.content):
            raise UserError(
                self.env._(
                    "Slip %(slip)s cannot be printed: it was issued before what it says was kept.",
                    slip=slip.display_name,
                )
            )
        if len(self) > AT_ONCE:
            raise UserError(self.env._("Choose at most %(count)s at a time.", count=AT_ONCE))
        if len(self) > DRAWN_AT_ONCE:
            return {
                "type": "ir.actions.client",
                "tag": "tthc_print_slips",
                "name": self.env._("Print slips"),
                "target": "new",
                "params": {"ids": self.ids, "at_once": DRAWN_AT_ONCE},
            }
        attachments = self.attachment_id  # drawn here, so that the tab opens at once
        if len(self) == 1:
            url = f"/web/content/{attachments.id}"
        else:
            url = f"/tthc/slips?ids={','.join(map(str, self.ids))}"
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}

    def draw(self):
        """Draw those of these slips that nobody has printed yet."""
        self.check_access("read")
        return len(self.attachment_id)

    def _numbered(self):
        """The number as NĐ 30/2020/NĐ-CP writes it: 05/BPTNTKQ."""
        suffix = (self.content or {}).get("suffix") or self.regime_id.slip_suffix
        return f"{self._plain_number()}/{suffix}" if suffix else self._plain_number()

    def _plain_number(self):
        return f"{self.number:02d}"

    # ---------------------------------------------------------------- the drawing

    def _draw(self) -> bytes:
        """The slip as PDF, drawn from what it said when it was issued."""
        self.ensure_one()
        html = self.env["ir.qweb"]._render(
            f"tthc_onestop.slip_{self.subject}", self._values(), minimal_qcontext=True
        )
        return html_to_pdf(str(html), self.issued_at)

    def _values(self):
        """What the template needs: the content as it was issued, and what the register says."""
        code = self.content["code"]
        wording = self.env["tthc.slip.wording"].of(self.regime_id.id, self.subject)
        # receipts from before it was kept have the wording of today
        return (
            wording
            | self.content
            | {
                "form": f"Mẫu số {self.form}",
                "number": self._numbered(),
                "date": day_in_words(self.issued_on),
                "qr": code and qr_svg(code),
                "book": f"01/{self.year}",
                "entry": self._plain_number(),
            }
        )
