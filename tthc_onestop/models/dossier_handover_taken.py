from contextlib import suppress

from odoo import api, fields, models

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
            dossier.may_confirm_handover = False
            if is_officer and dossier.status == "processing":
                with suppress(lifecycle.Refused):
                    dossier._check_taking()
                    dossier.may_confirm_handover = True

    def action_confirm_handover(self):
        return self._move("confirm_handover")

    def _check_taking(self):
        """Whether the user may confirm having taken the papers. :raises lifecycle.Refused:"""
        lifecycle.check_taking(
            self.given_by_id.id,
            self.taken_by_id.id,
            self.officer_id.id,
            self.env.uid,
            self._on_behalf_of("confirm_handover"),
        )
