from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .plan import KEEPER, LEADER
from .res_company import local_today

TEXT = {"name", "author_ids", "author_names", "procedure_ids", "part", "description", "date"}
OPEN = ("proposed", "considered")
DECISION = {"decision_number", "decision_on", "answer"}
# each move: from which states, to which, whose it is, what must be entered before
MOVES = {
    "consider": (("proposed",), "considered", KEEPER, ()),
    "recognise": (("considered",), "recognised", LEADER, ("decision_number", "decision_on")),
    "refuse": (OPEN, "refused", LEADER, ("answer",)),
    "apply": (("recognised",), "applied", KEEPER, ("effect",)),
}


class TthcInitiative(models.Model):
    """A proposal to make procedures simpler or their handling better (plan II.9)."""

    _name = "tthc.initiative"
    _description = "Initiative"
    _inherit = [
        "tthc.decision.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "tthc.commune.mixin",
    ]
    _order = "date desc, id desc"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        string="Commune",
    )
    name = fields.Char(required=True, string="Initiative")
    author_ids = fields.Many2many(
        "res.users",
        string="Authors",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    author_names = fields.Char(string="Other authors", help="Who has no account here.")
    date = fields.Date(required=True, default=lambda self: local_today(), string="Proposed on")
    procedure_ids = fields.Many2many(
        "tthc.procedure",
        string="Procedures",
        domain="[('state', '=', 'published')]",
        help="Empty: it is about the work of the desk as a whole.",
    )
    # the parts of a procedure: NĐ 63/2010 Đ8.2
    part = fields.Selection(
        [
            ("order", "Order and manner of carrying out"),
            ("papers", "Papers and number of sets"),
            ("term", "Time limit"),
            ("fee", "Fees and charges"),
            ("form", "Forms and declarations"),
            ("condition", "Requirements and conditions"),
            ("result", "Result"),
            ("desk", "Work of the desk"),
            ("other", "Other"),
        ],
        required=True,
        default="order",
        string="What it changes",
    )
    description = fields.Text(required=True, help="What is so now, and what should be.")
    state = fields.Selection(
        [
            ("proposed", "Put forward"),
            ("considered", "Under consideration"),
            ("recognised", "Recognised"),
            ("applied", "Applied"),
            ("refused", "Not recognised"),
        ],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    decision_number = fields.Char(copy=False, string="Decision", help="As in 12/QĐ-UBND.")
    decision_on = fields.Date(copy=False, string="Decided on")
    answer = fields.Text(copy=False, help="Why it is recognised, or why not.")
    effect = fields.Text(
        copy=False, help="What it has brought: time, papers, trips or money saved, to whom."
    )
    task_id = fields.Many2one(
        "tthc.plan.task",
        string="Task of the plan",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('company_id', '=', company_id), ('plan_state', '=', 'issued')]",
        help="Its deliverable is this initiative once it is recognised.",
    )
    deliverable_ids = fields.One2many("tthc.plan.deliverable", "initiative_id", copy=False)

    edits = fields.Boolean(compute="_compute_edits")
    decides = fields.Boolean(compute="_compute_edits")

    _recognised_decided = models.Constraint(
        "CHECK(state NOT IN ('recognised', 'applied')"
        " OR (decision_number IS NOT NULL AND decision_on IS NOT NULL))",
        "An initiative is recognised by a decision with its number and day.",
    )

    @api.depends("state", "create_uid")
    @api.depends_context("uid")
    def _compute_edits(self):
        user = self.env.user
        keeps, leads = self.env.su or user.has_group(KEEPER), user.has_group(LEADER)
        for each in self:
            mine = each.state == "proposed" and (each.create_uid or user) == user
            each.edits = each.state in OPEN and (keeps or mine)
            each.decides = each.state in OPEN and (keeps or leads)

    @api.constrains("task_id", "company_id")
    def _check_same_commune(self):
        if any(each.task_id and each.task_id.company_id != each.company_id for each in self):
            raise UserError(self.env._("The task is of another commune."))

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")  # before anything is said about the values
        if any(vals.get("state", "proposed") != "proposed" for vals in vals_list):
            raise UserError(self.env._("An initiative is proposed first."))
        return super().create(vals_list)

    def write(self, vals):
        """Authors change what they proposed until somebody looks at it; leaders decide of it."""
        self.check_access("write")  # before anything is said about the initiative
        if "state" in vals:
            raise UserError(self.env._("Use the buttons of the initiative."))
        keeps = self.env.su or self.env.user.has_group(KEEPER)
        for each in self:
            may = (TEXT if each.edits else set()) | (DECISION if each.decides else set())
            if not keeps and vals.keys() - may:
                raise AccessError(
                    self.env._(
                        "Authors change an initiative until it is considered; leaders enter what "
                        "is decided of it."
                    )
                )
            if each.state not in OPEN and vals.keys() & (TEXT | DECISION | {"company_id"}):
                raise UserError(
                    self.env._(
                        "“%(initiative)s” was decided of as it is: it stays so.",
                        initiative=each.name,
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_proposed(self):
        if self.filtered(lambda each: each.state != "proposed"):
            raise UserError(self.env._("An initiative that was considered stays."))

    def action_consider(self):
        return self._move("consider")

    def action_recognise(self):
        """The leader recognises initiatives by decision: each is the deliverable of its task."""
        self._move("recognise")
        for each in self:
            each.task_id._deliver(
                "initiative", each.name, {"initiative_id": each.id, "date": each.decision_on}
            )
        return True

    def action_refuse(self):
        return self._move("refuse")

    def action_apply(self):
        return self._move("apply")

    def _move(self, name):
        """Make one move on all these, or on none.

        :raises AccessError: it is another's to make
        :raises UserError: one is in another state, or something is not entered yet
        """
        sources, target, group, needed = MOVES[name]
        self.check_access("read")
        self.env["res.users"].tthc_check_role(group)
        self._check_in(*sources)
        for each in self:
            if missing := [field for field in needed if not each[field]]:
                labels = each.fields_get(missing, ["string"])
                raise UserError(
                    self.env._(
                        "Enter first: %(fields)s.",
                        fields=", ".join(labels[field]["string"] for field in missing),
                    )
                )
        return self._set({"state": target})
