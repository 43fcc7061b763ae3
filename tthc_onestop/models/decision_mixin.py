from odoo import api, models
from odoo.exceptions import UserError

TODO = "mail.mail_activity_data_todo"


class TthcDecisionMixin(models.AbstractModel):
    """What is handed in and decided of: where it stands, who is asked, what its moves alone write.

    Inherited before all else: what its moves write passes the guard in ``write`` of the model.
    """

    _name = "tthc.decision.mixin"
    _description = "What is decided of"
    _stands = "state"  # the field that says where it stands

    def _check_in(self, *stands):
        """:raises UserError: one of these stands elsewhere"""
        names = dict(self._fields[self._stands]._description_selection(self.env))
        for each in self.filtered(lambda each: each[self._stands] not in stands):
            raise UserError(
                self.env._(
                    "“%(name)s” stands at “%(state)s”.",
                    name=each.display_name,
                    state=names[each[self._stands]],
                )
            )

    def _set(self, vals):
        """Write what was decided: the moves call it, nobody else."""
        return self.sudo()._write_decided(vals)  # who may make the move is checked by it

    def _write_decided(self, vals):
        return super().write(vals)  # pylint: disable=super-method-mismatch  # past the guard

    @api.model
    def _check_reason(self, reason):
        """:raises UserError: what is sent back has no reason"""
        if not (reason or "").strip():
            raise UserError(self.env._("Say what should be changed."))

    def _tell_sent_back(self, reason, users):
        self.message_post(body=self.env._("Sent back: %(reason)s", reason=reason))
        self._ask(users, self.env._("Sent back: %(name)s", name=self.name))

    def _ask(self, users, summary, by=None):
        # they find it in their list of activities, a letter is not needed
        asked = self.with_context(mail_activity_quick_update=True).sudo()
        for user in users:
            asked.activity_schedule(TODO, by, user_id=user.id, summary=summary)

    def _ask_no_more(self):
        """It moved on: what was asked of others is theirs no more."""
        self.sudo().activity_unlink([TODO])  # of those of others too
