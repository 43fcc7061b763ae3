from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .plan import LEADER
from .res_company import local_today

FINANCE = "tthc_onestop.group_finance"
# what the leader looks at
ASKED = {"task_id", "name", "source", "source_note", "planned"}
DECIDED = {
    *("state", "approved", "asked_by_id", "approved_by_id", "approved_on", "returned_reason"),
}


class TthcPlanBudgetLine(models.Model):
    """Money for a task of the plan: what is planned, approved by the leader, and spent.

    What is approved holds until the leader decides anew: another amount that is asked for waits
    beside it.
    """

    _name = "tthc.plan.budget.line"
    _description = "Budget line of a plan task"
    _inherit = [
        "tthc.decision.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "tthc.commune.mixin",
    ]
    _commune_field = "task_id"
    _order = "plan_id desc, section_id, task_id, sequence, id"

    task_id = fields.Many2one(
        "tthc.plan.task", required=True, ondelete="cascade", index=True, tracking=True
    )
    plan_id = fields.Many2one(related="task_id.plan_id", store=True, index=True)
    plan_state = fields.Selection(related="plan_id.state", string="State of the plan")
    section_id = fields.Many2one(related="task_id.section_id", store=True, index=True)
    year = fields.Integer(related="task_id.year", store=True, aggregator=None)
    company_id = fields.Many2one(
        related="task_id.company_id", store=True, index=True, string="Commune"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, string="What for", tracking=True)
    source = fields.Selection(
        [
            ("assigned", "Assigned to the office for the year"),
            ("state", "State budget, for the one-stop desk"),
            ("other", "Other lawful sources"),
        ],
        required=True,
        default="assigned",
        tracking=True,
        help="The three sources of section III of plan 24/KH-UBND.",
    )
    source_note = fields.Char(string="Named", help="The source by its name, as in its decision.")
    planned = fields.Monetary(required=True, default=0, tracking=True, string="Planned amount")
    other_amount = fields.Monetary(
        required=True,
        default=0,
        copy=False,
        aggregator=None,
        string="Approve another amount",
        help="What the leader approves instead of what is planned. 0: what is planned.",
    )
    approved = fields.Monetary(
        required=True,
        default=0,
        readonly=True,
        copy=False,
        tracking=True,
        string="Approved amount",
    )
    spent = fields.Monetary(compute="_compute_spent", store=True)
    remaining = fields.Monetary(compute="_compute_remaining", store=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Waiting for approval"),
            ("approved", "Approved"),
            ("returned", "Sent back"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    asked_by_id = fields.Many2one("res.users", readonly=True, copy=False, string="Submitted by")
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_on = fields.Date(readonly=True, copy=False)
    returned_reason = fields.Text(string="Why it is sent back", readonly=True, copy=False)
    previous_id = fields.Many2one(
        "tthc.plan.budget.line", readonly=True, ondelete="set null", string="In the plan before"
    )
    voucher_ids = fields.One2many("tthc.plan.budget.voucher", "line_id", string="Vouchers")

    _amounts = models.Constraint(
        "CHECK(planned >= 0 AND other_amount >= 0 AND approved >= 0)",
        "An amount of money is not below 0.",
    )
    # of two vouchers at once the second waits for this row, and meets what the first has spent
    _spent_approved = models.Constraint(
        "CHECK(spent <= approved)", "More would be spent than the leader has approved."
    )
    _approved_by_leader = models.Constraint(
        "CHECK(state <> 'approved' OR (approved > 0 AND approved_by_id IS NOT NULL))",
        "An amount is approved by a leader.",
    )

    @api.depends("voucher_ids.amount")
    def _compute_spent(self):
        for line in self:
            line.spent = sum(line.voucher_ids.mapped("amount"))

    @api.depends("approved", "spent")
    def _compute_remaining(self):
        for line in self:
            line.remaining = line.approved - line.spent

    # ---------------------------------------------------------------- who writes what

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")  # before anything is said about the values
        if any(vals.keys() & (DECIDED | {"other_amount"}) for vals in vals_list):
            raise UserError(self.env._("Use the buttons of the budget line."))
        self._check_tasks(vals_list)
        lines = super().create(vals_list)
        lines._check_plan_open()
        return lines

    def write(self, vals):
        self.check_access("write")  # before anything is said about the lines
        leads, plans = (self.env.su or self.env.user.has_group(each) for each in (LEADER, FINANCE))
        if (vals.keys() - {"other_amount"} and not plans) or ("other_amount" in vals and not leads):
            raise AccessError(
                self.env._("The finance officer plans money, the leader says how much of it.")
            )
        if vals.keys() & DECIDED:
            raise UserError(self.env._("Use the buttons of the budget line."))
        self._check_tasks([vals])
        self._check_plan_open()
        if vals.keys() & ASKED:
            self._check_in("draft", "returned")
        if "other_amount" in vals:
            self._check_in("submitted")
        return super().write(vals)

    def _check_tasks(self, vals_list):
        """Before anything is said about the tasks."""
        tasks = {vals["task_id"] for vals in vals_list if vals.get("task_id")}
        self.task_id.browse(tasks).check_access("read")

    @api.ondelete(at_uninstall=False)
    def _unlink_undecided(self):
        """:raises UserError: the leader looks at it, or has approved money"""
        self._check_plan_open()
        self._check_in("draft", "returned")
        if self.filtered("approved"):
            raise UserError(self.env._("Money that was approved stays in the plan."))

    def _check_plan_open(self):
        for plan in self.plan_id.filtered(lambda plan: plan.state == "closed"):
            raise UserError(
                self.env._("%(plan)s is closed: its money stays as it is.", plan=plan.display_name)
            )

    # ---------------------------------------------------------------- its gate

    def action_submit(self):
        """Ask the leaders for the money.

        :raises UserError: no amount is planned
        """
        self._begin(FINANCE, "draft", "returned")
        for line in self.filtered(lambda line: not line.planned):
            raise UserError(self.env._("Enter how much is planned for “%s”.", line.display_name))
        self._ask_no_more()
        self._set({"state": "submitted", "asked_by_id": self.env.uid, "returned_reason": False})
        for company, lines in self.grouped("company_id").items():
            leaders = self.env["tthc.plan"]._leaders_of(company)
            for line in lines:
                line._ask(leaders, self.env._("Money to approve: %(name)s", name=line.name))
        return True

    def action_revise(self):
        """Change what was asked for, or ask for another amount than was approved."""
        self._begin(FINANCE, "submitted", "approved")
        self._ask_no_more()
        return self._set({"state": "draft", "other_amount": 0})

    def action_approve(self):
        """The leader approves what is planned, or another amount.

        :raises UserError: more is spent already
        """
        self._begin(LEADER, "submitted")
        self._ask_no_more()
        for line in self:
            amount = line.other_amount or line.planned
            if line.currency_id.compare_amounts(amount, line.spent) < 0:
                raise UserError(
                    self.env._(
                        "Of “%(line)s” %(spent)s is spent already: no less is approved.",
                        line=line.display_name,
                        spent=line._in_words(line.spent),
                    )
                )
            line._set(
                {
                    "state": "approved",
                    "approved": amount,
                    "other_amount": 0,
                    "approved_by_id": self.env.uid,
                    "approved_on": local_today(),
                }
            )
        return True

    def action_send_back(self, reason):
        """The leader wants something changed; what was approved before holds.

        :raises UserError: without a reason
        """
        self._begin(LEADER, "submitted")
        self._check_reason(reason)
        self._ask_no_more()
        self._set({"state": "returned", "returned_reason": reason, "other_amount": 0})
        for line in self:
            line._tell_sent_back(reason, line.asked_by_id)
        return True

    def _begin(self, group, *states):
        """:raises AccessError: the step is another's; :raises UserError: it is not the time"""
        self.check_access("write")
        self.env["res.users"].tthc_check_role(group)
        self._check_plan_open()
        self._check_in(*states)

    def _in_words(self, amount):
        return self.currency_id.format(amount)
