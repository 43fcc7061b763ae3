from odoo import api, fields, models
from odoo.exceptions import UserError

from .res_company import local_today

# what a session was, once it was held
FACTS = {"name", "organiser", "date_from", "date_to", "hours", "task_id", "company_id"}


class TthcTrainingSession(models.Model):
    """A training session that officers of the commune take part in or hold."""

    _name = "tthc.training.session"
    _description = "Training session"
    _inherit = ["mail.thread", "mail.activity.mixin", "tthc.commune.mixin"]
    _order = "date_from desc, id desc"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        string="Commune",
    )
    name = fields.Char(required=True, string="Topic")
    organiser = fields.Char(required=True, help="Who holds it, as in “Văn phòng UBND tỉnh”.")
    date_from = fields.Date(required=True, string="From")
    date_to = fields.Date(
        required=True,
        string="To",
        compute="_compute_date_to",
        store=True,
        readonly=False,
        precompute=True,
    )
    place = fields.Char(string="Venue")
    hours = fields.Float(required=True, help="Of the whole session.")
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
        required=True,
        default="planned",
        readonly=True,
        copy=False,
        tracking=True,
    )
    task_id = fields.Many2one(
        "tthc.plan.task",
        string="Task of the plan",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('company_id', '=', company_id), ('plan_state', '=', 'issued')]",
        help="Its deliverable is this session once it was held.",
    )
    deliverable_ids = fields.One2many("tthc.plan.deliverable", "training_id", copy=False)
    participant_ids = fields.One2many(
        "tthc.training.participant", "session_id", string="Participants", copy=True
    )
    participant_count = fields.Integer(compute="_compute_participant_count")
    note = fields.Text(help="What it was about, what was learnt.")

    _dates_order = models.Constraint(
        "CHECK(date_from <= date_to)", "A session ends after it begins."
    )
    _hours_positive = models.Constraint("CHECK(hours > 0)", "Enter the hours of the session.")

    @api.depends("date_from")
    def _compute_date_to(self):
        for session in self:
            if not session.date_to or session.date_to < session.date_from:
                session.date_to = session.date_from

    @api.depends("participant_ids")
    def _compute_participant_count(self):
        counts = dict(
            self.env["tthc.training.participant"]._read_group(
                [("session_id", "in", self.ids)], ["session_id"], ["__count"]
            )
        )
        for session in self:
            session.participant_count = counts.get(session._origin, 0)

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")  # before anything is said about the values
        if any(vals.get("state", "planned") != "planned" for vals in vals_list):
            raise UserError(self.env._("A session is planned first."))
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")  # before anything is said about the session
        if "state" in vals:
            raise UserError(self.env._("Use the buttons of the session."))
        if vals.keys() & FACTS and "held" in self.mapped("state"):
            raise UserError(
                self.env._("The session was held so: take it back to “Planned” to correct it.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_planned(self):
        if self.filtered(lambda session: session.state == "held"):
            raise UserError(self.env._("A session that was held stays."))

    def action_hold(self):
        """These sessions were held: each is the deliverable of its task.

        :raises UserError: it is not over yet, nobody took part, or the leader was shown the task
        """
        self.check_access("write")
        for session in self:
            if session.date_to > local_today():
                raise UserError(self.env._("“%(session)s” is not over yet.", session=session.name))
            if not session.participant_ids:
                raise UserError(
                    self.env._("Enter who took part in “%(session)s”.", session=session.name)
                )
            session._set({"state": "held"})
            session.task_id._deliver(
                "training", session.name, {"training_id": session.id, "date": session.date_to}
            )
        return True

    def action_cancel(self):
        return self._undo("cancelled")

    def action_plan(self):
        return self._undo("planned")

    def _undo(self, state):
        """:raises UserError: the leader was shown the task that it delivers"""
        self.check_access("write")
        # who may take the session back takes its deliverables
        self.deliverable_ids.sudo().write({"training_id": False, "date": False})
        return self._set({"state": state})

    def _set(self, vals):
        return super().write(vals)  # pylint: disable=super-method-mismatch  # past the guard

    @api.constrains("task_id", "company_id")
    def _check_same_commune(self):
        if any(each.task_id and each.task_id.company_id != each.company_id for each in self):
            raise UserError(self.env._("The task is of another commune."))
