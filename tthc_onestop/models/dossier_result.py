from odoo import api, fields, models


class TthcDossierResult(models.Model):
    """The document that settles a dossier, and its corrections. Written by the gate alone."""

    _name = "tthc.dossier.result"
    _description = "Result document of a dossier"
    _order = "id"
    _rec_name = "number"

    dossier_id = fields.Many2one("tthc.dossier", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    number = fields.Char(required=True)
    signed_on = fields.Date(required=True)
    signed_by = fields.Char(required=True, string="Signer")
    valid_from = fields.Date()
    valid_until = fields.Date()
    attachment_id = fields.Many2one("ir.attachment", string="File", ondelete="restrict")
    digitisation = fields.Selection(
        [("none", "Not digitised"), ("digitised", "Digitised")], compute="_compute_digitisation"
    )
    corrects_id = fields.Many2one("tthc.dossier.result", ondelete="restrict")
    correction_ids = fields.One2many("tthc.dossier.result", "corrects_id")
    reason = fields.Text(help="Why the result before was wrong.")
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="Recorded by")
    recorded_at = fields.Datetime(required=True)
    state = fields.Selection(
        [("valid", "In force"), ("corrected", "Corrected")], compute="_compute_state"
    )

    _corrected_once = models.Constraint(
        "UNIQUE(corrects_id)", "This result has been corrected already: correct its correction."
    )
    _validity_order = models.Constraint(
        "CHECK(valid_until IS NULL OR valid_until >= COALESCE(valid_from, signed_on))",
        "A result cannot end before it begins: correct its validity.",
    )

    # the register of papers held: the newest of a commune
    _since_idx = models.Index("(company_id, (COALESCE(valid_from, signed_on)))")

    @api.depends("attachment_id")
    def _compute_digitisation(self):
        for result in self:
            result.digitisation = "digitised" if result.attachment_id else "none"

    @api.depends("correction_ids")
    def _compute_state(self):
        for result in self:
            result.state = "corrected" if result.correction_ids else "valid"
