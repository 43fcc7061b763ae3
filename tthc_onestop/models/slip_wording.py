from odoo import api, fields, models, tools

SUBJECT_LABELS = [
    ("receipt", "Receipt with the date of the result"),
    ("supplement", "Request for a supplement"),
    ("refusal", "Refusal to receive"),
    ("apology", "Apology with a new date"),
    ("reopening", "Reopening with a new date"),
    ("stop", "End without a result"),
    ("control", "Control slip"),
    ("register", "Register of dossiers"),
]
TEXTS = ("title", "suffix", "opening", "closing", "signer", "recipients", "note", "copies")


class TthcSlipWording(models.Model):
    """What a paper says besides the facts. The annexes of the circulars could not be read."""

    _name = "tthc.slip.wording"
    _description = "Wording of a slip"
    _inherit = ["tthc.cached.mixin"]
    _order = "regime_id, id"
    _rec_name = "title"

    regime_id = fields.Many2one("tthc.regime", required=True, ondelete="cascade")
    subject = fields.Selection(SUBJECT_LABELS, required=True, string="About")
    title = fields.Text(
        required=True, string="Name of the paper", help="Each line of it on a line of its own."
    )
    suffix = fields.Char(
        string="Suffix of the number",
        help="As in 05/HDHS; empty: the suffix of the regime. Unverified.",
    )
    opening = fields.Text(
        help="What stands before the reason. {agency}, {desk} and {phone} are filled in, as in "
        "every text of a slip. Unverified: seen on papers in use, not in the law."
    )
    closing = fields.Text(help="What stands before the signature. Unverified.")
    signer = fields.Text(
        help="What stands over the signature; {signer} is the title of who signs for the commune. "
        "Unverified."
    )
    recipients = fields.Text(string="Copies to", help="Under “Nơi nhận”, one a line. Unverified.")
    note = fields.Char(help="At the foot of the first page.")
    copies = fields.Text(
        help="What each copy of the paper is called, one a line; all are printed together. Empty: "
        "one copy without a name. Unverified."
    )

    _subject_uniq = models.Constraint(
        "UNIQUE(regime_id, subject)", "A regime has one wording for each slip."
    )

    @api.private
    @api.model
    def of(self, regime_id: int, subject: str) -> dict[str, str]:
        """The texts of a paper in a regime, cached until one changes; empty ones are ""."""
        return dict(self._texts_of(regime_id).get(subject, dict.fromkeys(TEXTS, "")))

    @api.model
    @tools.ormcache("regime_id")
    def _texts_of(self, regime_id):
        found = self.sudo().search([("regime_id", "=", regime_id)])
        return {wording.subject: {text: wording[text] or "" for text in TEXTS} for wording in found}
