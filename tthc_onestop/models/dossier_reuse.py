from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.reuse import Held
from .dossier import IDENTITY, PERSONAL
from .dossier_document import OPEN
from .dossier_document_reuse import REUSED

# papers of a person that are looked at, the newest first
LOOKED_THROUGH = 200
# what was handed in with these was found to be right
SETTLED = ("settled", "returned")


class TthcDossier(models.Model):
    """The papers that the commune has of a person and does not ask for again."""

    _inherit = "tthc.dossier"

    offered_count = fields.Integer(
        string="Papers held",
        compute="_compute_offered_count",
        groups=IDENTITY,
        help="How many of the papers asked for the commune has of the person already.",
    )
    reused_count = fields.Integer(
        string="Papers not asked again",
        compute="_compute_reused_count",
        store=True,
        groups=PERSONAL,
    )

    _reused_idx = models.Index("(company_id, id DESC) WHERE reused_count > 0")

    @api.depends("status", "document_ids.offer")
    def _compute_offered_count(self):
        self.offered_count = 0
        for dossier in self.filtered(lambda dossier: dossier.status in OPEN):
            dossier.offered_count = len(dossier.document_ids.filtered("offer"))

    @api.depends("document_ids.digitisation")
    def _compute_reused_count(self):
        for dossier in self:
            dossier.reused_count = len(
                dossier.document_ids.filtered(lambda paper: paper.digitisation in REUSED)
            )

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"applicant_identity", "company_id"}:  # nobody's papers go to another
            self.document_ids.filtered(lambda paper: not paper._is_of_the_person())._ask_again()
        return result

    def action_reuse_all(self):
        """Take every paper that is held as handed in.

        :raises UserError: nothing is held
        """
        self.ensure_one()
        offered = self.document_ids.filtered("offer")
        if not offered:
            raise UserError(
                self.env._("None of the papers asked for is held of this person: take them in.")
            )
        offered.action_reuse()

    def _papers_held(self):
        """What the commune has of the people of these dossiers, as far as the user may see it.

        :return: people, as ``_person`` says them, to lists of ``Held``
        """
        held = defaultdict(list)
        settled = [*self._of_persons("dossier_id."), ("dossier_id.status", "in", SETTLED)]
        most = LOOKED_THROUGH * len(self)
        papers = self.env["tthc.dossier.document"].search(
            [
                *settled,
                ("handed_in", "=", True),
                ("kind", "=", "hand_in"),
                ("digitisation", "not in", REUSED),  # its source is found by itself
            ],
            order="id DESC",
            limit=most,
        )
        for paper in papers:
            dossier, asked_as = paper.dossier_id, paper.procedure_document_id.id
            held[dossier._person()].append(Held(paper, paper.name, dossier.settled_on, asked_as))
        results = self.env["tthc.dossier.result"].search(
            [*settled, ("correction_ids", "=", False)], order="id DESC", limit=most
        )
        for result in results:
            dossier, begins = result.dossier_id, result.valid_from or result.signed_on
            # a procedure may give several documents
            for name in (dossier.procedure_id.result_name or "").split(";"):
                held[dossier._person()].append(
                    Held(result, name, begins, valid_until=result.valid_until or None)
                )
        return held
