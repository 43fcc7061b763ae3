from odoo import api, fields, models
from odoo.exceptions import UserError

from .dossier import IDENTITY, PERSONAL
from .dossier_document import OPEN
from .dossier_document_reuse import REUSED
from .res_company import local_today

# what is said of a paper that is offered
HELD = "company_id identity kind_id dossier_id document_id result_id number accepted_on".split()
# papers of a person that are looked at, the newest first
LOOKED_THROUGH = 200


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

    def _papers_held(self, kinds):
        """What the commune has of the people of these dossiers, as far as the user may see it.

        :param kinds: the kinds of papers that are asked for
        :return: (person, as ``_person`` says it, and kind) to the newest that is valid today
        """
        today = local_today()
        papers = self.env["tthc.paper.held"].search_fetch(
            [
                *self._of_persons(number="identity"),
                ("kind_id", "in", kinds.ids),
                ("accepted_on", "<=", today),
                ("state", "=", "valid"),
            ],
            HELD,
            limit=LOOKED_THROUGH * len(self),
        )
        return {
            ((paper.company_id.id, paper.identity), paper.kind_id): paper
            for paper in reversed(papers)
        }
