from odoo import models
from odoo.exceptions import AccessError, UserError


class TthcGateMixin(models.AbstractModel):
    """What moves by a table of moves, an event for each: who may move it, one at a time."""

    _name = "tthc.gate.mixin"
    _description = "What moves by a table of moves"
    _moves = {}  # of the rules: name of a move → move, with the roles that make it

    def _check_role(self, name, needed=None):
        """The roles of the user. :raises AccessError: none of them makes this move

        :param needed: the roles that may, in the place of those of the move
        """
        every = {role for move in self._moves.values() for role in move.roles}
        if self.env.su:
            return every
        roles = {role for role in every if self.env.user.has_group(f"tthc_onestop.group_{role}")}
        needed = needed or self._moves[name].roles
        if roles.isdisjoint(needed):
            raise AccessError(
                self.env._(
                    "You may not do “%(move)s”. Those who may: %(roles)s.",
                    move=self._move_label(name),
                    roles=", ".join(
                        self.env.ref(f"tthc_onestop.group_{role}").sudo().name for role in needed
                    ),
                )
            )
        return roles

    def _move_label(self, name):
        events = self.env[self._fields["event_ids"].comodel_name]
        return dict(events._fields["kind"]._description_selection(self.env))[name]

    def _lock(self):
        """Keep others from moving these until this transaction ends.

        :raises UserError: somebody is moving one of them right now
        """
        for record in self - self.try_lock_for_update(allow_referencing=True):
            raise UserError(
                self.env._(
                    "Somebody else is acting on %(record)s at this moment: reload it and look "
                    "before you go on.",
                    record=record.display_name,
                )
            )
