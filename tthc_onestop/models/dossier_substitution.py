from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import lifecycle
from ..rules.substitution import acts_for, check_own_work, present
from .res_company import local_today


class TthcDossier(models.Model):
    """What a substitute does with the dossiers of an absent officer or leader."""

    _inherit = "tthc.dossier"

    stands_in_for_id = fields.Many2one(
        "res.users",
        compute="_compute_stands_in_for_id",
        string="You stand in for",
        help="The absent colleague in whose place you handle this dossier today.",
    )

    @api.depends("officer_id", "sector_id", "company_id")
    @api.depends_context("uid")
    def _compute_stands_in_for_id(self):
        for dossier in self:
            dossier.stands_in_for_id = dossier._on_behalf_of("process")

    def _running_substitutions(self):
        """Who stands in for whom today in the commune of the dossier."""
        today = local_today()
        return self.env["tthc.substitution"].running_on(self.company_id.id, today)

    def _on_behalf_of(self, name):
        """The id of the absent person for whom the user makes a move, False without one."""
        running = self._running_substitutions()
        if not running or name not in lifecycle.MOVES:
            return False
        own = self.env.user.tthc_sector_ids.ids
        absent = acts_for(running, name, self.env.uid, own, self.officer_id.id, self.sector_id.id)
        return absent or False

    def _check_lifecycle(self, name, reason, roles):
        super()._check_lifecycle(name, reason, roles)
        asked_by = self.signature_asked_by_id.id
        signs = name == "approve" or (
            name == "settle" and (asked_by or self.procedure_id.terms(self.case_id).signed)
        )
        # the ledger is read for those alone who can be in it as or through a substitute
        if not signs or not self.env["tthc.substitution"].involves(self.env.uid):
            return
        by_substitutes = self.event_ids.filtered("on_behalf_of_id")
        try:
            check_own_work(
                self.env.uid,
                self._on_behalf_of(name) or None,
                asked_by,
                self.officer_id.id,
                [
                    (event.kind, event.user_id.id, event.on_behalf_of_id.id)
                    for event in by_substitutes
                ],
            )
        except lifecycle.Refused as refused:
            raise UserError(self._refusal(refused.code, name)) from refused

    def _default_officers(self):
        """The substitute when the officer is absent today; who is at work is not."""
        found = super()._default_officers()
        for dossier, officer in found.items():
            if officer and officer != self.env.user:
                running = dossier._running_substitutions()
                found[dossier] = officer.browse(present(running, officer.id, dossier.sector_id.id))
        return found
