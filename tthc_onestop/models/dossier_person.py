from odoo import api, fields, models

from ..rules import lifecycle
from .dossier import IDENTITY
from .dossier_document import OPEN

# how many earlier dossiers of a person the intake shows
SHOWN = 50


class TthcDossier(models.Model):
    """Whom the desk has before it: what the person has filed already, by identity number."""

    _inherit = "tthc.dossier"

    duplicate_ids = fields.Many2many(
        "tthc.dossier",
        string="Not finished yet",
        compute="_compute_history",
        groups=IDENTITY,
        help="Other dossiers of the same person and procedure that are not finished.",
    )
    history_ids = fields.Many2many(
        "tthc.dossier",
        string="Person's dossiers",
        compute="_compute_history",
        groups=IDENTITY,
        help="The newest dossiers of the person in the commune, as far as the user may see them.",
    )

    @api.depends("applicant_identity", "procedure_id", "company_id", "status")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_history(self):
        self.duplicate_ids = self.history_ids = False
        # of use while papers are taken in: a later look at the dossier need not pay for it
        asked = self.filtered(lambda dossier: dossier.status in OPEN and dossier._person()[1])
        if not asked:
            return
        of_person = asked._of_persons()
        # neither ended nor refused: a second dossier of the same kind may be a mistake, under
        # another version of the procedure too
        same = [
            ("procedure_id.code", "in", asked.procedure_id.mapped("code")),
            ("status", "in", lifecycle.OPEN),
        ]
        newest = self.search(of_person, limit=SHOWN * len(asked)).grouped(
            lambda dossier: dossier._person()
        )
        running = self.search(of_person + same).grouped(
            lambda dossier: (dossier._person(), dossier.procedure_id.code)
        )
        none = self.browse()
        for dossier in asked:
            person, own = dossier._person(), dossier._origin
            dossier.history_ids = newest.get(person, none) - own
            dossier.duplicate_ids = running.get((person, dossier.procedure_id.code), none) - own

    def _person(self):
        """Who applies, as (commune, identity number as it is kept)."""
        return self.company_id.id, (self.applicant_identity or "").replace(" ", "").upper()

    def _of_persons(self, number="applicant_identity"):
        """The domain of what belongs to the people of these dossiers, by its column of numbers."""
        communes, numbers = zip(*(dossier._person() for dossier in self), strict=True)
        return [(number, "in", numbers), ("company_id", "in", communes)]
