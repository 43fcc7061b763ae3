from odoo import fields, models
from odoo.exceptions import UserError

from ..rules import feedback as rules
from ..rules.lifecycle import Refused
from .feedback_columns import CRITERIA
from .res_company import local_today, to_local


class TthcFeedback(models.Model):
    """The single gate: every move of a feedback goes through ``_move``, and nothing else does."""

    _inherit = "tthc.feedback"
    _moves = rules.MOVES

    def action_refuse(self, reason):
        return self._move("refuse", reason)

    def action_route_out(self, kind):
        """Send a complaint or denunciation where it belongs; nothing of its content stays.

        :param kind: complaint or denunciation
        """
        return self._move("route_out", kind=kind)

    def action_classify(self, values):
        """What it is about; ``values``: of ``CLASSIFIED``, ids for what are records."""
        return self._move("classify", values=values)

    def action_link(self, original_id):
        return self._move("link", original_id=original_id)

    def action_forward(self, agency, reason=None):
        return self._move("forward", reason, agency=agency)

    def action_assign(self, officer_id):
        return self._move("assign", officer_id=officer_id)

    def action_ask_more(self, reason):
        return self._move("ask_more", reason)

    def action_suspend(self, reason):
        return self._move("suspend", reason)

    def action_resume(self):
        return self._move("resume")

    def action_meet(self, reason):
        """Keep the record of a direct meeting: who was there, what was said."""
        return self._move("meet", reason)

    def action_submit(self):
        return self._move("submit")

    def action_approve(self):
        """Approve the answers; those who left an e-mail address are sent theirs at once."""
        self._move("approve")
        reached = self.filtered("sender_email")
        if reached:
            reached._send("email")
        return True

    def action_send_back(self, reason):
        return self._move("send_back", reason)

    def action_send(self, means):
        return self._send(means)

    def action_publish(self, question, answer, where):
        """Publish texts in which somebody has looked for personal data."""
        return self._move("publish", question=question, answer=answer, where=where)

    def action_ask_solved(self):
        return self._move("ask_solved")

    def action_record_solved(self, solved):
        return self._move("record_solved", solved=solved)

    def action_close(self):
        return self._move("close")

    def action_close_unsolved(self, reason):
        return self._move("close_unsolved", reason)

    def action_reopen(self, reason):
        return self._move("reopen", reason)

    # ---------------------------------------------------------------- the gate

    def _move(self, name, reason=None, **details):
        """Make one move on all these, or on none: access, then the lifecycle, then the event.

        :raises AccessError: the user has no role for the move, or does not see one of them
        :raises UserError: the lifecycle refuses it for one of them
        """
        self._check_role(name)
        self.check_access("read")
        moved = self.sudo()  # the role and the sight of every one are checked above
        moved._lock()
        for feedback in moved:
            feedback._check_lifecycle(name, reason, details)
        project = getattr(moved, f"_project_{name}", None)
        projections = project(reason, **details) if project else [{} for _ in moved]
        moved._record(name, projections, reason)
        after = getattr(moved, f"_after_{name}", None)
        if after:
            after(reason)
        return True

    def _send(self, means):
        """Send the answers, and with each the answer to what says the same."""
        self._move("send", means=means)
        # who answers one answers those linked to it, whoever may see them
        same = self.sudo().duplicate_ids.filtered(
            lambda each: each.status in rules.MOVES["answer_with"].sources
        )
        return same._move("answer_with") if same else True

    def _check_lifecycle(self, name, reason, details):
        try:
            rules.check_move(name, self.status, self.waiting or None, reason)
            if name == "submit":
                criteria = [self[criterion] for criterion in CRITERIA]
                rules.check_answer(
                    self.category, self.sufficient, criteria, self.outcome, self.answer
                )
            elif name == "approve":
                rules.check_approval(self.submitted_by_id.id, self.officer_id.id, self.env.uid)
            elif name == "reopen":
                days = self.company_id.tthc_feedback_reopen_days
                rules.check_reopening(self.answered_on, local_today(), days)
        except Refused as refused:
            raise UserError(self._refusal(refused.code, name)) from refused

    # ---------------------------------------------------------------- event and kanban

    def _record(self, name, projections, reason=None):
        """Write one event each and what it projects; what is due next follows from them."""
        now = fields.Datetime.now()
        move = rules.MOVES.get(name)  # none for "register"
        feedbacks = self.sudo()  # the gate has checked the mover; a new one, its creation
        events = []
        for feedback, projected in zip(feedbacks, projections, strict=True):
            source = feedback.status
            target = (move.target or source) if move else "received"
            feedback._write_projection(
                projected | {"status": target, "event_count": feedback.event_count + 1}
            )
            events.append(
                {
                    "feedback_id": feedback.id,
                    "company_id": feedback.company_id.id,
                    "position": feedback.event_count,
                    "kind": name,
                    "happened_at": now,
                    "happened_on": to_local(now).date(),
                    "user_id": self.env.uid,
                    "from_status": move and source,
                    "to_status": target,
                    "reason": reason and rules.clean(reason, 20_000),
                    "waiting": feedback.waiting,
                    "officer_id": feedback.officer_id.id,
                    "category": feedback.category,
                    "sector_id": feedback.sector_id.id,
                    "answered_on": feedback.answered_on,
                    "dismissed_on": feedback.dismissed_on,
                    "published_on": feedback.published_on,
                }
            )
        feedbacks.env["tthc.feedback.event"].create(events)
        for feedback in feedbacks:
            feedback._write_projection(feedback._due_values())
        feedbacks._follow_up()

    def _move_to_status(self, target):
        """What dragging a card to another column means."""
        for feedback in self:
            if feedback.status == target:
                continue
            if target == "answered" and feedback.waiting == "approval":
                feedback.action_approve()
                if feedback.status == target:
                    continue
            names = rules.moves_between(feedback.status, target)
            move = names and rules.MOVES[names[0]]
            if not move:
                labels = dict(self._fields["status"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "A feedback cannot go from “%(from_status)s” to “%(to_status)s”.",
                        from_status=labels[feedback.status],
                        to_status=labels.get(target, target),
                    )
                )
            if move.asks or move.reason:
                raise UserError(
                    self.env._(
                        "“%(move)s” asks for more: open %(feedback)s and use its button.",
                        move=self._move_label(names[0]),
                        feedback=feedback.name,
                    )
                )
            feedback._move(names[0])
