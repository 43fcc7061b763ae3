from odoo import models


class MailMail(models.Model):
    """The office learns of a letter about feedback that could not be sent."""

    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        if failure_type:
            letters = self.filtered(lambda mail: mail.model == "tthc.feedback")
            self.env["tthc.feedback"].browse(letters.mapped("res_id")).exists()._tell_of_failure()
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )
