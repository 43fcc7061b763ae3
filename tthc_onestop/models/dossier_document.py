from odoo import fields, models


class TthcDossierDocument(models.Model):
    _name = "tthc.dossier.document"
    _description = "Paper handed in with a dossier"
    _order = "sequence, id"

    dossier_id = fields.Many2one("tthc.dossier", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="dossier_id.company_id")
    procedure_document_id = fields.Many2one("tthc.procedure.document", ondelete="set null")
    sequence = fields.Integer(related="procedure_document_id.sequence", store=True)
    name = fields.Char(required=True, string="Paper")
    kind = fields.Selection(
        [("hand_in", "To hand in"), ("show", "To show")], required=True, default="hand_in"
    )
    handed_in = fields.Boolean()
    originals = fields.Integer(aggregator=None)
    copies = fields.Integer(aggregator=None)
    note = fields.Char()
