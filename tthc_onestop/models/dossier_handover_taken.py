from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import lifecycle


class TthcDossier(models.Model):
    """Who takes the papers of a hand-over says so; neither the status nor the clock changes."""

    _inherit = "tthc.dossier"

    # projections of the ledger
    given_by_id = fields.Many2one(
        "res.users",
        string="Handed over by",
        readonly=True,
        copy=False,
        help="Who gave the papers of the last hand-over. Empty: who has them took them unasked.",
    )
    taken_by_id = fields.Many2one("res.users", string="Taken by", readonly=True, copy=False)
    taken_at = fields.Datetime(string="Taken at", readonly=True, copy=False)
    may_confirm_handover = fields.Boolean(
        compute="_compute_may_confirm_handover", export_string_translation=False
    )

    _given_idx = models.Index(
        "(company_id, officer_id) WHERE given_by_id IS NOT NULL AND taken_by_id IS NULL "
        "AND status = 'processing'"
    )

    @api.depends("status", "officer_id", "given_by_id", "taken_by_id")
    @api.depends_context("uid")
    def _compute_may_confirm_handover(self):
        is_officer = self.env.user.has_group("tthc_onestop.group_officer")
        for dossier in self:
            dossier.may_confirm_handover = (
                is_officer and dossier.status == "processing" and not dossier._handover_refusal()
            )

    def action_confirm_handover(self):
        return self._move("confirm_handover")

    def _check_lifecycle(self, name, reason, roles):
        super()._check_lifecycle(name, reason, roles)
        if name == "confirm_handover" and (code := self._handover_refusal()):
            raise UserError(self._refusal(code, name))

    def _handover_refusal(self):
        """Why the user may not confirm having taken the papers, as a code; None when they may."""
        try:
            lifecycle.check_taking(
                self.given_by_id.id,
                self.taken_by_id.id,
                self.officer_id.id,
                self.env.uid,
                self._on_behalf_of("confirm_handover"),
            )
        except lifecycle.Refused as refused:
            return refused.code
        return None
