from odoo import api, fields, models
from odoo.exceptions import UserError

# while the desk may still say what was handed in
OPEN = ("submitted", "supplement")


class TthcDossierDocument(models.Model):
    _name = "tthc.dossier.document"
    _description = "Paper handed in with a dossier"
    _inherit = ["tthc.commune.mixin"]
    _commune_field = "dossier_id"
    _order = "sequence, id"

    dossier_id = fields.Many2one("tthc.dossier", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="dossier_id.company_id")
    procedure_document_id = fields.Many2one(
        "tthc.procedure.document", ondelete="set null", index="btree_not_null"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, string="Paper")
    kind = fields.Selection(
        [("hand_in", "To hand in"), ("show", "To show")], required=True, default="hand_in"
    )
    handed_in = fields.Boolean()
    originals = fields.Integer(aggregator=None)
    copies = fields.Integer(aggregator=None)
    note = fields.Char()
    digitisation = fields.Selection(
        [
            ("none", "Not digitised"),
            ("digitised", "Digitised"),
            ("reused_dossier", "Reused from a dossier"),
            ("reused_result", "Reused from a result"),
        ],
        default="none",
        required=True,
    )
    reused_from_id = fields.Many2one(
        "tthc.dossier.document", ondelete="restrict", index="btree_not_null"
    )
    reused_result_id = fields.Many2one(
        "tthc.dossier.result", ondelete="restrict", index="btree_not_null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._check_open()
        return documents

    def write(self, vals):
        self.check_access("write")  # before anything is said about the dossier
        self._check_open()
        result = super().write(vals)
        if "dossier_id" in vals:
            self._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _check_open(self):
        """What was handed in is changed before reception and during a supplement only."""
        for dossier in self.dossier_id.filtered(lambda dossier: dossier.status not in OPEN):
            raise UserError(
                self.env._(
                    "The papers of dossier %(name)s stay as they were handed in; they change when "
                    "a supplement is requested.",
                    name=dossier.display_name,
                )
            )
