from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..rules.plan import progress
from .res_company import local_today
from .selection import selection_of

KEEPER = "tthc_onestop.group_statistician"
# what who works on a task writes; the rest is the plan's
WORKED = {"stage_id", "result", "evidence_reason", "deliverable_ids"}
# what the printed plan says
TEXT = {"plan_id", "section_id", "parent_id", "name", "marker", "sequence", "printed"}
DECIDED = {"approval_state", "approved_by_id", "done_on", "returned_reason"}


class TthcPlanTask(models.Model):
    """A line of the plan as work: who leads it, when it is due, what it delivers."""

    _name = "tthc.plan.task"
    _description = "Plan task"
    _inherit = [
        "tthc.decision.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "tthc.commune.mixin",
    ]
    _stands = "kind"
    _commune_field = "plan_id"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one(
        "tthc.plan",
        required=True,
        ondelete="cascade",
        index=True,
        default=lambda self: self.plan_id._current(self.env.company),
    )
    company_id = fields.Many2one(
        related="plan_id.company_id", store=True, index=True, string="Commune"
    )
    year = fields.Integer(related="plan_id.year", store=True, aggregator=None)
    plan_state = fields.Selection(related="plan_id.state", string="State of the plan")
    section_id = fields.Many2one(
        "tthc.plan.section",
        required=True,
        ondelete="cascade",
        index=True,
        domain="[('plan_id', '=', plan_id)]",
    )
    section = fields.Char(related="section_id.code", store=True, string="Section number")
    sequence = fields.Integer(default=1000)
    name = fields.Text(required=True, string="Task")
    marker = fields.Selection(
        [("-", "-"), ("+", "+")], default="-", help="Printed before it. Empty: a plain paragraph."
    )
    printed = fields.Boolean(
        default=True, readonly=True, help="A line of the plan as issued, not added since."
    )
    parent_id = fields.Many2one(
        "tthc.plan.task",
        string="Part of",
        ondelete="cascade",
        index="btree_not_null",
        domain="[('plan_id', '=', plan_id)]",
    )
    child_ids = fields.One2many("tthc.plan.task", "parent_id", string="Subtasks")
    lead_id = fields.Many2one("tthc.plan.role", required=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        string="Done by",
        index="btree_not_null",
        tracking=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Who does it in person. Empty: all who hold the leading role.",
    )
    partner_ids = fields.Many2many("tthc.plan.role", string="Co-operate")
    stage_id = fields.Many2one(
        "tthc.plan.stage",
        required=True,
        ondelete="restrict",
        index=True,
        copy=False,
        default=lambda self: self.env["tthc.plan.stage"].first_of("todo"),
        group_expand="_read_group_stage_ids",
        tracking=True,
    )
    kind = fields.Selection(
        selection=selection_of("tthc.plan.stage", "kind"),
        compute="_compute_kind",
        store=True,
        string="Where it stands",
    )
    approval_state = fields.Selection(
        [
            ("none", "Not asked for"),
            ("waiting", "Waiting for approval"),
            ("approved", "Approved"),
            ("returned", "Sent back"),
        ],
        required=True,
        default="none",
        readonly=True,
        copy=False,
        string="Approval",
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    returned_reason = fields.Text(string="Why it is sent back", readonly=True, copy=False)
    done_on = fields.Date(readonly=True, copy=False)
    result = fields.Text(copy=False, help="What was done: the report of the plan quotes it.")
    to_decide = fields.Char(
        help="What must be decided anew before the plan is handed in, in a plan made from another."
    )
    deliverable_ids = fields.One2many(
        "tthc.plan.deliverable", "task_id", string="Deliverables", copy=True
    )
    progress = fields.Float(
        compute="_compute_progress", store=True, aggregator="avg", string="Progress (%)"
    )
    overdue = fields.Boolean(compute="_compute_standing", search="_search_overdue")
    at_risk = fields.Boolean(compute="_compute_standing", search="_search_at_risk")

    keeps = fields.Boolean(compute="_compute_keeps")

    _board_idx = models.Index("(company_id, year, stage_id)")
    _part_of_another = models.Constraint("CHECK(parent_id <> id)", "A task is no part of itself.")
    _done_approved = models.Constraint(
        "CHECK((done_on IS NULL) = (approval_state <> 'approved'))",
        "A task is done when the leader has approved it.",
    )

    @api.depends("stage_id.kind")
    def _compute_kind(self):
        for task in self:
            task.kind = task.stage_id.kind

    @api.depends_context("uid")
    def _compute_keeps(self):
        """Whether the user may change the task itself; others move it and say what was done."""
        self.keeps = self.env.user.has_group(KEEPER)

    @api.depends("kind", "child_ids.kind", "deliverable_ids.delivered")
    def _compute_progress(self):
        for task in self:
            parts = task.child_ids.mapped(lambda child: child.kind == "done")
            parts = parts or task.deliverable_ids.mapped("delivered")
            task.progress = 100 if task.kind == "done" else progress(sum(parts), len(parts))

    @api.depends("kind", "date_deadline")
    def _compute_standing(self):
        overdue, at_risk = (
            self.filtered_domain(domain) for domain in (self._overdue(), self._at_risk())
        )
        for task in self:
            task.overdue, task.at_risk = task in overdue, task in at_risk

    def _search_overdue(self, operator, value):
        return self._overdue() if operator == "in" else NotImplemented

    def _search_at_risk(self, operator, value):
        return self._at_risk() if operator == "in" else NotImplemented

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        return stages.search([])  # pylint: disable=no-search-all

    @api.constrains("section_id", "parent_id", "plan_id")
    def _check_same_plan(self):
        for task in self:
            if task.plan_id != task.section_id.plan_id or (
                task.parent_id and task.parent_id.plan_id != task.plan_id
            ):
                raise UserError(self.env._("A section and a task it is part of are of one plan."))

    @api.constrains("parent_id")
    def _check_no_circle(self):
        if self._has_cycle():
            raise UserError(self.env._("A task is no part of itself."))

    @api.constrains("user_id", "company_id")
    def _check_user(self):
        for task in self:
            # of users all may know in which communes they work
            if task.user_id and task.company_id not in task.user_id.sudo().company_ids:
                raise UserError(
                    self.env._(
                        "%(user)s does not work in %(commune)s: choose somebody who does.",
                        user=task.user_id.name,
                        commune=task.company_id.name,
                    )
                )

    @api.depends("name", "section")
    def _compute_display_name(self):
        for task in self:
            name = task.name or ""
            start = f"{name[:80]}{'…' if len(name) > 80 else ''}"
            task.display_name = f"{task.section}: {start}" if task.section else start

    # ---------------------------------------------------------------- who writes what

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")  # before anything is said about the values
        plans = self.env["tthc.plan"].browse({vals.get("plan_id") for vals in vals_list} - {None})
        plans.check_access("read")  # before anything is said about the plan
        drafts = plans.filtered(lambda plan: plan.state == "draft")
        if any(vals.keys() & DECIDED for vals in vals_list):
            raise UserError(self.env._("Use the buttons of the task."))
        # what is added since is not printed: the plan is as it was approved
        return super().create(
            [
                vals if vals.get("plan_id") in drafts.ids else vals | {"printed": False}
                for vals in vals_list
            ]
        )

    def write(self, vals):
        self.check_access("write")  # before anything is said about the tasks
        keeps = self.env.su or self.env.user.has_group(KEEPER)
        if not keeps and vals.keys() - WORKED:
            raise AccessError(
                self.env._("You may move a task and say what was done; the plan is kept by others.")
            )
        if vals.keys() & WORKED:
            self._check_works()
        if vals.keys() & DECIDED:
            raise UserError(self.env._("Use the buttons of the task."))
        if "plan_id" in vals:
            self.plan_id.browse(vals["plan_id"]).check_access("write")
        if vals.keys() & TEXT:
            self.filtered("printed").plan_id._check_text_open()
        vals = dict(vals)
        stage = vals.pop("stage_id", None)
        if vals:
            super().write(vals)
        if stage:
            self._drop(self.env["tthc.plan.stage"].browse(stage))
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        self.filtered("printed").plan_id._check_text_open()
        if self.filtered("done_on"):
            raise UserError(self.env._("A task that was approved stays."))

    def _open_before(self, day):
        return [("kind", "!=", "done"), ("date_deadline", "<", day)]

    def _overdue(self):
        return self._open_before(local_today())
