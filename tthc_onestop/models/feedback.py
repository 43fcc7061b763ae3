from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import feedback as rules
from .dossier import TOLD_BY
from .feedback_columns import PROJECTED
from .res_company import local_today, to_local
from .selection import selection_of

YES_NO = [("yes", "Yes"), ("no", "No")]


class TthcFeedback(models.Model):
    """Feedback on procedures and how they are carried out: the register and its content.

    NĐ 20/2008/NĐ-CP Đ5, Đ7, Đ9, Đ14, Đ15, Đ19; NĐ 63/2010/NĐ-CP Đ18.10.
    """

    _name = "tthc.feedback"
    _description = "Feedback and petitions"
    _inherit = [
        "tthc.notes.mixin",
        "tthc.gate.mixin",
        "mail.activity.mixin",
        "tthc.commune.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["name", "subject", "portal_code"]

    # what the sender said
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, string="Commune"
    )
    subject = fields.Char(required=True)
    content = fields.Text(string="What it says", required=True)
    proposal = fields.Text(
        string="What the sender proposes",
        help="With one it is a petition (kiến nghị), without it a report (NĐ 20/2008 Đ3.5).",
    )
    sender_kind = fields.Selection(
        [("person", "Individual"), ("organisation", "Organisation")],
        required=True,
        default="person",
    )
    sender_name = fields.Char(string="Sender", required=True)
    sender_address = fields.Char(string="Address")
    sender_phone = fields.Char(string="Phone")
    sender_email = fields.Char(string="E-mail")
    partner_id = fields.Many2one(
        "res.partner",
        string="Account of the sender",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        domain=[("user_ids.share", "=", True)],
        help="Who follows it on the portal.",
    )
    channel = fields.Selection(
        [
            ("paper", "On paper"),
            ("phone", "By the dedicated phone line"),
            ("email", "By e-mail"),
            ("form", "On a form sent out by the commune"),
            ("web", "On the commune's page"),
            ("portal", "National portal"),
        ],
        string="Received through",
        required=True,
        default="paper",
    )
    portal_code = fields.Char(
        string="Code of the national portal", copy=False, help="PAKN.20200812.0012"
    )
    sent_at = fields.Datetime(
        string="Sent at", default=fields.Datetime.now, help="When its sender sent it."
    )
    about_officer = fields.Boolean(
        string="About an officer",
        help="Only the leaders see it until they have looked at it.",
    )
    missing_data = fields.Char(compute="_compute_missing_data", string="Missing")

    # what happens to it
    name = fields.Char(string="Register number", readonly=True, copy=False)
    year = fields.Integer(readonly=True, copy=False, aggregator=None)
    number = fields.Integer(readonly=True, copy=False, aggregator=None)
    status = fields.Selection(
        [
            ("received", "Received"),
            ("refused", "Not accepted"),
            ("classified", "Classified"),
            ("forwarded", "Forwarded"),
            ("in_progress", "Being handled"),
            ("answered", "Answered"),
            ("published", "Answer published"),
            ("closed", "Closed"),
        ],
        required=True,
        readonly=True,
        default="received",
        copy=False,
        group_expand="_group_expand_status",
    )
    waiting = fields.Selection(
        [
            ("sender", "For the sender"),
            ("suspended", "Suspended"),
            ("approval", "For approval"),
            ("approved", "Approved, to be sent"),
        ],
        string="Waits",
        readonly=True,
        copy=False,
    )
    waits_since = fields.Datetime(readonly=True, copy=False)
    received_at = fields.Datetime(readonly=True, copy=False)
    received_on = fields.Date(readonly=True, copy=False)
    category = fields.Selection(
        [("conduct", "Conduct"), ("regulation", "Regulation"), ("initiative", "Initiative")],
        string="Kind of content",
        readonly=True,
        copy=False,
        help="NĐ 20/2008 Đ5: of conduct (1), on a regulation (2–7), for a new one (8).",
    )
    conduct_kind = fields.Selection(
        [
            ("disclosed", "Disclosed information"),
            ("refused", "Refused, delayed, or asked for more papers"),
            ("rude", "Overbearing or harassing"),
            ("bribe", "Took money or gifts"),
            ("shirked", "Shirked or was slow to work with others"),
        ],
        readonly=True,
        copy=False,
        help="NĐ 63/2010 Đ6.1: what who carries out procedures may not do.",
    )
    within_authority = fields.Boolean(readonly=True, copy=False, default=True)
    procedure_id = fields.Many2one(
        "tthc.procedure", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    procedure_part = fields.Selection(
        [
            ("name", "Name"),
            ("process", "Steps"),
            ("channels", "Ways to hand in"),
            ("documents", "Papers"),
            ("term", "Term"),
            ("audience", "Who it is for"),
            ("authority", "Who decides"),
            ("forms", "Forms"),
            ("result", "Result"),
            ("conditions", "Conditions"),
            ("fee", "Fee"),
        ],
        string="Part of the procedure",
        readonly=True,
        copy=False,
        help="NĐ 63/2010 Đ8.2: the parts of which a procedure consists.",
    )
    sector_id = fields.Many2one("tthc.sector", readonly=True, copy=False, ondelete="restrict")
    sensitive = fields.Boolean(
        readonly=True,
        copy=False,
        help="Seen by leaders, the auditor and who handles it alone; never by whom it is about.",
    )
    accused_ids = fields.Many2many(
        "res.users",
        relation="tthc_feedback_accused_rel",
        string="About these officers",
        readonly=True,
        copy=False,
    )
    refusal_kind = fields.Selection(
        [
            ("incomplete", "Lacks what the law asks for"),
            ("complaint", "A complaint"),
            ("denunciation", "A denunciation"),
            ("outside", "Not about administrative procedures"),
        ],
        string="Why not accepted",
        readonly=True,
        copy=False,
    )
    agency = fields.Char(string="Forwarded to", readonly=True, copy=False)
    officer_id = fields.Many2one(
        "res.users", string="Handled by", readonly=True, copy=False, index="btree_not_null"
    )
    duplicate_of_id = fields.Many2one(
        "tthc.feedback",
        string="Says the same as",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    duplicate_ids = fields.One2many("tthc.feedback", "duplicate_of_id", string="Say the same")
    fingerprint = fields.Char(readonly=True, copy=False, export_string_translation=False)

    # what the handler finds
    sufficient = fields.Selection(
        YES_NO,
        string="Enough ground",
        copy=False,
        help="NĐ 20/2008 Đ14: without enough ground it is kept, and more like it collected.",
    )
    criterion_necessary = fields.Selection(YES_NO, string="Necessary", copy=False)
    criterion_lawful = fields.Selection(YES_NO, string="Reasonable and lawful", copy=False)
    criterion_simple = fields.Selection(YES_NO, string="Simple and clear", copy=False)
    criterion_feasible = fields.Selection(YES_NO, string="Feasible", copy=False)
    criterion_consistent = fields.Selection(YES_NO, string="Consistent with others", copy=False)
    criterion_treaties = fields.Selection(YES_NO, string="In line with treaties", copy=False)
    outcome = fields.Selection(
        [
            ("amend", "Amend or repeal it, within own authority"),
            ("propose", "Propose it to the authority in charge"),
            ("issue", "Issue, or propose, a new regulation"),
        ],
        string="What is to be done",
        copy=False,
        help="NĐ 20/2008 Đ15.",
    )
    answer = fields.Text(copy=False)
    template_id = fields.Many2one(
        "tthc.feedback.template",
        string="Template of the answer",
        copy=False,
        domain="['|', ('category', '=', False), ('category', '=', category), "
        "'|', ('outcome', '=', False), ('outcome', '=', outcome)]",
    )
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    sent_by = fields.Selection(TOLD_BY, string="Answered by", readonly=True, copy=False)
    answered_at = fields.Datetime(readonly=True, copy=False)
    answered_on = fields.Date(readonly=True, copy=False)
    dismissed_on = fields.Date(
        readonly=True, copy=False, help="The day it was forwarded or not accepted."
    )
    public_question = fields.Text(readonly=True, copy=False, string="Published: what was asked")
    public_answer = fields.Text(readonly=True, copy=False, string="Published: the answer")
    publication = fields.Char(readonly=True, copy=False, string="Published where")
    published_on = fields.Date(readonly=True, copy=False)
    checked_by_id = fields.Many2one(
        "res.users", string="Checked for personal data by", readonly=True, copy=False
    )
    asked_solved_on = fields.Date(readonly=True, copy=False)
    solved = fields.Selection(
        [("yes", "Solved"), ("partly", "Partly solved"), ("no", "Not solved")],
        string="Solved for the sender",
        readonly=True,
        copy=False,
    )
    closed_on = fields.Date(readonly=True, copy=False)
    reopened_at = fields.Datetime(readonly=True, copy=False)
    event_ids = fields.One2many("tthc.feedback.event", "feedback_id", string="What happened")
    event_count = fields.Integer(readonly=True, copy=False)

    _name_uniq = models.UniqueIndex("(name)", "This register number is taken.")
    _number_uniq = models.UniqueIndex(
        "(company_id, year, number)", "This number is in the register already."
    )
    _portal_uniq = models.UniqueIndex(
        "(company_id, portal_code) WHERE portal_code IS NOT NULL",
        "What has this code of the national portal is in the register already.",
    )
    _status_idx = models.Index("(company_id, status, due_on, id)")
    _received_idx = models.Index("(company_id, received_on)")
    _due_idx = models.Index("(company_id, due_on) WHERE due_on IS NOT NULL")
    _same_idx = models.Index("(company_id, fingerprint) WHERE fingerprint IS NOT NULL")
    _phone_idx = models.Index("(company_id, sender_phone) WHERE sender_phone IS NOT NULL")
    _email_idx = models.Index("(company_id, lower(sender_email)) WHERE sender_email IS NOT NULL")
    _public_idx = models.Index("(company_id, published_on DESC) WHERE published_on IS NOT NULL")
    _duplicate_of_another = models.Constraint(
        "CHECK(duplicate_of_id <> id)", "It cannot say the same as itself."
    )

    @api.model
    def _group_expand_status(self, statuses, domain):
        """The columns of a kanban: of what has ended otherwise, only where there is some."""
        shown = {"received", "classified", "in_progress", "answered", "published", *statuses}
        return [status for status in rules.STATUSES if status in shown]

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for feedback in self:
            feedback.display_name = f"{feedback.name or ''} {feedback.subject or ''}".strip()

    @api.depends("sender_name", "sender_address", "sender_phone", "sender_email", "content")
    def _compute_missing_data(self):
        words = {
            "name": self.env._("name"),
            "address": self.env._("address"),
            "reach": self.env._("phone number or e-mail"),
            "content": self.env._("content"),
        }
        for feedback in self:
            lacking = rules.missing(
                feedback.sender_name,
                feedback.sender_address,
                (feedback.sender_phone, feedback.sender_email),
                feedback.content,
            )
            feedback.missing_data = ", ".join(words[part] for part in lacking)

    @api.onchange("template_id")
    def _onchange_template_id(self):
        if self.template_id:
            self.answer = self.template_id.filled(self)

    @api.model_create_multi
    def create(self, vals_list):
        """Enter them in the register: each has its public number at once."""
        self.browse().check_access("create")  # before anything is said about the values
        now, today = fields.Datetime.now(), local_today()
        vals_list = [self._said({**vals}, new=True) for vals in vals_list]
        for vals in vals_list:
            self._refuse_fixed(vals, PROJECTED)
            vals |= {
                "status": "received",
                "received_at": now,
                "received_on": today,
                "year": today.year,
                "sensitive": bool(vals.get("about_officer")),
                "fingerprint": rules.fingerprint(vals.get("content") or ""),
            }
        self._number(vals_list)
        lean = self.with_context(
            {
                key: value
                for key, value in self.env.context.items()
                if key.removeprefix("default_") not in PROJECTED
            },
            tracking_disable=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
        )
        created = super(TthcFeedback, lean).create(vals_list).with_env(self.env)
        created._record("register", [{} for _ in created])
        created._acknowledge()
        return created

    def write(self, vals):
        self.check_access("write")
        self._refuse_fixed(vals, PROJECTED - {"status"})
        vals = dict(vals)
        target = vals.pop("status", None)
        if target:
            self._move_to_status(target)
        if not vals:
            return True
        self._check_phase(vals)
        vals = self._said(vals)
        if "content" in vals:
            vals["fingerprint"] = rules.fingerprint(vals["content"] or "")
        if "about_officer" in vals:
            vals["sensitive"] = vals["about_officer"]
        return super().write(vals)

    def _write_projection(self, vals):
        """Keep what the events now say. For the gate alone."""
        # pylint: disable-next=super-method-mismatch  # the way past the guard; nothing is tracked
        return super(TthcFeedback, self.with_context(tracking_disable=True)).write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_registered(self):
        raise UserError(self.env._("What is in the register of feedback is not deleted."))

    def _local(self, moment):
        return moment and to_local(moment)

    def _label(self, field):
        """The words for the value of a selection of this one."""
        self.ensure_one()
        return dict(selection_of(self._name, field)(self)).get(self[field], "")
