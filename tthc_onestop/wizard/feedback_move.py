from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.dossier import TOLD_BY
from ..models.feedback_projection import CLASSIFIED
from ..models.selection import selection_of
from ..rules import feedback as rules

# the moves that ask for something before they are made
ASKING = frozenset(name for name, move in rules.MOVES.items() if move.asks or move.reason)


def _same(field, **more):
    return fields.Selection(selection=selection_of("tthc.feedback", field), **more)


class TthcFeedbackMove(models.TransientModel):
    """Asks for what a move of feedback needs, then makes it through the gate."""

    _name = "tthc.feedback.move"
    _description = "Move of a feedback"

    move = fields.Selection(selection="_selection_move", required=True, readonly=True)
    feedback_ids = fields.Many2many(
        "tthc.feedback",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    reason = fields.Text()
    refusal_kind = fields.Selection(
        [("complaint", "A complaint"), ("denunciation", "A denunciation")], string="What it is"
    )
    category = _same("category", string="Kind of content")
    conduct_kind = _same("conduct_kind", string="Kind of conduct")
    within_authority = fields.Boolean(default=True, string="Within the commune's authority")
    procedure_id = fields.Many2one("tthc.procedure", domain=[("state", "=", "published")])
    procedure_part = _same("procedure_part", string="Part of the procedure")
    sensitive = fields.Boolean(help="Seen by the leaders and who handles it alone.")
    accused_ids = fields.Many2many(
        "res.users",
        string="About these officers",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    original_id = fields.Many2one(
        "tthc.feedback",
        string="Says the same as",
        domain="[('id', 'not in', feedback_ids), ('duplicate_of_id', '=', False), "
        "('status', 'in', ('received', 'classified', 'in_progress'))]",
    )
    agency = fields.Char(string="To which agency")
    officer_id = fields.Many2one(
        "res.users",
        string="Handled by",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    means = fields.Selection(TOLD_BY, string="How")
    question = fields.Text(string="What was asked")
    answer = fields.Text()
    where = fields.Char(string="Where it appears")
    checked = fields.Boolean(string="I have read both: they name nobody")
    solved = _same("solved")

    @api.model
    def _selection_move(self):
        kinds = selection_of("tthc.feedback.event", "kind")(self)
        return [(kind, label) for kind, label in kinds if kind in ASKING]

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        ids = self.env.context.get("default_feedback_ids") or self.env.context.get("active_ids")
        feedback = self.env["tthc.feedback"].browse(ids or ())
        if len(feedback) == 1:
            values["company_id"] = feedback.company_id.id
            values |= self._proposed(values.get("move"), feedback)
        return values

    @api.model
    def _proposed(self, move, feedback):
        if move == "classify":
            return feedback._convert_to_write(
                {field: feedback[field] for field in CLASSIFIED if field != "accused_ids"}
            ) | {"accused_ids": [Command.set(feedback.accused_ids.ids)]}
        if move == "send":
            return {"means": "email" if feedback.sender_email else "post"}
        if move == "publish":
            return {
                "question": feedback.content,
                "answer": feedback.answer,
                "where": feedback.company_id.tthc_feedback_website,
            }
        if move == "link":
            return {"original_id": feedback.similar_ids[:1].id}
        return {}

    def action_confirm(self):
        self.ensure_one()
        feedbacks = self.feedback_ids
        self._make(feedbacks)
        if feedbacks._filtered_access("read") == feedbacks:
            return {"type": "ir.actions.act_window_close"}
        # one is not seen any more by who made the move: back to those that are
        return self.env["ir.actions.act_window"]._for_xml_id("tthc_onestop.feedback_action")

    def _make(self, feedbacks):
        match self.move:
            case "route_out":
                feedbacks.action_route_out(self.refusal_kind)
            case "classify":
                values = {field: self[field] for field in CLASSIFIED}
                values |= {
                    "procedure_id": self.procedure_id.id,
                    "accused_ids": self.accused_ids.ids,
                }
                feedbacks.action_classify(values)
            case "link":
                feedbacks.action_link(self.original_id.id)
            case "forward":
                feedbacks.action_forward(self.agency, self.reason)
            case "assign":
                feedbacks.action_assign(self.officer_id.id)
            case "send":
                feedbacks.action_send(self.means)
            case "publish":
                self._check_read()
                feedbacks.action_publish(self.question, self.answer, self.where)
            case "record_solved":
                feedbacks.action_record_solved(self.solved)
            case _:
                getattr(feedbacks, f"action_{self.move}")(self.reason)

    def _check_read(self):
        if not self.checked:
            raise UserError(
                self.env._("Read both texts, take out what names somebody, and tick that you have.")
            )
