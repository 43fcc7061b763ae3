from odoo import fields, models

from .guard import append_only
from .selection import selection_of


class TthcFeedbackEvent(models.Model):
    """What happened to each feedback, never changed and never deleted.

    What its sender said is not in it: of a complaint or denunciation nothing stays here.
    """

    _name = "tthc.feedback.event"
    _description = "Event of a feedback"
    _order = "feedback_id, position"
    _rec_name = "kind"
    _log_access = False

    feedback_id = fields.Many2one("tthc.feedback", required=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    position = fields.Integer(required=True, aggregator=None)
    kind = fields.Selection(
        [
            ("register", "Register"),
            ("refuse", "Not accept"),
            ("route_out", "Route out a complaint or denunciation"),
            ("classify", "Classify"),
            ("link", "Link to one that says the same"),
            ("forward", "Forward"),
            ("assign", "Assign"),
            ("ask_more", "Ask the sender for more"),
            ("suspend", "Suspend"),
            ("resume", "Go on"),
            ("meet", "Record a direct meeting"),
            ("submit", "Hand in for approval"),
            ("approve", "Approve"),
            ("send_back", "Send back"),
            ("send", "Send the answer"),
            ("answer_with", "Answer with the one it is linked to"),
            ("publish", "Publish the answer"),
            ("ask_solved", "Ask whether it was solved"),
            ("record_solved", "Record whether it was solved"),
            ("close", "Close"),
            ("close_unsolved", "Close, not solved"),
            ("reopen", "Open again"),
            ("review", "Open the review of what it is about"),
            ("tell", "Tell the sender what became of it"),
        ],
        required=True,
    )
    happened_at = fields.Datetime(required=True, string="At")
    happened_on = fields.Date(required=True, string="Day")
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="By")
    from_status = fields.Selection(selection=selection_of("tthc.feedback", "status"), string="From")
    to_status = fields.Selection(
        selection=selection_of("tthc.feedback", "status"), required=True, string="To"
    )
    reason = fields.Text(string="Reason or record")
    # how it stands from here on: reports look at the last one of their period
    waiting = fields.Selection(selection=selection_of("tthc.feedback", "waiting"), string="Waits")
    officer_id = fields.Many2one("res.users", ondelete="restrict", string="Handled by")
    category = fields.Selection(selection=selection_of("tthc.feedback", "category"))
    sector_id = fields.Many2one("tthc.sector", ondelete="restrict")
    answered_on = fields.Date()
    dismissed_on = fields.Date()
    published_on = fields.Date()

    _position_uniq = models.Constraint(
        "UNIQUE(feedback_id, position)", "Something else happened to this feedback: reload it."
    )
    _period_idx = models.Index("(company_id, happened_on)")

    def init(self):
        """Let the database itself refuse to change or delete an event, whoever asks."""
        result = super().init()
        message = "the events of feedback are append-only"
        append_only(self.env.cr, self._table, message)
        return result
