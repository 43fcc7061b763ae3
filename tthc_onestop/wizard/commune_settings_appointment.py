from odoo import fields, models


class TthcCommuneSettings(models.TransientModel):
    """Whether appointments to the desk decide who receives and signs."""

    _inherit = "tthc.commune.settings"

    tthc_appointed_only = fields.Boolean(
        string="Only who is appointed receives and signs",
        help="Receiving, refusing and handing back then ask for an appointment to the desk in "
        "force that day, signing for one of a leader who signs; a substitute acts under the "
        "appointment of the absent colleague.",
    )
    tthc_appointment_notice = fields.Integer(
        string="Warn before an appointment ends (days)",
        help="The office and statistics officer is told so many days before. The law says nothing "
        "of it. 0: not at all.",
    )
