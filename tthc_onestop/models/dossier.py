from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from .selection import selection_of


def _groups(*names):
    return ",".join(f"tthc_onestop.group_{name}" for name in names)


PERSONAL = _groups("counter", "officer", "statistician", "leader", "auditor")
# who needs the identity numbers of people
IDENTITY = _groups("counter", "officer", "leader", "auditor")
# columns that repeat what the ledger says: written by the gate alone
PROJECTED = frozenset(
    "name status sector_id duration duration_unit officer_id signature_asked_by_id "
    "agencies_waiting received_at received_on entered_on due_at due_on settled_at "
    "settled_on given_by_id taken_by_id taken_at told_at told_by returned_at returned_on "
    "return_means return_post_number recipient_name recipient_identity reopened_on "
    "ended_on outcome event_count last_digest".split()
)
# where a transaction keeps the ids of the dossiers that it created
CREATED = "tthc_onestop.created_dossiers"
TOLD_BY = [
    ("in_person", "In person"),
    ("phone", "By telephone"),
    ("sms", "By text message"),
    ("email", "By e-mail"),
    ("post", "By letter"),
    ("online", "On the service portal"),
]
RETURN_MEANS = [("counter", "At the desk"), ("post", "By post"), ("online", "Online")]


class TthcDossier(models.Model):
    _name = "tthc.dossier"
    _description = "Dossier"
    _inherit = ["tthc.notes.mixin", "tthc.gate.mixin", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "applicant_name"]

    # what the applicant brings
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, string="Commune"
    )
    procedure_id = fields.Many2one(
        "tthc.procedure",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("in_force", "=", True)],
    )
    # kept as it was at reception: moving a procedure to another sector changes no past report
    sector_id = fields.Many2one(
        "tthc.sector", compute="_compute_sector_id", store=True, ondelete="restrict"
    )
    # the term promised at reception: a later change of the catalogue moves no due date
    duration = fields.Float(digits=(8, 2), readonly=True, copy=False, aggregator=None)
    duration_unit = fields.Selection(
        selection=selection_of("tthc.procedure", "duration_unit"),
        readonly=True,
        copy=False,
    )
    duration_text = fields.Char(related="procedure_id.duration_text")
    fee_text = fields.Text(related="procedure_id.fee_text", string="Fee")
    applicant_name = fields.Char(required=True, string="Applicant", index="trigram")
    applicant_identity = fields.Char(
        string="Identity number", groups=IDENTITY, index=True, exportable=False
    )
    applicant_phone = fields.Char(string="Phone", groups=PERSONAL)
    applicant_email = fields.Char(string="E-mail", groups=PERSONAL)
    applicant_address = fields.Char(string="Address", groups=PERSONAL)
    channel = fields.Selection(
        [("direct", "At the desk"), ("online", "Online"), ("post", "By post")],
        required=True,
        default="direct",
    )
    submitted_at = fields.Datetime(
        string="Filed at",
        default=fields.Datetime.now,
        help="When the applicant filed it: online, or by signing it over to the post.",
    )
    handed_over_at = fields.Datetime(
        string="Handed over by the post at",
        help="When the post and the desk signed the hand-over record: the legal moment of what "
        "comes by post (QĐ 45/2016/QĐ-TTg). Empty: the moment it is received here.",
    )
    document_ids = fields.One2many(
        "tthc.dossier.document",
        "dossier_id",
        string="Papers",
        groups=PERSONAL,
    )

    # projections of the ledger
    name = fields.Char(string="Dossier code", readonly=True, copy=False, index="trigram")
    status = fields.Selection(
        [
            ("submitted", "Newly registered"),
            ("received", "Received"),
            ("rejected", "Not accepted"),
            ("processing", "In process"),
            ("supplement", "Supplement requested"),
            ("payment", "Payment requested"),
            ("withdrawn", "Withdrawn by the citizen"),
            ("stopped", "Stopped"),
            ("settled", "Settled"),
            ("returned", "Result returned"),
        ],
        required=True,
        readonly=True,
        default="submitted",
        copy=False,
    )
    stage_id = fields.Many2one(
        "tthc.stage",
        ondelete="restrict",
        copy=False,
        default=lambda self: self.env["tthc.stage"].first_by_status()["submitted"],
        group_expand="_group_expand_stage_id",
    )
    officer_id = fields.Many2one("res.users", readonly=True, copy=False, index="btree_not_null")
    received_at = fields.Datetime(readonly=True, copy=False)
    received_on = fields.Date(readonly=True, copy=False)
    entered_on = fields.Date(
        readonly=True,
        copy=False,
        help="The day its reception was entered: reports count from it, so that a hand-over by "
        "post entered later changes no past period.",
    )
    due_at = fields.Datetime(readonly=True, copy=False)
    due_on = fields.Date(string="Due", readonly=True, copy=False)
    settled_at = fields.Datetime(readonly=True, copy=False)
    settled_on = fields.Date(readonly=True, copy=False)
    told_at = fields.Datetime(string="Citizen told at", readonly=True, copy=False)
    told_by = fields.Selection(TOLD_BY, string="Told by", readonly=True, copy=False)
    returned_at = fields.Datetime(readonly=True, copy=False)
    returned_on = fields.Date(readonly=True, copy=False)
    return_means = fields.Selection(RETURN_MEANS, string="Returned", readonly=True, copy=False)
    return_post_number = fields.Char(string="Post number", readonly=True, copy=False)
    recipient_name = fields.Char(string="Recipient", readonly=True, copy=False, groups=PERSONAL)
    recipient_identity = fields.Char(
        string="Identity number of the recipient",
        readonly=True,
        copy=False,
        groups=IDENTITY,
        exportable=False,
    )
    reopened_on = fields.Date(readonly=True, copy=False)
    ended_on = fields.Date(
        readonly=True, copy=False, help="The day it was settled, stopped or withdrawn."
    )
    outcome = fields.Selection(
        [("early", "Early"), ("on_time", "On time"), ("late", "Late")], readonly=True, copy=False
    )
    signature_asked_by_id = fields.Many2one(
        "res.users", string="Signature asked by", readonly=True, copy=False
    )
    agencies_waiting = fields.Integer(
        string="Agencies asked",
        readonly=True,
        copy=False,
        aggregator=None,
        help="How many requests to other agencies are without an answer.",
    )
    event_count = fields.Integer(readonly=True, copy=False)
    last_digest = fields.Char(readonly=True, copy=False)
    event_ids = fields.One2many(
        "tthc.dossier.event", "dossier_id", string="Ledger", groups=PERSONAL
    )
    slip_ids = fields.One2many("tthc.dossier.slip", "dossier_id", string="Slips", groups=PERSONAL)
    request_ids = fields.One2many(
        "tthc.dossier.request", "dossier_id", string="Other agencies", groups=PERSONAL
    )
    result_ids = fields.One2many(
        "tthc.dossier.result", "dossier_id", string="Result documents", groups=PERSONAL
    )

    _name_uniq = models.UniqueIndex("(name) WHERE name IS NOT NULL", "This code is taken.")
    _stage_idx = models.Index("(company_id, stage_id, due_on, id)")
    _open_idx = models.Index(
        "(company_id, stage_id, due_on, id) WHERE status IN "
        "('submitted', 'received', 'processing', 'supplement', 'payment', 'settled')"
    )
    _sector_idx = models.Index("(sector_id, id DESC)")
    _due_idx = models.Index("(company_id, due_on) WHERE ended_on IS NULL")
    _received_idx = models.Index("(company_id, received_on)")
    _settled_idx = models.Index("(company_id, settled_on, received_on)")

    @api.depends("procedure_id")
    def _compute_sector_id(self):
        for dossier in self:
            terms = dossier.procedure_id.terms()
            dossier.sector_id = terms and terms.sector_id

    @api.depends("name", "procedure_id")
    def _compute_display_name(self):
        for dossier in self:
            dossier.display_name = dossier.name or dossier.procedure_id.display_name

    @api.onchange("procedure_id")
    def _onchange_procedure_id(self):
        self.document_ids = [Command.clear(), *self._papers_of(self.procedure_id)]

    @api.model
    def _papers_of(self, procedure):
        """The papers that the procedure asks for, as commands."""
        terms = procedure.terms()
        return [Command.create(dict(paper)) for paper in terms.papers] if terms else []

    @api.model
    def _group_expand_stage_id(self, stages, domain):
        return stages.search([])  # pylint: disable=no-search-all  # a kanban shows every column

    @api.private
    @api.model
    def sees_applicants(self):
        """Whether the user may see who the applicants are: letters and scans say so too."""
        return self.env.su or self.env.user.has_groups(PERSONAL)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        if self.sees_applicants():
            return super()._mail_get_operation_for_mail_message_operation(message_operation)
        return dict.fromkeys(self, "unlink")  # which nobody may

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")  # before anything is said about the values
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._refuse_projected(vals, new=True)
            if not str(vals.get("applicant_name") or "").strip():
                raise UserError(self.env._("Enter the name of the applicant."))
            self._normalise(vals)
            self._check_channel(vals)
            procedure = self._check_procedure(vals)
            vals.setdefault("document_ids", self._papers_of(procedure))
        lean = self.with_context(
            {
                key: value
                for key, value in self.env.context.items()
                if not _is_projected_default(key)
            },
            tracking_disable=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
        )
        dossiers = super(TthcDossier, lean).create(vals_list).with_env(self.env)
        self.env.cr.precommit.data.setdefault(CREATED, set()).update(dossiers.ids)
        dossiers._record("submit", [{} for _ in dossiers])
        return dossiers

    def write(self, vals):
        if not vals.get("stage_id") or len(vals) > 1:  # a stage is moved to through the gate
            self.check_access("write")
        self._refuse_projected(vals)
        stage = vals.pop("stage_id", None) if "stage_id" in (vals := dict(vals)) else None
        if stage:
            self._move_to_stage(stage)
        if not vals:
            return True
        self._check_may_correct(vals)
        self._normalise(vals)
        return super().write(vals)

    def action_hand_in_all(self):
        self.document_ids.handed_in = True

    def action_print_receipt(self):
        """Open slip 01 as it was issued."""
        self.ensure_one()
        receipt = self.slip_ids.filtered(lambda slip: slip.form == "01")[:1]
        if not receipt:
            raise UserError(self.env._("There is no receipt yet: receive the dossier first."))
        return receipt.action_print()

    def _write_projection(self, vals):
        """Keep what the ledger now says. For the gate alone."""
        # pylint: disable-next=super-method-mismatch  # the way past the guard; nothing is tracked
        return super(TthcDossier, self.with_context(tracking_disable=True)).write(vals)

    def _refuse_projected(self, vals, new=False):
        guarded = PROJECTED | {"stage_id"} if new else PROJECTED
        fixed = {field for field in guarded & vals.keys() if not new or vals[field]}
        if new and vals.get("status") == "submitted":
            fixed.discard("status")
        if fixed:
            labels = [self._fields[field]._description_string(self.env) for field in sorted(fixed)]
            raise UserError(
                self.env._(
                    "%(fields)s cannot be written: they follow from what happens to the dossier. "
                    "Use the buttons of the dossier.",
                    fields=", ".join(labels),
                )
            )


def _is_projected_default(key):
    return key.removeprefix("default_") in PROJECTED | {"stage_id"} and key.startswith("default_")
