from odoo import models
from odoo.exceptions import AccessError, UserError

from .plan import KEEPER, LEADER
from .res_company import local_today

# what dropping a card into a column of a kind means, by where it was
DROPS = {
    ("todo", "doing"): "begin",
    ("doing", "todo"): "put_back",
    ("todo", "waiting"): "submit",
    ("doing", "waiting"): "submit",
    ("waiting", "doing"): "take_back",
    ("waiting", "done"): "approve",
}


class TthcPlanTask(models.Model):
    """The gate of a task: every way into a column goes through it, a drop of the card too."""

    _inherit = "tthc.plan.task"

    def action_submit(self):
        """Hand tasks in to the leader, with their deliverables.

        :raises UserError: a deliverable or a subtask is missing
        :raises AccessError: the user neither leads nor co-operates
        """
        self._check_works()
        self._check_worked_in("todo", "doing")
        for task in self:
            task._check_submittable()
        self._to("waiting", approval_state="waiting", returned_reason=False)
        for task in self:
            leaders = task.plan_id._leaders()
            task._ask(leaders, self.env._("Task to approve: %(name)s", name=task.name))
        return True

    def action_take_back(self):
        """Take tasks back that were handed in, to change something."""
        self._check_works()
        self._check_worked_in("waiting")
        self._ask_no_more()
        return self._to("doing", approval_state="none")

    def action_approve(self, comment=None):
        """The leader finds it done; the comment stays with the task."""
        self._check_leads()
        self._check_worked_in("waiting")
        self._ask_no_more()
        self._to(
            "done", approval_state="approved", approved_by_id=self.env.uid, done_on=local_today()
        )
        for task in self:
            task.message_post(
                body=self.env._("Approved. %(comment)s", comment=comment or "").strip()
            )
        return True

    def action_send_back(self, reason):
        """The leader sends tasks back, waiting or done, with what should be changed.

        :raises UserError: without a reason
        """
        self._check_leads()
        self._check_reason(reason)
        self._check_worked_in("waiting", "done")
        self._ask_no_more()
        self._to(
            "doing",
            approval_state="returned",
            returned_reason=reason,
            approved_by_id=False,
            done_on=False,
        )
        for task in self:
            task._tell_sent_back(reason, task._told_of_each()[task])
        return True

    # ---------------------------------------------------------------- its parts

    def _drop(self, stage):
        """The card was dropped into a column."""
        for task in self:
            if task.kind == stage.kind:
                task._check_works()
                task._set({"stage_id": stage.id})
                continue
            move = DROPS.get((task.kind, stage.kind))
            if move in ("begin", "put_back"):
                task._check_works()
                task._to(stage.kind)
            elif move:
                getattr(task, f"action_{move}")()
            elif task.kind in ("waiting", "done"):
                raise UserError(self.env._("Say why it is sent back: use its button."))
            else:
                raise UserError(self.env._("A task is done when the leader has approved it."))
            task._set({"stage_id": stage.id})

    def _to(self, kind, **decided):
        return self._set({"stage_id": self.env["tthc.plan.stage"].first_of(kind).id} | decided)

    def _check_worked_in(self, *kinds):
        self._check_in(*kinds)
        if any(task.plan_state != "issued" for task in self):
            raise UserError(self.env._("Tasks are worked on while their plan is issued."))

    def _check_submittable(self):
        """:raises UserError: something is missing before the leader looks at it"""
        if self.child_ids.filtered(lambda child: child.kind != "done"):
            raise UserError(
                self.env._("“%(task)s” has subtasks that are not done.", task=self.display_name)
            )
        missing = self.deliverable_ids.filtered(lambda each: not each.delivered)
        if missing or not (self.deliverable_ids or self.child_ids):
            raise UserError(
                self.env._(
                    "“%(task)s” lacks its deliverable: %(name)s. Enter its day, and a number, a "
                    "file or a link.",
                    task=self.display_name,
                    name=", ".join(missing.mapped("name")) or self.env._("none is entered"),
                )
            )

    def _check_works(self):
        """:raises AccessError: these are not the user's to work on"""
        self.check_access("write")
        user = self.env.user
        if self.env.su or user.has_group(KEEPER) or user.has_group(LEADER):
            return
        # who plans the money of every task sees them all, and works on those of the own role
        if others := self - self.filtered_domain(user.tthc_tasks("")):
            raise AccessError(self.env._("“%s” is for others to work on.", others[:1].display_name))

    def _check_leads(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(LEADER):
            raise AccessError(self.env._("The leader approves tasks and sends them back."))
