from odoo import Command, api, fields, models

from ..models.dossier import RETURN_MEANS, TOLD_BY
from ..models.selection import selection_of

# the moves that ask for something before they are made, and those made of many at once
ASKING = frozenset(
    "receive reject process confirm_handover request_supplement ask_agency record_answer send_back "
    "extend withdraw stop settle record_result correct_result notify return reopen".split()
)


class TthcDossierMove(models.TransientModel):
    """Asks for what a move needs in words, then makes it through the gate."""

    _name = "tthc.dossier.move"
    _description = "Move with a reason"

    move = fields.Selection(selection="_selection_move", required=True, readonly=True)
    dossier_ids = fields.Many2many(
        "tthc.dossier",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_ids"),  # those ticked in a list
    )
    reason = fields.Text()
    paper_ids = fields.One2many("tthc.dossier.move.paper", "move_id", string="Papers asked for")
    due_at = fields.Datetime(string="New due date")
    officer_id = fields.Many2one(
        "res.users",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("tthc_onestop.group_officer").ids)
        ],
    )

    # another agency
    agency = fields.Char()
    request_kind = fields.Selection(
        selection=selection_of("tthc.dossier.request", "kind"),
        string="Kind",
        default="opinion",
    )
    is_lead = fields.Boolean(string="Leads the handling")
    answer_by = fields.Date()
    request_id = fields.Many2one(
        "tthc.dossier.request",
        domain="[('dossier_id', 'in', dossier_ids), ('answered_on', '=', False)]",
    )
    answered_on = fields.Date(default=fields.Date.context_today)

    # the result document
    number = fields.Char()
    signed_on = fields.Date(default=fields.Date.context_today)
    signed_by = fields.Char(string="Signer")
    valid_from = fields.Date()
    valid_until = fields.Date()
    file = fields.Binary()
    file_name = fields.Char()

    # back to the citizen
    told_by = fields.Selection(TOLD_BY, default="phone")
    means = fields.Selection(RETURN_MEANS, string="How")
    recipient_name = fields.Char(
        string="Recipient", compute="_compute_recipient_name", store=True, readonly=False
    )
    recipient_identity = fields.Char(
        string="Identity number",
        compute="_compute_recipient_identity",
        store=True,
        readonly=False,
        help="Of whoever comes for the result: when another name is entered, it is asked anew.",
    )
    post_number = fields.Char()

    @api.model
    def _selection_move(self):
        kinds = selection_of("tthc.dossier.event", "kind")(self)
        return [(kind, label) for kind, label in kinds if kind in ASKING]

    def _applicant(self, field):
        # a list of dossiers has no one applicant; who may not see one is refused by the field
        return self.move == "return" and len(self.dossier_ids) == 1 and self.dossier_ids[field]

    @api.depends("move", "dossier_ids")
    def _compute_recipient_name(self):
        for wizard in self:
            wizard.recipient_name = wizard._applicant("applicant_name")

    @api.depends("recipient_name")
    def _compute_recipient_identity(self):
        for wizard in self:
            same = wizard.recipient_name and wizard.recipient_name == wizard._applicant(
                "applicant_name"
            )
            wizard.recipient_identity = same and wizard._applicant("applicant_identity")

    @api.onchange("move", "dossier_ids")
    def _onchange_move(self):
        """The papers not handed in are what a supplement most often asks for."""
        if self.move == "request_supplement" and len(self.dossier_ids) == 1:
            self.paper_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "name": paper.name,
                            "asked": not paper.handed_in,
                            "problem": "incorrect" if paper.handed_in else "missing",
                        }
                    )
                    for paper in self.dossier_ids.document_ids
                ),
            ]

    def action_confirm(self):
        self.ensure_one()
        self._make(self.dossier_ids)
        return {"type": "ir.actions.act_window_close"}

    def _make(self, dossiers):
        """Make the move, as it was asked for, on all these dossiers or on none."""
        match self.move:
            case "receive":
                dossiers.action_receive()
            case "process":
                dossiers.action_process(self.officer_id.id)
            case "request_supplement":
                dossiers.action_request_supplement(self.reason, self.paper_ids._asked())
            case "confirm_handover":
                dossiers.action_confirm_handover()
            case "extend":
                dossiers.action_extend(self.reason, self.due_at)
            case "ask_agency":
                dossiers.action_ask_agency(
                    self.reason, self.agency, self.answer_by, self.request_kind, self.is_lead
                )
            case "record_answer":
                dossiers.action_record_answer(self.reason, self.request_id.id, self.answered_on)
            case "settle":
                dossiers.action_settle(self._result() if self.number or self.file else None)
            case "record_result":
                dossiers.action_record_result(self._result())
            case "correct_result":
                dossiers.action_correct_result(self.reason, self._result())
            case "notify":
                dossiers.action_notify(self.told_by, self.reason)
            case "return":
                dossiers.action_return(
                    self.means, self.recipient_name, self.recipient_identity, self.post_number
                )
            case _:
                getattr(dossiers, f"action_{self.move}")(self.reason)

    def _result(self):
        columns = ("number", "signed_on", "signed_by", "valid_from", "valid_until")
        return {column: self[column] for column in (*columns, "file", "file_name")}
