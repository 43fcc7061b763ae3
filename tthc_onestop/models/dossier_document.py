from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# while the desk may still say what was handed in
OPEN = ("submitted", "supplement")
SCANNED = {"scan", "scan_name", "file_ids"}


class TthcDossierDocument(models.Model):
    _name = "tthc.dossier.document"
    _description = "Paper handed in with a dossier"
    _inherit = ["tthc.commune.mixin"]
    _commune_field = "dossier_id"
    _order = "sequence, id"

    dossier_id = fields.Many2one("tthc.dossier", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="dossier_id.company_id")
    status = fields.Selection(related="dossier_id.status")
    procedure_document_id = fields.Many2one(
        "tthc.procedure.document", ondelete="set null", index="btree_not_null"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, string="Paper")
    kind = fields.Selection(
        [("hand_in", "To hand in"), ("show", "To show")], required=True, default="hand_in"
    )
    kind_id = fields.Many2one(
        "tthc.paper.kind",
        string="Kind of paper",
        compute="_compute_kind_id",
        store=True,
        ondelete="restrict",
        index="btree_not_null",
        help="By which it is known whether the commune holds it already.",
    )
    # what the paper itself says, for the register of papers held
    number = fields.Char()
    issued_on = fields.Date(string="Issued")
    valid_until = fields.Date()
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
    file_ids = fields.One2many("tthc.dossier.file", "document_id", string="Scans")
    scan = fields.Binary(
        string="New scan",
        compute="_compute_scan",
        inverse="_inverse_scan",
        exportable=False,
        help="Attaches a version; those before stay.",
    )
    scan_name = fields.Char(compute="_compute_scan", readonly=False, exportable=False)

    _validity_order = models.Constraint(
        "CHECK(valid_until >= issued_on)", "A paper cannot end before it was issued."
    )

    @api.depends("name", "procedure_document_id")
    def _compute_kind_id(self):
        kinds = self.env["tthc.paper.kind"]
        for paper in self:
            # what is typed at the desk makes no kind: it may name a person
            paper.kind_id = paper.procedure_document_id.kind_id or kinds.named(paper.name)

    @api.depends("file_ids")
    def _compute_scan(self):
        self.scan = self.scan_name = False

    def _inverse_scan(self):
        self.env["tthc.dossier.file"].create(
            [
                {"document_id": paper.id, "name": paper.scan_name, "content": paper.scan}
                for paper in self
                if paper.scan
            ]
        )

    @api.constrains("digitisation")
    def _check_digitisation(self):
        """What is scanned has a scan, so that nobody counts what is not there."""
        for paper in self:
            if paper.digitisation == ("none" if paper.file_ids else "digitised"):
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is digitised when it has a file: attach or delete the file.",
                        name=paper.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._check_open()
        return documents

    def write(self, vals):
        self.check_access("write")  # before anything is said about the dossier
        if vals.keys() - SCANNED:  # a scan may come later; what was handed in stays
            self._check_open()
        result = super().write(vals)
        if "dossier_id" in vals:
            self._check_open()
        return result

    def unlink(self):
        self.check_access("unlink")
        self.file_ids.unlink()  # which are kept once the desk has decided
        return super().unlink()

    @api.private
    def follow_files(self):
        """Say of these papers whether they are digitised, as their files now are."""
        scanned = self.filtered(lambda paper: paper.digitisation == "none" and paper.file_ids)
        bare = self.filtered(lambda paper: paper.digitisation == "digitised" and not paper.file_ids)
        scanned._write_digitisation("digitised")
        bare._write_digitisation("none")

    def _write_digitisation(self, state):
        # pylint: disable-next=super-method-mismatch  # past the guard: a scan may come later
        return super().write({"digitisation": state})

    def action_files(self):
        """Open the scans of a paper."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

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
