from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL

from .dossier import IDENTITY
from .guard import append_only
from .res_company import to_local
from .selection import selection_of


class TthcDossierEvent(models.Model):
    """The ledger: what happened to each dossier, never changed and never deleted."""

    _name = "tthc.dossier.event"
    _description = "Event of a dossier"
    _order = "dossier_id, position"
    _rec_name = "kind"
    _log_access = False

    dossier_id = fields.Many2one("tthc.dossier", required=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    position = fields.Integer(required=True)
    kind = fields.Selection(
        [
            ("submit", "Register"),
            ("receive", "Receive"),
            ("reject", "Refuse to receive"),
            ("process", "Hand over"),
            ("confirm_handover", "Confirm the hand-over"),
            ("take_over", "Take over"),
            ("ask_agency", "Ask another agency"),
            ("record_answer", "Record an agency's answer"),
            ("request_supplement", "Request a supplement"),
            ("resume", "Resume"),
            ("request_payment", "Request payment"),
            ("confirm_payment", "Confirm payment"),
            ("extend", "Extend"),
            ("reschedule", "New date by the calendar"),
            ("withdraw", "Withdraw"),
            ("stop", "Stop"),
            ("submit_for_signature", "Submit for signature"),
            ("approve", "Approve and sign"),
            ("send_back", "Send back"),
            ("settle", "Settle"),
            ("record_result", "Record the result document"),
            ("correct_result", "Correct the result"),
            ("notify", "Tell the citizen"),
            ("return", "Return the result"),
            ("reopen", "Reopen"),
        ],
        required=True,
    )
    happened_at = fields.Datetime(required=True, string="At")
    happened_on = fields.Date(required=True, string="Day")
    counted_on = fields.Date(
        required=True,
        help="The day for the figures: an earlier one when a leader entered it later.",
    )
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="By")
    on_behalf_of_id = fields.Many2one(
        "res.users",
        ondelete="restrict",
        string="On behalf of",
        help="The absent person in whose place the substitute acted.",
    )
    from_status = fields.Selection(selection=selection_of("tthc.dossier", "status"), string="From")
    to_status = fields.Selection(
        selection=selection_of("tthc.dossier", "status"), required=True, string="To"
    )
    slip_id = fields.Many2one("tthc.dossier.slip", ondelete="restrict")
    reason = fields.Text()
    officer_id = fields.Many2one("res.users", ondelete="restrict")
    duration = fields.Float(digits=(8, 2), aggregator=None)
    duration_unit = fields.Selection(selection=selection_of("tthc.procedure", "duration_unit"))
    due_at = fields.Datetime()
    due_on = fields.Date(string="Due")
    settled_on = fields.Date()
    ended_on = fields.Date()
    outcome = fields.Selection(selection=selection_of("tthc.dossier", "outcome"))
    details = fields.Json(
        help="What else the move says: names of columns to their values as text.",
        groups=IDENTITY,
        exportable=False,
    )
    about = fields.Char(compute="_compute_about", compute_sudo=True)
    digest = fields.Char(required=True)

    # with what reports read of each dossier: the index alone says how it stood on a day
    _position_uniq = models.Constraint(
        "UNIQUE(dossier_id, position)"
        " INCLUDE (counted_on, from_status, to_status, due_on, outcome)",
        "Something else happened to this dossier: reload it.",
    )
    _period_idx = models.Index("(company_id, counted_on)")
    # few: without it each report of a period reads the whole ledger for them
    _reopened_idx = models.Index("(dossier_id, counted_on) WHERE kind = 'reopen'")

    @api.depends("details")
    def _compute_about(self):
        """What the details say to everybody who reads the ledger: no identity number."""
        for event in self:
            details = event.details or {}
            told = ("case", "agency", "number", "recipient_name", "return_post_number")
            about = [details[key] for key in told if details.get(key)]
            if "done_at" in details:
                moment = f"{to_local(event.moment()):%H:%M %d/%m/%Y}"
                about.append(self.env._("it was so at %(moment)s", moment=moment))
            event.about = ", ".join(about)

    @api.private
    def moment(self):
        """When it was so, UTC: of what was entered later, earlier than ``happened_at``."""
        return fields.Datetime.to_datetime((self.details or {}).get("done_at")) or self.happened_at

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        # a file leaves the system: no identity number in it, whoever exports
        fields = [["about"] if path[:1] == ["details"] else path for path in fields]
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    @api.private
    @api.model
    def append(self, events):
        """Add events to the ledger, in one statement; each has a value for every column.

        It is not ``create``, which would prepare and cache twenty fields that nobody reads.
        """
        columns = list(events[0])
        self.env.cr.execute(
            SQL(
                "INSERT INTO tthc_dossier_event (%s) VALUES %s",
                SQL(", ").join(SQL.identifier(column) for column in columns),
                SQL(", ").join(
                    SQL("%s", tuple(_plain(event[column]) for column in columns))
                    for event in events
                ),
            )
        )
        dossiers = self.env["tthc.dossier"].browse(event["dossier_id"] for event in events)
        dossiers.invalidate_recordset(["event_ids"], flush=False)
        dossiers.modified(["event_ids"])

    def init(self):
        """Let the database itself refuse to change or delete an event, whoever asks."""
        result = super().init()
        message = "the ledger of dossiers is append-only"
        append_only(self.env.cr, self._table, message)
        return result


def _plain(value):
    return Json(value) if isinstance(value, dict) and value else value or None
