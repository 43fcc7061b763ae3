from odoo import api, fields, models
from odoo.exceptions import UserError

from .res_company import local_today

# where each kind usually goes
CHANNELS = {"broadcast": "radio", "portal": "portal", "poster": "place", "print": "place"}
# what the leader reads
READ = {"name", "kind", "body"}
# what may still be added when it is out
ADDED = {"broadcast_count", "file", "filename", "url"}
DECIDED = {"state", "approved_by_id", "approved_on", "returned_reason"}


class TthcCommunicationItem(models.Model):
    """An item of the communication programme (plan II.8, IV.3): planned, written, out."""

    _name = "tthc.communication.item"
    _description = "Communication item"
    _inherit = [
        "tthc.decision.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "tthc.due.reminder",
        "tthc.commune.mixin",
    ]
    _order = "date_planned desc, id desc"
    _due_field = "date_planned"
    _reminder_type = "tthc_onestop.mail_activity_communication_item"
    _open_domain = (("state", "in", ("planned", "written", "approved")),)
    _over_domain = (("state", "in", ("published", "cancelled")),)

    name = fields.Char(required=True, string="Title", tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        string="Commune",
    )
    kind = fields.Selection(
        [
            ("news", "Short news"),
            ("article", "Article"),
            ("broadcast", "Broadcast"),
            ("portal", "Post on the portal"),
            ("column", "Column"),
            ("poster", "Panel, poster"),
            ("print", "Printed matter"),
            ("contest", "Contest"),
            ("survey", "Survey"),
            ("other", "Other"),
        ],
        required=True,
        default="news",
        help="As TT 167/2012/TT-BTC Đ3.9 names what is paid for.",
    )
    channel = fields.Selection(
        [
            ("radio", "Loudspeakers of the commune"),
            ("portal", "Portal of the commune"),
            ("social", "Social network"),
            ("place", "On the spot"),
            ("meeting", "Meeting"),
            ("press", "Press, stations above"),
            ("other", "Other"),
        ],
        compute="_compute_channel",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        string="Where it goes out",
    )
    audience = fields.Char(help="To whom it speaks, as in “Người dân, doanh nghiệp”.")
    task_id = fields.Many2one(
        "tthc.plan.task",
        string="Task of the plan",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('plan_id.state', '=', 'issued'), ('occurrence_on', '=', False)]",
        help="Of a task that recurs, its time in which the item goes out is served.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    author = fields.Char(help="Who wrote it, when it was not the responsible: a name or an office.")
    date_planned = fields.Date(
        required=True, default=lambda self: local_today(), string="Planned for", tracking=True
    )
    date_published = fields.Date(copy=False, string="Out on")
    broadcast_count = fields.Integer(copy=False, string="Broadcasts")
    body = fields.Html(string="Text")
    file = fields.Binary(attachment=True, copy=False, string="Recording or file")
    filename = fields.Char(copy=False)
    url = fields.Char(string="Link", copy=False)
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("written", "Written"),
            ("approved", "Approved"),
            ("published", "Out"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="planned",
        copy=False,
        tracking=True,
        group_expand=True,
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_on = fields.Date(readonly=True, copy=False)
    returned_reason = fields.Text(string="Why it is sent back", readonly=True, copy=False)
    needs_approval = fields.Boolean(related="company_id.tthc_news_approval")
    deliverable_ids = fields.One2many("tthc.plan.deliverable", "communication_item_id")
    overdue = fields.Boolean(compute="_compute_overdue", search="_search_overdue")

    _out_idx = models.Index("(company_id, date_published)")
    _broadcasts = models.Constraint("CHECK(broadcast_count >= 0)", "Broadcasts are not below 0.")
    _url_safe = models.Constraint(
        "CHECK(url ~* '^https?://')", "A link begins with https:// or http://."
    )
    _out_on = models.Constraint(
        "CHECK(state <> 'published' OR date_published IS NOT NULL)", "What is out has its day."
    )

    @api.depends("kind")
    def _compute_channel(self):
        for item in self:
            item.channel = CHANNELS.get(item.kind) or item.channel or "radio"

    @api.depends("state", "date_planned")
    def _compute_overdue(self):
        late = self.filtered_domain(self._overdue())
        for item in self:
            item.overdue = item in late

    def _search_overdue(self, operator, value):
        return self._overdue() if operator == "in" else NotImplemented

    def _overdue(self):
        return [*self._open_domain, ("date_planned", "<", local_today())]

    @api.constrains("task_id", "user_id", "company_id")
    def _check_company_of_parts(self):
        for item in self:
            if item.company_id not in item.user_id.company_ids or (
                item.task_id and item.task_id.company_id != item.company_id
            ):
                raise UserError(self.env._("Its task and who does it are of the same commune."))

    @api.constrains("date_published")
    def _check_date_published(self):
        if any(item.date_published and item.date_published > local_today() for item in self):
            raise UserError(self.env._("The day on which it went out is not to come."))

    # ---------------------------------------------------------------- who writes what

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")  # before anything is said about the values
        if any(vals.get(name, "planned") != "planned" for vals in vals_list for name in DECIDED):
            raise UserError(self.env._("An item is planned first."))
        self._check_parts(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")  # before anything is said about the items
        vals = dict(vals)
        state = vals.pop("state", None)  # the card was dropped into a column
        if vals:
            self._check_open(vals)
            self._check_parts([vals])
            super().write(vals)
        return self._drop(state) if state else True

    def _check_parts(self, vals_list):
        """Before anything is said about the commune or the task."""
        for name in ("company_id", "task_id"):
            given = {vals[name] for vals in vals_list if vals.get(name)}
            self[name].browse(given).check_access("read")

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        self._check_in("planned", "cancelled")

    def _told_of_each(self):
        return {item: item.user_id for item in self}
