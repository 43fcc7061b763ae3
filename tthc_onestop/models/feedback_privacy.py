from odoo import Command, api, models


class TthcFeedback(models.Model):
    """What leaves a feedback by other ways than its fields: notes, files, what people were told."""

    _inherit = "tthc.feedback"

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Nobody is sent a note who may not see the feedback, and nobody outside the office."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        users = self.env["res.users"].browse(
            each["uid"] for each in recipients if each["type"] == "user" and each["uid"]
        )
        seeing = {user.id for user in users if self._seen_by(user)}
        return [each for each in recipients if each["uid"] in seeing]

    @api.private
    def _seen_by(self, user):
        own = self.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return own.has_access("read")

    def _hide(self):
        """Take from who no longer sees these what they were told of them."""
        self.env.flush_all()
        for feedback in self.sudo():
            activities = feedback.activity_ids
            told = feedback.message_ids.notification_ids
            addressed = feedback.message_ids.partner_ids
            partners = told.res_partner_id | addressed | feedback.message_partner_ids
            users = activities.user_id | partners.user_ids
            seeing = users.filtered(feedback._seen_by)
            blind = partners - seeing.partner_id
            activities.filtered(lambda each, seeing=seeing: each.user_id not in seeing).unlink()
            told.filtered(lambda each, blind=blind: each.res_partner_id in blind).unlink()
            feedback.message_ids.partner_ids = [
                Command.unlink(partner.id) for partner in blind & addressed
            ]
            feedback.message_unsubscribe(blind.ids)

    def _erase(self):
        """Leave nothing of what its sender said: letters, files, notes and the text itself.

        Who denounces is not named either (Luật Tố cáo: their identity is kept secret).
        """
        for feedback in self.sudo():
            files = self.env["ir.attachment"].sudo()
            files.search([("res_model", "=", self._name), ("res_id", "=", feedback.id)]).unlink()
            feedback.message_ids.attachment_ids.unlink()
            feedback.message_ids.unlink()
            feedback.activity_ids.unlink()
            secret = feedback.refusal_kind == "denunciation"
            gone = self.env._("(not kept here)")
            feedback._write_projection(
                {
                    "subject": feedback._label("refusal_kind"),
                    "content": gone,
                    "proposal": False,
                    "sender_name": gone if secret else feedback.sender_name,
                    "sender_address": False,
                    "sender_phone": False,
                    "sender_email": False,
                    "partner_id": False if secret else feedback.partner_id.id,
                    "fingerprint": False,
                    "web_source": False,
                    "procedure_id": False,
                    "procedure_part": False,
                    "conduct_kind": False,
                    "accused_ids": [Command.clear()],
                }
            )
