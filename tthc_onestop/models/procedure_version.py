from collections import defaultdict
from datetime import datetime, time

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..rules import versions
from .guard import allow, changed, refuse
from .res_company import local_today, to_utc

APPROVERS = "tthc_onestop.group_manager,tthc_onestop.group_statistician"
# what is about a version, not in it: it goes on changing once the version is decided
LIVING = {
    "unverified_fields",  # may only get shorter
    "life_event_ids",  # where the public pages show it
    "message_main_attachment_id",
    "message_follower_ids",
    "message_ids",
    "message_partner_ids",
    "activity_ids",
}


class TthcProcedure(models.Model):
    """A record is one version. What was decided is neither changed nor deleted.

    ``state`` follows from the decisions and the day (``rules.versions``); it is kept in a column
    for lists and reports. Whether a dossier may be filed is asked of the dates themselves.
    """

    _inherit = "tthc.procedure"

    decision_id = fields.Many2one(
        "tthc.procedure.decision",
        string="Decision of publication",
        ondelete="restrict",
        index=True,
        copy=False,
    )
    change_kind = fields.Selection(
        [
            ("new", "New"),
            ("amended", "Amended"),
            ("replaced", "Replaced"),
            ("abolished", "Abolished"),
        ],
        string="Change",
        required=True,
        default="new",
        copy=False,
    )
    effective_on = fields.Date(
        string="In effect from",
        index=True,
        copy=False,
        help="The local day from which it is in force. Empty: that of its decision; without a "
        "decision, since ever.",
    )
    replaced_by_id = fields.Many2one(
        "tthc.procedure",
        string="Replaced by",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        help="The procedure to use instead of one that is abolished.",
    )
    version_ids = fields.Many2many(
        "tthc.procedure", string="Versions", compute="_compute_version_ids"
    )
    version_count = fields.Integer(
        string="Number of versions", compute="_compute_version_ids", aggregator=None
    )

    _one_in_force = models.UniqueIndex(
        "(code) WHERE state = 'published'",
        "Another version of this procedure is in force: reload the page.",
    )
    _waiting_idx = models.Index("(effective_on) WHERE state = 'waiting'")

    @api.depends("code")
    def _compute_version_ids(self):
        found = self.with_context(active_test=False).search(
            [("code", "in", self.mapped("code"))], order="version desc"
        )
        by_code = found.grouped("code")
        for procedure in self:
            procedure.version_ids = by_code.get(procedure.code, self.browse())
            procedure.version_count = len(procedure.version_ids)

    # ---------------------------------------------------------------- what was decided is kept

    @api.model_create_multi
    def create(self, vals_list):
        """A version is made as a draft; one that is to be published is decided at once."""
        wanted = self.default_get(["state"])["state"] if vals_list else None
        states = [vals.get("state", wanted) for vals in vals_list]
        if not set(states) <= {"draft", "published", "abolished"}:
            raise UserError(self._follows())
        vals_list = [
            vals | {"state": "draft"} | ({"change_kind": state} if state == "abolished" else {})
            for vals, state in zip(vals_list, states, strict=True)
        ]
        procedures = super().create(vals_list)
        decided = self.browse(
            procedure.id
            for procedure, state in zip(procedures, states, strict=True)
            if state != "draft"
        )
        if decided:
            decided._decide()
        return procedures

    def write(self, vals):
        if "state" in vals:
            raise UserError(self._follows())
        if not vals.keys() <= LIVING:
            self.check_draft()
        if "unverified_fields" in vals:
            left = set((vals["unverified_fields"] or "").split(","))
            for procedure in self:
                if procedure.state != "draft" and not left <= set(
                    (procedure.unverified_fields or "").split(",") + [""]
                ):
                    procedure.check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_deletable(self):
        self.check_draft()

    def copy_data(self, default=None):
        """A copy is the next version, a draft."""
        data = super().copy_data(default)
        numbers = self.next_versions([vals["code"] for vals in data])
        for vals in data:
            if "version" not in (default or {}):
                vals["version"] = numbers[vals["code"]]
                numbers[vals["code"]] += 1
            vals.update({"state": "draft", "change_kind": "amended"} | (default or {}))
        return data

    @api.private
    def check_draft(self):
        """Refuse to change a version that was decided: a dossier was received under it."""
        # whether a version is a draft is no secret from who may see it
        for procedure in self.sudo().filtered(lambda procedure: procedure.state != "draft"):
            raise UserError(
                self.env._(
                    "Version %(version)s of %(name)s has been decided: it is neither changed nor "
                    "deleted. Make a new version instead.",
                    version=procedure.version,
                    name=procedure.display_name,
                )
            )

    def _follows(self):
        return self.env._(
            "The state of a procedure follows from its decisions: publish a draft, make a new "
            "version or abolish it."
        )

    # ---------------------------------------------------------------- decisions

    @api.private
    @api.model
    def next_versions(self, codes) -> dict[str, int]:
        """The number of the next version of each code, 1 for one that is not known."""
        last = dict(
            self.with_context(active_test=False)
            .sudo()  # a draft that one may not see has its number too
            ._read_group([("code", "in", list(codes))], ["code"], ["version:max"])
        )
        return {code: last.get(code, 0) + 1 for code in codes}

    def action_new_version(self):
        """A draft of the next version with all parts; opened when it is one."""
        return self.copy()._opened()

    def action_abolish(self, decision_id=None, replaced_by_id=None, effective_on=None):
        """A draft of the abolition; published at once when its decision is given."""
        drafts = self.copy({"change_kind": "abolished", "replaced_by_id": replaced_by_id})
        if decision_id:
            decision = self.env["tthc.procedure.decision"].browse(decision_id)
            drafts.publish_under(decision, effective_on)
        return drafts._opened()

    def action_publish(self):
        """Decide drafts, each under its decision: they take effect on their day by themselves."""
        for procedure in self:
            if not procedure.decision_id:
                raise UserError(
                    self.env._(
                        "Enter the decision that publishes %(name)s first.",
                        name=procedure.display_name,
                    )
                )
        self._decide()
        return True

    @api.private
    def publish_under(self, decision, effective_on=None):
        """Publish many drafts under one decision, in a few queries."""
        self.check_draft()
        self.write({"decision_id": decision.id, "effective_on": effective_on})
        self._decide()

    def _decide(self):
        self._check_approver()
        self.check_draft()
        self._check_publishable()
        for decision, drafts in self.grouped("decision_id").items():
            undated = drafts.filtered(lambda draft: not draft.effective_on)
            if decision and undated:
                undated.write({"effective_on": decision.effective_on})
        self.env.flush_all()  # the guards of the database see the parts before the decision
        self._keep_state("waiting")
        self._project_states(set(self.mapped("code")))
        self._follow_days()

    @api.model
    def _approves(self):
        return self.env.su or self.env.user.has_groups(APPROVERS)

    def _check_approver(self):
        if not self._approves():
            raise AccessError(
                self.env._(
                    "Only a manager or the office and statistics officer publishes a procedure: "
                    "propose the change to them."
                )
            )

    def _check_publishable(self):
        """What a version must have to be published; each part adds its own."""
        for procedure in self.filtered("replaced_by_id"):
            if procedure.replaced_by_id.code == procedure.code:
                raise UserError(
                    self.env._("%(name)s cannot replace itself.", name=procedure.display_name)
                )

    def _opened(self):
        if len(self) != 1:
            return True
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    # ---------------------------------------------------------------- the projected state

    def _keep_state(self, state):
        """Keep what the decisions say: the way past ``write``, which refuses."""
        # pylint: disable-next=super-method-mismatch
        return super().write({"state": state})

    @api.model
    def _project_states(self, codes):
        """Bring the states of these procedures up to date, in a few statements."""
        today, states = local_today(), {}
        for history in self.histories(codes).values():
            states |= versions.states_on(history, today)
        # the reader of the catalogue may be anybody: the column follows from the dates
        stale = defaultdict(list)
        decided = self.sudo().browse(states)
        decided.fetch(["state"])  # and not their texts
        for procedure in decided:
            if procedure.state != states[procedure.id]:
                stale[states[procedure.id]].append(procedure.id)
        # who leaves comes first: at no moment are two versions of a code in force
        for state in ("superseded", "abolished", "waiting", "published"):
            if stale[state]:
                self.sudo().browse(stale[state])._keep_state(state)
                self.flush_model(["state"])

    def _follow_days(self):
        """Wake up on the days on which one of these takes effect."""
        cron = self.env.ref("tthc_onestop.ir_cron_follow_versions", raise_if_not_found=False)
        days = {procedure.effective_on for procedure in self if procedure.state == "waiting"}
        if cron and days:
            # nobody but the administrator may see scheduled actions
            cron.sudo()._trigger(at=[to_utc(datetime.combine(day, time())) for day in days])

    @api.model
    def _cron_follow_versions(self):
        """Versions whose day has come take over in the column ``state`` too."""
        due = self.search([("state", "=", "waiting"), ("effective_on", "<=", local_today())])
        self._project_states(set(due.mapped("code")))

    # ---------------------------------------------------------------- the database refuses too

    @api.private
    def content_fields(self, model) -> list[str]:
        """The names of the columns that somebody has filled in, in the order of the model."""
        return [
            name
            for name, field in model._fields.items()
            if field.store
            and field.column_type
            and (not field.compute or field.inverse)
            and not field.related
            and name not in LIVING | {"id", "state", *models.MAGIC_COLUMNS}
        ]

    @api.private
    def content_changes(self, model):
        """The condition of a trigger: what the records of a model consist of has changed."""
        return changed(sorted(self.content_fields(model)))

    @api.private
    def lift_guard(self, table):
        """While a module is updated: a new column is filled, on what was decided too."""
        if self.env.execute_query(SQL("SELECT to_regclass(%s)", table))[0][0]:
            allow(self.env.cr, table, "UPDATE")

    def _auto_init(self):
        self.lift_guard(self._table)
        return super()._auto_init()

    def init(self):
        """Let the database itself refuse what the model refuses, whoever asks."""
        result = super().init()
        message = "a version that was decided stays as it is"
        decided = SQL("OLD.state <> 'draft'")
        changes = SQL("(NEW.state = 'draft' OR %s)", self.content_changes(self))
        refuse(self.env.cr, self._table, "UPDATE", message, SQL("%s AND %s", decided, changes))
        refuse(self.env.cr, self._table, "DELETE", message, decided)
        refuse(self.env.cr, self._table, "TRUNCATE", message)
        return result
