from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..rules.plan import due
from ..rules.search_text import plain
from .res_company import local_today
from .selection import selection_of

# who may see feedback at all
READERS = ",".join(
    f"tthc_onestop.group_{role}"
    for role in ("counter", "officer", "statistician", "leader", "auditor")
)


class TthcPlanTask(models.Model):
    """The review of a part of a procedure that feedback asks for, with that feedback as its ground.

    NĐ 63/2010/NĐ-CP Đ30 (grounds of a review), Đ31 (what it delivers).
    """

    _inherit = "tthc.plan.task"

    procedure_id = fields.Many2one(
        "tthc.procedure",
        string="Procedure under review",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    procedure_part = fields.Selection(
        selection=selection_of("tthc.feedback", "procedure_part"),
        string="Part under review",
        readonly=True,
    )
    feedback_ids = fields.One2many(
        "tthc.feedback", "review_task_id", string="Grounds", readonly=True, groups=READERS
    )
    feedback_count = fields.Integer(
        compute="_compute_feedback_count", string="Feedback it rests on", groups=READERS
    )
    to_tell_count = fields.Integer(
        compute="_compute_feedback_count", string="Senders not told yet", groups=READERS
    )

    @api.depends_context("uid")
    @api.depends("feedback_ids.told_on")
    def _compute_feedback_count(self):
        counts = {
            task: (count, count - told)
            for task, count, told in self.env["tthc.feedback"]._read_group(
                [("review_task_id", "in", self.ids)],
                ["review_task_id"],
                ["__count", "told_on:count"],
            )
        }
        for task in self:
            task.feedback_count, task.to_tell_count = counts.get(task._origin, (0, 0))

    @api.model
    def _review_of(self, company, procedure, part):
        """The open review of a part of a procedure of any version; a new one if there is none.

        :raises UserError: the commune has no plan in which it could be
        """
        plan = self.plan_id._current(company)
        if not plan:
            raise UserError(
                self.env._("%(commune)s has no plan that is issued.", commune=company.name)
            )
        found = self.search(
            [
                ("plan_id", "=", plan.id),
                ("procedure_id.code", "=", procedure.code),
                ("procedure_part", "=", part),
                ("kind", "!=", "done"),
            ],
            limit=1,
        )
        if found:
            return found
        task = self.create(self._review_values(plan, procedure, part))
        task._ask(task._told_of_each()[task], task.name[:200], by=task.date_deadline)
        return task

    @api.model
    def _review_values(self, plan, procedure, part):
        """A task of a plan, Vietnamese as the plan is; for the specialist, if there is but one."""
        env = self.env["tthc.reminder"]._in_vietnamese().env
        sections = plan.section_ids
        section = sections.filtered(lambda each: "ra soat" in plain(each.name))[:1] or sections[-1:]
        specialists = procedure.sector_id.specialists_in(plan.company_id.id)
        parts = dict(selection_of("tthc.feedback", "procedure_part")(self.with_env(env)))
        year_end = fields.Date.to_date(f"{max(plan.year, local_today().year)}-12-31")
        return {
            "plan_id": plan.id,
            "section_id": section.id,
            "sequence": max(section.task_ids.mapped("sequence"), default=1000) + 1,
            "name": env._(
                "Review “%(part)s” of %(procedure)s, as feedback asks",
                part=parts.get(part) or env._("the whole"),
                procedure=procedure.display_name,
            ),
            "lead_id": self.env.ref("tthc_onestop.plan_role_officer").id,
            "partner_ids": [Command.link(self.env.ref("tthc_onestop.plan_role_statistician").id)],
            "user_id": specialists[0] if len(specialists) == 1 else False,
            "timing": env._("When feedback asks for it"),
            "periodicity": "once",
            "date_deadline": due(plan.company_id.tthc_work_calendar(), year_end),
            "procedure_id": procedure.id,
            "procedure_part": part,
            "deliverable_ids": [
                Command.create(
                    {"kind": "report", "name": env._("Result of the review, and what is proposed")}
                )
            ],
        }

    def action_tell(self):
        """Ask what the senders are told of these reviews, then tell them."""
        action = self.env["ir.actions.act_window"]._for_xml_id("tthc_onestop.feedback_move_action")
        untold = self.feedback_ids.filtered(lambda feedback: not feedback.told_on)
        return action | {
            "name": self.env._("Tell the senders"),
            "context": {
                "default_move": "tell",
                "default_feedback_ids": untold.ids,
                "default_reason": "\n".join(self.filtered("result").mapped("result")),
            },
        }

    def action_approve(self, comment=None):
        result = super().action_approve(comment)
        self._ask_to_tell()
        return result

    def _ask_to_tell(self):
        """Remind who keeps feedback of the senders who wait to hear what became of the review."""
        kind = "tthc_onestop.mail_activity_feedback_tell"
        for task in self.sudo():  # of feedback that the mover may not see its keepers are told too
            if not task.to_tell_count or task.activity_search([kind]):
                continue
            told = task.with_env(self.env["tthc.reminder"]._in_vietnamese().env).sudo()
            staff = self.env["tthc.feedback"]._staff(task.company_id)
            for user in staff["statistician"] or staff["leader"]:
                told.with_context(mail_activity_quick_update=True).activity_schedule(
                    kind,
                    user_id=user.id,
                    summary=told.env._("Tell the senders what became of the review"),
                )

    def _told_all(self):
        told = self.sudo().filtered(lambda task: not task.to_tell_count)
        told.activity_unlink(["tthc_onestop.mail_activity_feedback_tell"])

    def _next_year(self, heading, parent):
        return super()._next_year(heading, parent) | {
            "procedure_id": self.procedure_id.id,
            "procedure_part": self.procedure_part,
        }

    def _opened(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("tthc_onestop.plan_task_action")
        action |= {"context": {}, "domain": [("id", "in", self.ids)]}
        if len(self) == 1:
            action |= {"view_mode": "form", "views": [(False, "form")], "res_id": self.id}
        return action
