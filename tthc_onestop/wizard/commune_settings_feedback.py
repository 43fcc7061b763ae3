from odoo import fields, models


class TthcCommuneSettings(models.TransientModel):
    """The limits for feedback, and how mail comes in; what is known of them is in their help."""

    _inherit = "tthc.commune.settings"

    tthc_feedback_screen_days = fields.Integer(
        string="Look at it within (working days)",
        help="Refuse or classify it. No law was found; scoring rules of QĐ 766/QĐ-TTg: 2.",
    )
    tthc_feedback_conduct_days = fields.Integer(
        string="Forward conduct within (working days)",
        help="NĐ 20/2008 gives no number for feedback on conduct; ministries use 2 to 5. What is "
        "outside the authority otherwise is forwarded within 5: Đ9.1.",
    )
    tthc_feedback_reply_days = fields.Integer(
        string="Time for the sender to reply (working days)",
        help="When more is asked of the sender. No law was found; scoring rules of QĐ 766: 5.",
    )
    tthc_feedback_handle_days = fields.Integer(
        string="Answer within (working days)",
        help="NĐ 20/2008 gives no number; scoring rules of QĐ 766/QĐ-TTg: 15. The regulation of "
        "the province may say otherwise.",
    )
    tthc_feedback_publish_days = fields.Integer(
        string="Publish the answer within (working days)",
        help="No law was found; scoring rules of QĐ 766/QĐ-TTg: 2.",
    )
    tthc_feedback_reopen_days = fields.Integer(
        string="May be opened again for (days)", help="After the answer. No law was found."
    )
    tthc_feedback_pauses = fields.Boolean(
        string="Waiting for the sender does not count",
        help="The working days in which it waits for its sender, or is suspended, are given back. "
        "No law was found.",
    )
    tthc_feedback_alias = fields.Char(
        string="Incoming mail: name before the @",
        help="Mail sent to this name at the domain of the commune enters the register. The mail "
        "server has to hand it over to the software.",
    )
