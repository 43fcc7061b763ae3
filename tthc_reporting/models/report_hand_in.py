from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.tthc_onestop.models.res_company import local_today, to_local

from ..rules.forms import FORMS
from ..rules.matrix import Matrix, changes
from ..rules.settlement import II_06A
from .report_period import with_headings

# what the specialist writes; the rest comes from the buttons
WRITTEN = frozenset({"results", "difficulties", "proposals"})
STATISTICIAN = "tthc_onestop.group_statistician"
STATES = [
    ("not_started", "Not started"),
    ("in_work", "In work"),
    ("disputed", "Disputed"),
    ("submitted", "Submitted"),
]


class TthcReportHandIn(models.Model):
    """What a specialist hands in for a period: their figures confirmed, and their part in words."""

    _name = "tthc.report.hand.in"
    _description = "Hand-in of a specialist"
    _inherit = ["mail.thread", "mail.activity.mixin", "tthc.commune.mixin"]
    _order = "period_id desc, user_id"

    period_id = fields.Many2one(
        "tthc.report.period", required=True, ondelete="restrict", index=True, readonly=True
    )
    company_id = fields.Many2one(related="period_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users", required=True, ondelete="restrict", string="Specialist", readonly=True
    )
    sector_ids = fields.Many2many("tthc.sector", string="Sectors", readonly=True)
    state = fields.Selection(STATES, compute="_compute_state", store=True)
    progress = fields.Selection(
        [*STATES[:-1], ("late", "Late"), STATES[-1]],
        compute="_compute_progress",
        search="_search_progress",
        group_expand=True,
        help="The state, or late: the last day is over and it is not handed in.",
    )
    started = fields.Boolean(readonly=True)
    submitted_at = fields.Datetime(readonly=True)
    submitted_by_id = fields.Many2one(
        "res.users",
        string="Handed in by",
        readonly=True,
        ondelete="restrict",
        help="The specialist, or who stood in for them on that day.",
    )
    figures = fields.Json(readonly=True, help="As they were when they were handed in.")
    sheets = fields.Json(compute="_compute_sheets", string="Forms")
    line_ids = fields.One2many("tthc.report.hand.in.line", "hand_in_id", string="Dossiers")
    results = fields.Text(help="What was done in the period, in words.")
    difficulties = fields.Text(help="What was difficult, and why.")
    proposals = fields.Text(help="What is proposed.")
    hand_in_by = fields.Date(related="period_id.hand_in_by")
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late", string="Late")
    is_own = fields.Boolean(compute="_compute_is_own", help="The user's to write today.")

    _once = models.Constraint(
        "UNIQUE(period_id, user_id)", "This specialist has a hand-in of the period already."
    )
    _user_idx = models.Index("(user_id)")

    @api.depends("period_id", "user_id")
    def _compute_display_name(self):
        for hand_in in self:
            # the name of a colleague is no secret
            hand_in.display_name = f"{hand_in.user_id.sudo().name}: {hand_in.period_id.name}"

    @api.depends("started", "submitted_at", "line_ids.dispute", "line_ids.answer")
    def _compute_state(self):
        for hand_in in self:
            if hand_in.submitted_at:
                hand_in.state = "submitted"
            elif any(line.dispute and not line.answer for line in hand_in.line_ids):
                hand_in.state = "disputed"
            else:
                hand_in.state = "in_work" if hand_in.started else "not_started"

    @api.depends("submitted_at", "hand_in_by")
    def _compute_is_late(self):
        for hand_in in self:
            done = to_local(hand_in.submitted_at).date() if hand_in.submitted_at else local_today()
            hand_in.is_late = bool(hand_in.hand_in_by) and done > hand_in.hand_in_by

    @api.depends("state", "is_late")
    def _compute_progress(self):
        for hand_in in self:
            waits = hand_in.is_late and not hand_in.submitted_at
            hand_in.progress = "late" if waits else hand_in.state

    def _search_progress(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("submitted_at", "=", False) & Domain("hand_in_by", "<", local_today())
        found = Domain("state", "in", [each for each in value if each != "late"]) & ~late
        return found | late if "late" in value else found

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "progress":
            return super()._field_to_sql(alias, field_expr, query)
        # late by the calendar of today: the columns of the kanban need nothing to refresh them
        state, submitted_at, hand_in_by = (
            self._field_to_sql(alias, name, query)
            for name in ("state", "submitted_at", "hand_in_by")
        )
        return SQL(
            "CASE WHEN %s IS NULL AND %s < %s THEN 'late' ELSE %s END",
            submitted_at,
            hand_in_by,
            local_today(),
            state,
        )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        # few: one a specialist and quarter
        late = self.search(Domain("hand_in_by", "!=", False)).filtered("is_late")
        return Domain("id", "in" if True in value else "not in", late.ids)

    def _present(self):
        """Who does the work of the specialist today: the substitute while they are away."""
        running = self.env["tthc.substitution"].running_on(self.company_id.id, local_today())
        for each in running:
            if each.absent == self.user_id.id and each.officer and each.covered == each.sectors:
                return self.user_id.browse(each.substitute)
        return self.user_id

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_own(self):
        for hand_in in self:
            hand_in.is_own = self.env.user in (hand_in.user_id, hand_in._present())

    @api.depends("figures", "submitted_at", "period_id")
    @api.depends_context("uid")
    def _compute_sheets(self):
        for hand_in in self:
            hand_in.sheets = with_headings(
                (hand_in.submitted_at and hand_in.figures) or hand_in._figures()
            )

    def _figures(self):
        """The figures of these sectors as they are now."""
        # who reads the hand-in reads the figures of its sectors; a colleague's are not readable
        return self.sudo().period_id.figures_of(self.sudo().sector_ids.ids, prepared=False)

    def _wrote_of(self):
        """Whose words they are, and of which sectors: those that had a dossier in the period."""
        rows = (self.figures or {}).get(II_06A.code, {}).get("rows", [])
        sectors = ", ".join(row["label"] for row in rows)
        name = self.user_id.tthc_name()
        return f"{sectors} ({name})" if sectors else name

    def _is_other_than(self, figures):
        """Whether figures of the whole commune are, in these sectors, others than handed in."""
        sectors, kept = set(self.sector_ids.ids), self.figures
        return any(
            changes(
                Matrix.from_dict(form, kept[code]),
                Matrix.from_dict(form, figures[code]).only(sectors),
            )
            for code, form in FORMS.items()
            # what counts the commune as a whole is nobody's to confirm
            if form.by == "sector" and code in kept and code in figures
        )

    def write(self, vals):
        if not self.env.su:
            self._check_writes(vals)
            if vals.keys() & WRITTEN:
                super(TthcReportHandIn, self.sudo()).write({"started": True})
        return super().write(vals)

    def _check_writes(self, vals):
        self.check_access("write")
        if vals.keys() - WRITTEN - {"line_ids"}:
            raise UserError(self.env._("What a hand-in says comes from its buttons, not by hand."))
        if vals.keys() & WRITTEN:  # a line says itself who may write it
            self._check_open()

    def _check_open(self):
        for hand_in in self:
            if not hand_in.is_own:
                raise AccessError(
                    self.env._("This hand-in is %s's to write.", hand_in.user_id.sudo().name)
                )
            if hand_in.submitted_at:
                raise UserError(
                    self.env._("It is handed in: ask the statistician to send it back first.")
                )

    def action_submit(self):
        """Hand in: the figures are confirmed as they are now.

        :raises UserError: a late dossier has no cause yet, or a dispute has no answer
        """
        self.check_access("write")
        self._check_open()
        for hand_in in self:
            without = hand_in.line_ids.filtered(lambda line: line.is_late and not line.cause_id)
            if without:
                raise UserError(
                    self.env._(
                        "Say the cause of each late dossier first: %s.",
                        ", ".join(without.dossier_id.mapped("name")),
                    )
                )
            if hand_in.state == "disputed":
                raise UserError(
                    self.env._("A dispute has no answer yet: hand in when it has been answered.")
                )
            hand_in.sudo().write(  # who was checked before
                {
                    "submitted_at": fields.Datetime.now(),
                    "submitted_by_id": self.env.uid,
                    "figures": hand_in._figures(),
                }
            )
            if hand_in.user_id != self.env.user:
                said = self.env._(
                    "%(substitute)s handed in, standing in for %(absent)s.",
                    substitute=self.env.user.name,
                    absent=hand_in.user_id.sudo().name,
                )
                hand_in.sudo().message_post(body=said)
            hand_in.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        return True

    def action_send_back(self, reason):
        """Give a hand-in back to its specialist, with the reason.

        :raises UserError: it is not handed in, no reason is given, or the period is sealed
        """
        self._check_statistician()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why it is sent back."))
        for hand_in in self:
            if not hand_in.submitted_at or hand_in.period_id.state != "collecting":
                raise UserError(self.env._("Only what is handed in and not sealed is sent back."))
            back = hand_in.sudo()  # the statistician, who was checked before
            back.write({"submitted_at": False, "submitted_by_id": False, "figures": False})
            back._tell(reason.strip())
        return True

    def action_remind(self):
        """Remind who has not handed in: an activity and a letter to each."""
        self._check_statistician()
        missing = self.filtered(lambda hand_in: not hand_in.submitted_at)
        missing.sudo()._remind()  # the statistician, who was checked before
        names = ", ".join(missing.user_id.mapped("name"))
        message = (
            self.env._("Reminded: %s.", names) if missing else self.env._("All have handed in.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},  # the view shows the activities
            },
        }

    def _remind(self):
        for hand_in in self:
            in_language = hand_in.with_context(lang=hand_in._present().lang)
            in_language._tell(in_language.env._("Hand in your figures of the period."))

    def _tell(self, note):
        self.ensure_one()
        present = self._present()
        activities = self.activity_search(["mail.mail_activity_data_todo"], user_id=present.id)
        if activities:
            activities.note = note
        else:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.hand_in_by or local_today(),
                summary=self.display_name,
                note=note,
                user_id=present.id,
            )
        self.message_notify(
            partner_ids=present.partner_id.ids, subject=self.display_name, body=note
        )

    def _check_statistician(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(STATISTICIAN):
            raise AccessError(self.env._("This is the statistician's to do."))

    def action_open_dossiers(self, form, column, row_key=None):
        """What is behind a figure of the sheet."""
        self.ensure_one()
        return self.period_id._open_dossiers(self, form, column, row_key)

    @api.private
    def cell_query(self, form, column, row_key):
        """As ``tthc.report.period.cell_query``, of the sectors of the hand-in."""
        self.check_access("read")
        # who reads the hand-in reads the figures of its sectors, a substitute those of the absent
        period = self.period_id.sudo().with_context(tthc_of_sectors=True)
        query = period.cell_query(form, column, row_key)
        if FORMS[form].by != "sector":
            return query
        return SQL(
            "SELECT id FROM %s WHERE sector_id IN %s AND id IN (%s)",
            SQL.identifier(self.env[f"tthc.{FORMS[form].counts}"]._table),
            tuple(self.sector_ids.ids or [0]),
            query,
        )

    # ---------------------------------------------------------------- scheduled actions

    @api.model
    def _cron_remind(self):
        """On the last day, remind who has not handed in yet."""
        due = self.search([("submitted_at", "=", False), ("period_id.state", "=", "collecting")])
        due.filtered(lambda hand_in: hand_in.hand_in_by == local_today())._remind()
