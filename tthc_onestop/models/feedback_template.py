from odoo import api, fields, models

from .dossier_slip_content import BLANK, filled
from .selection import selection_of


class TthcFeedbackTemplate(models.Model):
    """How an answer begins and ends, for a category and an outcome of feedback."""

    _name = "tthc.feedback.template"
    _description = "Template of an answer to feedback"
    _inherit = ["tthc.commune.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", string="Commune", help="Empty: for every commune of the database."
    )
    category = fields.Selection(
        selection=selection_of("tthc.feedback", "category"),
        string="Kind of content",
        help="Empty: for any.",
    )
    outcome = fields.Selection(
        selection=selection_of("tthc.feedback", "outcome"),
        string="What is to be done",
        help="Empty: for any.",
    )
    body = fields.Text(
        required=True,
        help="{number}, {sender}, {day}, {subject}, {procedure} and {agency} are filled in.",
    )

    @api.private
    def filled(self, feedback):
        """The text for a feedback; what it does not have is left as dots."""
        self.ensure_one()
        known = {
            "number": feedback.name,
            "sender": feedback.sender_name,
            "day": feedback.received_on and f"{feedback.received_on:%d/%m/%Y}",
            "subject": feedback.subject,
            "procedure": feedback.procedure_id.name,
            "agency": feedback.company_id.name,
        }
        return filled(self.body, {name: value or BLANK for name, value in known.items()})
