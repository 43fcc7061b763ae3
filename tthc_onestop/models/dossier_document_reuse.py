from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from .dossier import IDENTITY
from .dossier_document import OPEN
from .res_company import local_today

REUSED = ("reused_dossier", "reused_result")


class TthcDossierDocument(models.Model):
    """A paper that the commune has of the person already is offered, and not asked for again."""

    _inherit = "tthc.dossier.document"

    # derived when read, since what is valid depends on now
    offer = fields.Char(string="Held already", compute="_compute_offer", groups=IDENTITY)
    offered_from_id = fields.Many2one(
        "tthc.dossier.document", compute="_compute_offer", groups=IDENTITY
    )
    offered_result_id = fields.Many2one(
        "tthc.dossier.result", compute="_compute_offer", groups=IDENTITY
    )
    reused_on = fields.Date(readonly=True, copy=False, help="The local day it was reused.")

    _source_said = models.Constraint(
        "CHECK((digitisation = 'reused_dossier') = (reused_from_id IS NOT NULL)"
        " AND (digitisation = 'reused_result') = (reused_result_id IS NOT NULL))",
        "Say from which paper or result this paper is reused.",
    )

    @api.depends(
        "kind_id",
        "kind",
        "handed_in",
        "dossier_id.status",
        "dossier_id.company_id",
        "dossier_id.applicant_identity",
    )
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_offer(self):
        self.offer = self.offered_from_id = self.offered_result_id = False
        asked = self.filtered(
            lambda paper: (
                paper.kind_id
                and paper.kind == "hand_in"
                and not paper.handed_in
                and paper.dossier_id.status in OPEN
                and paper.dossier_id._person()[1]
            )
        )
        if not asked:
            return
        held = asked.dossier_id._papers_held(asked.kind_id.meant())
        for paper in asked:
            found = held.get((paper.dossier_id._person(), paper.kind_id.meant()))
            if not found:
                continue
            paper.offered_from_id = found.document_id
            paper.offered_result_id = found.result_id
            said = {
                "dossier": found.dossier_id.name,
                "day": format_date(self.env, found.accepted_on),
            }
            if found.result_id:
                paper.offer = self.env._(
                    "%(number)s of %(dossier)s, in force since %(day)s",
                    number=found.number,
                    **said,
                )
            else:
                paper.offer = self.env._("%(dossier)s, settled %(day)s", **said)

    @api.constrains("reused_from_id", "reused_result_id", "dossier_id")
    def _check_source(self):
        for paper in self:
            if not paper._is_of_the_person():
                raise ValidationError(
                    self.env._("“%(paper)s” is held of another person.", paper=paper.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([_with_day(vals) for vals in vals_list])

    def write(self, vals):
        result = super().write(_with_day(vals))
        if "handed_in" in vals and not vals["handed_in"]:
            self._ask_again()
        return result

    def action_reuse(self):
        """Take what is held as handed in: the paper is not asked for again, and its source kept."""
        for paper in self.filtered("offer"):
            result = paper.offered_result_id
            paper.write(
                {
                    "handed_in": True,
                    # no sheet changes hands: the receipt says none
                    "originals": 0,
                    "copies": 0,
                    "digitisation": "reused_result" if result else "reused_dossier",
                    "reused_from_id": paper.offered_from_id.id,
                    "reused_result_id": result.id,
                }
            )

    def _ask_again(self):
        """What is not reused after all is asked for as the procedure asks for it."""
        for paper in self.filtered(lambda paper: paper.digitisation in REUSED):
            asked = paper.procedure_document_id
            paper.write(
                {
                    "digitisation": "digitised" if paper.file_ids else "none",
                    "reused_from_id": False,
                    "reused_result_id": False,
                    "handed_in": False,
                    "originals": asked.originals,
                    "copies": asked.copies,
                }
            )

    def _source_dossier(self):
        """The dossier that a reused paper comes from, empty when it is not reused."""
        return self.reused_from_id.dossier_id or self.reused_result_id.dossier_id

    def _is_of_the_person(self):
        """Whether a paper is not reused, or from the same person and commune."""
        # the writer may have lost sight of the source, the check needs it
        paper = self.sudo()
        source = paper._source_dossier()
        return not source or source._person() == paper.dossier_id._person()


def _with_day(vals):
    """Values of a paper with the day that it is reused, when they say that it is."""
    if "digitisation" not in vals:
        return vals
    return vals | {"reused_on": local_today() if vals["digitisation"] in REUSED else False}
