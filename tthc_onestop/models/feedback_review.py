from odoo import fields, models
from odoo.exceptions import UserError

from ..rules import feedback as rules
from .res_company import local_today


class TthcFeedback(models.Model):
    """Feedback as a ground for the review of a procedure, and what its sender is told of that.

    NĐ 63/2010/NĐ-CP Đ30: the plan of reviews names what each was chosen for, feedback among it.
    """

    _inherit = "tthc.feedback"

    review_task_id = fields.Many2one(
        "tthc.plan.task",
        string="Review",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The task of the plan that reviews what it is about.",
    )
    told_on = fields.Date(
        string="Sender told on",
        readonly=True,
        copy=False,
        help="The day its sender was told what became of the review.",
    )

    def action_review(self):
        """Open the review of what these are about in the plan that runs, with them as its grounds.

        Those about one part of a procedure go to one task: the open one when there is one.
        """
        self._move("review")
        tasks = self.sudo().review_task_id  # who opened them is shown them, as far as they may
        return tasks.with_env(self.env)._opened()

    def action_tell(self, reason):
        """Tell the senders what became of the review, those too who said the same.

        :param reason: what they are told
        """
        same = self.duplicate_ids.filtered(
            lambda each: each.status in rules.MOVES["tell"].sources and not each.told_on
        )
        return (self | same)._move("tell", reason)

    def _project_review(self, reason):
        tasks = {}
        for (company, procedure, part), found in self.grouped(
            lambda each: (each.company_id, each.procedure_id, each.procedure_part)
        ).items():
            if sensitive := found.filtered("sensitive"):
                raise UserError(
                    self.env._(
                        "%(feedback)s is sensitive: a task of the plan would tell of it.",
                        feedback=sensitive[0].name,
                    )
                )
            if not procedure:
                raise UserError(
                    self.env._(
                        "Say by classifying %(feedback)s which procedure it is about first.",
                        feedback=found[0].name,
                    )
                )
            tasks |= dict.fromkeys(
                found, self.env["tthc.plan.task"]._review_of(company, procedure, part)
            )
        return [{"review_task_id": tasks[each].id, "told_on": False} for each in self]

    def _project_tell(self, reason):
        for feedback in self:
            if not (feedback.review_task_id or feedback.duplicate_of_id.review_task_id):
                raise UserError(
                    self.env._("No review was opened from %(feedback)s.", feedback=feedback.name)
                )
        return [{"told_on": local_today()} for _ in self]

    def _after_tell(self, reason):
        self._letters("told", reason)
        self.review_task_id._told_all()
