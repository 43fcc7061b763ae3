from odoo import fields, models


class TthcPaperRevocation(models.Model):
    """A paper that the commune holds and that counts no more: who found so, and why. Kept."""

    _name = "tthc.paper.revocation"
    _description = "Revocation of a paper held"
    _order = "id desc"
    _rec_name = "reason"
    _log_access = False

    dossier_id = fields.Many2one("tthc.dossier", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    document_id = fields.Many2one("tthc.dossier.document", ondelete="cascade", string="Paper")
    result_id = fields.Many2one("tthc.dossier.result", ondelete="cascade", string="Result document")
    reason = fields.Text(required=True)
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="Revoked by")
    revoked_at = fields.Datetime(required=True)

    _one_source = models.Constraint(
        "CHECK((document_id IS NULL) <> (result_id IS NULL))", "Say which paper is revoked."
    )
    _document_once = models.Constraint("UNIQUE(document_id)", "This paper is revoked already.")
    _result_once = models.Constraint("UNIQUE(result_id)", "This paper is revoked already.")
