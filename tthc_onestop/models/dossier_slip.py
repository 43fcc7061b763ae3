from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.slip_form import subject_of
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
