from odoo import fields, models
from odoo.exceptions import UserError

from ..rules import lifecycle
from .res_company import to_local

CORRECTING = (lifecycle.LEADER,)


class TthcDossier(models.Model):
    """What was so on an earlier day and was not recorded, or was recorded and never was."""

    _inherit = "tthc.dossier"

    def action_correct(self, move, reason, done_at):
        """Enter a move later, with the moment at which it was so; the figures follow that day.

        :param move: one of ``lifecycle.ENTERED_LATE``
        :param done_at: the moment, UTC
        :raises AccessError: the user is no leader
        :raises UserError: the lifecycle refuses the move, or the moment
        """
        if move not in lifecycle.ENTERED_LATE:
            raise UserError(self.env._("Choose what is corrected."))
        try:
            moment = fields.Datetime.to_datetime(done_at)
        except (TypeError, ValueError):
            moment = None
        if not moment:
            raise UserError(self.env._("Enter the day and the hour at which it was so."))
        return self._move(move, reason, done_at=moment)

    def _check_late_entry(self, name, reason, done_at):
        """:raises UserError: no reason is given, or the moment cannot be"""
        try:
            if not (reason or "").strip():
                raise lifecycle.Refused("reason")
            lifecycle.check_late_entry(
                to_local(done_at),
                to_local(self.event_ids.sorted("position")[-1].moment()),
                to_local(fields.Datetime.now()),
                self._sealed_until(),
            )
        except lifecycle.Refused as refused:
            raise UserError(self._refusal(refused.code, name)) from refused

    def _sealed_until(self):
        """The last day whose figures are sealed, None while none are."""
        return None
