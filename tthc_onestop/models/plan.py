from textwrap import shorten

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.plan import progress
from .res_company import local_today

LEADER, KEEPER = "tthc_onestop.group_leader", "tthc_onestop.group_statistician"
# what the printed plan says: as it was approved, so it stays
TEXT = {
    *("name", "number", "year", "date", "bases", "intro", "closing", "recipients"),
    *("signer_title", "signer_name", "company_id"),
}
# what the buttons write
DECIDED = {"state", "approved_by_id", "approved_on", "returned_reason"}
# each move: from which state, to which, whose it is
MOVES = {
    "submit": ("draft", "submitted", KEEPER),
    "approve": ("submitted", "approved", LEADER),
    "send_back": ("submitted", "draft", LEADER),
    "issue": ("approved", "issued", KEEPER),
    "close": ("issued", "closed", KEEPER),
}


class TthcPlan(models.Model):
    """The plan of a commune for a year: its printed text, and its tasks as living work."""

    _name = "tthc.plan"
    _description = "Plan"
    _inherit = [
        "tthc.decision.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "tthc.commune.mixin",
    ]
    _order = "year desc, id desc"

    name = fields.Char(required=True, help="Printed under KẾ HOẠCH.")
    number = fields.Char(copy=False, help="As in 24/KH-UBND.")
    year = fields.Integer(
        required=True, default=lambda self: local_today().year, aggregator=None, tracking=True
    )
    date = fields.Date(string="Day of issue", copy=False)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        string="Commune",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Waiting for approval"),
            ("approved", "Approved"),
            ("issued", "Promulgated"),
            ("closed", "Closed"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    bases = fields.Text(string="Legal bases", help="A paragraph a line, as printed.")
    intro = fields.Text(string="Opening", help="Printed before the first section.")
    closing = fields.Text(help="Printed after the last section.")
    recipients = fields.Text(help="A line each, printed under Nơi nhận.")
    signer_title = fields.Text(
        default=lambda self: self.env.company.tthc_signer_title, help="Over the signature."
    )
    signer_name = fields.Char(help="Under the signature; empty until it is known who signs.")
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_on = fields.Date(readonly=True, copy=False)
    returned_reason = fields.Text(string="Why it is sent back", readonly=True, copy=False)
    section_ids = fields.One2many("tthc.plan.section", "plan_id", string="Sections")
    task_ids = fields.One2many(
        "tthc.plan.task", "plan_id", string="Tasks", domain=[("parent_id", "=", False)]
    )
    task_count = fields.Integer(compute="_compute_progress", string="Tasks in all")
    done_count = fields.Integer(compute="_compute_progress", string="Done")
    overdue_count = fields.Integer(compute="_compute_progress", string="Overdue")
    progress = fields.Float(compute="_compute_progress", string="Progress (%)")

    _year_range = models.Constraint(
        "CHECK(year BETWEEN 2000 AND 2100)", "Enter a year between 2000 and 2100."
    )
    _number_uniq = models.UniqueIndex(
        "(company_id, year, number) WHERE number IS NOT NULL",
        "The commune has a plan with this number already.",
    )
    _issued_numbered = models.Constraint(
        "CHECK(state NOT IN ('issued', 'closed') OR (number IS NOT NULL AND date IS NOT NULL))",
        "A plan is issued with its number and day.",
    )

    @api.depends("task_ids.stage_id", "task_ids.date_deadline", "state")
    @api.depends_context("uid")
    def _compute_progress(self):
        tasks = self.env["tthc.plan.task"]
        of_plans = [("plan_id", "in", self.ids), ("parent_id", "=", False)]
        total = dict(tasks._read_group(of_plans, ["plan_id"], ["__count"]))
        done = dict(tasks._read_group([*of_plans, ("kind", "=", "done")], ["plan_id"], ["__count"]))
        issued = ("plan_id.state", "in", ("issued", "closed"))  # nobody is late with a draft
        late = [*of_plans, issued, ("kind", "!=", "done"), ("date_deadline", "<", local_today())]
        overdue = dict(tasks._read_group(late, ["plan_id"], ["__count"]))
        for plan in self:
            plan.task_count = total.get(plan, 0)
            plan.done_count = done.get(plan, 0)
            plan.overdue_count = overdue.get(plan, 0)
            plan.progress = progress(plan.done_count, plan.task_count)

    # ---------------------------------------------------------------- its text

    def _check_text_open(self):
        """:raises UserError: the text of one was handed in or approved"""
        for plan in self:
            if plan.state != "draft":
                raise UserError(
                    self.env._(
                        "%(plan)s was handed in for approval: its text stays as it is.",
                        plan=plan.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")  # before anything is said about the values
        if any(vals.get(name, "draft") != "draft" for vals in vals_list for name in DECIDED):
            raise UserError(self.env._("A plan begins as a draft."))
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")  # before anything is said about the plan
        if vals.keys() & DECIDED:
            raise UserError(self.env._("Use the buttons of the plan."))
        # its number and day are known when it is issued
        allowed = {"approved": {"number", "date", "signer_name"}}
        for plan in self:
            if vals.keys() & TEXT - allowed.get(plan.state, set()):
                plan._check_text_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts(self):
        self._check_text_open()

    @api.depends("name", "number")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = f"{plan.number}: {plan.name}" if plan.number else plan.name

    # ---------------------------------------------------------------- what is decided of it

    def action_submit(self):
        """Hand plans in to the leaders."""
        plans = self._move("submit")
        for plan in plans:
            plan._check_complete()
            plan._ask(plan._leaders(), self.env._("Plan to approve: %(name)s", name=plan.name))
        return True

    def action_approve(self):
        self._move("approve", approved_by_id=self.env.uid, approved_on=local_today())
        self._ask_no_more()
        return True

    def action_send_back(self, reason):
        """Send plans back to who keeps them, with what should be changed.

        :raises UserError: without a reason
        """
        self._check_reason(reason)
        plans = self._move("send_back", returned_reason=reason)
        plans._ask_no_more()
        for plan in plans:
            plan._tell_sent_back(reason, plan.create_uid)
        return True

    def action_issue(self):
        """The signed plan goes out: its periodic tasks get the times of their year.

        :raises UserError: number or day is missing, or it is not approved
        """
        if any(not plan.number or not plan.date for plan in self):
            raise UserError(self.env._("Enter the number and the day of the plan first."))
        self._move("issue")._begin()
        return True

    def _begin(self):
        """The tasks of a plan that was issued: their times, and what the plan itself delivers."""
        self.task_ids._spawn()
        for plan in self:
            itself = plan.task_ids.deliverable_ids.filtered(lambda each: each.kind == "this_plan")
            itself.write({"number": plan.number, "date": plan.date})

    def action_close(self):
        self._move("close")
        return True

    def _move(self, name, **decided):
        """Make one move on all these plans, or on none.

        :raises AccessError: it is another's to make
        :raises UserError: one is in another state
        """
        source, target, group = MOVES[name]
        self.check_access("read")
        self.env["res.users"].tthc_check_role(group)
        self._check_in(source)
        plans = self.sudo()  # the role is checked above
        plans._write_decided({"state": target, "returned_reason": False} | decided)
        return plans

    def _check_complete(self):
        """:raises UserError: somebody would not know what is theirs, or something is undecided"""
        tasks = self.env["tthc.plan.task"].search([("plan_id", "in", self.ids)])
        if not tasks:
            raise UserError(self.env._("The plan has no task yet."))
        if undecided := tasks.filtered("to_decide"):
            asked = (
                f"- {shorten(task.name, 90, placeholder='…')}: {task.to_decide}"
                for task in undecided
            )
            raise UserError(self.env._("Decide anew first:\n%(tasks)s", tasks="\n".join(asked)))

    @api.model
    def _current(self, company):
        """The newest plan that is issued in a commune."""
        return self.search([("company_id", "=", company.id), ("state", "=", "issued")], limit=1)

    def _leaders(self):
        return self._leaders_of(self.company_id)

    @api.model
    def _leaders_of(self, company):
        return self.env["res.users"].tthc_holders(self.env.ref(LEADER), company)

    def action_open_tasks(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tthc_onestop.plan_task_action")
        return action | {
            "display_name": self.display_name,
            "domain": [("plan_id", "=", self.id)],
            "context": {"default_plan_id": self.id, "search_default_top": 1},
        }
