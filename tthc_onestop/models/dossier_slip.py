from odoo import api, fields, models

FORMS = [(f"{number:02d}", f"{number:02d}") for number in range(1, 8)]


class TthcDossierSlip(models.Model):
    _name = "tthc.dossier.slip"
    _description = "Official slip of a dossier"
    _order = "issued_at desc, id desc"

    dossier_id = fields.Many2one("tthc.dossier", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    regime_id = fields.Many2one("tthc.regime", required=True, ondelete="restrict")
    form = fields.Selection(FORMS, required=True)
    number = fields.Integer(required=True, aggregator=None)
    year = fields.Integer(required=True, aggregator=None)
    issued_at = fields.Datetime(required=True)
    issued_on = fields.Date(required=True)
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="Issued by")
    reason = fields.Text()

    _number_uniq = models.Constraint(
        "UNIQUE(company_id, form, year, number)", "This number is in the register already."
    )

    @api.depends("form", "number", "regime_id")
    def _compute_display_name(self):
        for slip in self:
            suffix = f"/{slip.regime_id.slip_suffix}" if slip.regime_id.slip_suffix else ""
            slip.display_name = f"{slip.form}: {slip.number:02d}{suffix}"
