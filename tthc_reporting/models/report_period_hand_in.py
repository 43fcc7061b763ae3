from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.tthc_onestop.models.res_company import local_today
from odoo.addons.tthc_onestop.rules.working_time import YearNotEntered, first_working_day

from ..rules.settlement import II_06A, LATE
from .report_hand_in import STATISTICIAN
from .report_period import ALL_FIGURES

LEADER = "tthc_onestop.group_leader"
HAND_INS = ",".join(
    f"tthc_onestop.group_{group}" for group in ("officer", "statistician", "leader", "auditor")
)


class TthcReportPeriod(models.Model):
    """The hand-in of the specialists, and the leader's approval of what comes of it."""

    _name = "tthc.report.period"
    _inherit = ["tthc.report.period", "mail.activity.mixin"]

    hand_in_by = fields.Date(
        compute="_compute_hand_in_by",
        store=True,
        help="The last day to hand in: where the day is no working day, the next one.",
    )
    hand_in_ids = fields.One2many(
        "tthc.report.hand.in", "period_id", string="Hand-ins", groups=HAND_INS
    )
    hand_in_progress = fields.Char(compute="_compute_hand_in_progress", string="Handed in")
    approval = fields.Selection(
        [
            ("none", "Not asked for"),
            ("waiting", "Waits for the leader"),
            ("approved", "Approved"),
            ("returned", "Sent back"),
        ],
        required=True,
        default="none",
        readonly=True,
        copy=False,
        group_expand=True,
    )
    summary = fields.Char(compute="_compute_summary", groups=ALL_FIGURES)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    approval_reason = fields.Text(readonly=True, copy=False, string="Sent back because")

    @api.depends("hand_in_on", "company_id")
    def _compute_hand_in_by(self):
        for period in self:
            period.hand_in_by = day = period.hand_in_on
            if day:
                calendar = period.company_id.tthc_work_calendar()
                try:
                    period.hand_in_by = first_working_day(calendar, day)
                except YearNotEntered:
                    continue  # the day itself, until the year's holidays are entered

    @api.depends("hand_in_ids.submitted_at")
    def _compute_hand_in_progress(self):
        for period in self:
            # how many have handed in is no secret, what they wrote is
            hand_ins = period.sudo().hand_in_ids
            done = hand_ins.filtered("submitted_at")
            late = hand_ins.filtered("is_late")
            period.hand_in_progress = bool(hand_ins) and self.env._(
                "%(done)s of %(all)s, %(late)s late",
                done=len(done),
                all=len(hand_ins),
                late=len(late),
            )

    @api.depends("figures", "approval")
    @api.depends_context("lang")
    def _compute_summary(self):
        """What waits for the leader, in a line."""
        for period in self:
            sheet = period.approval == "waiting" and period.figures.get(II_06A.code)
            total = sheet and sheet["total"]["values"]
            period.summary = bool(total) and self.env._(
                "Received %(received)s, settled %(settled)s, late %(late)s",
                received=total["3"],
                settled=total["7"],
                late=sum(total[column] for column in LATE),
            )

    def action_prepare_hand_ins(self):
        """Give each specialist the extract of their sectors; what they have written stays.

        :raises UserError: the period is sealed
        """
        self.check_access("write")
        for period in self:
            if period.seal_id:
                raise UserError(
                    self.env._("%s is sealed: its figures stay as they are.", period.name)
                )
            period.sudo()._prepare_hand_ins()  # whoever may write the period, checked before
        return True

    def _prepare_hand_ins(self):
        self.ensure_one()
        specialists = self.env["res.users"].search(
            [
                ("all_group_ids", "in", self.env.ref("tthc_onestop.group_officer").ids),
                ("tthc_sector_ids", "!=", False),
                ("company_ids", "in", self.company_id.ids),
            ]
        )
        known = {hand_in.user_id: hand_in for hand_in in self.hand_in_ids}
        created = self.env["tthc.report.hand.in"].create(
            [
                {
                    "period_id": self.id,
                    "user_id": user.id,
                    "sector_ids": [fields.Command.set(user.tthc_sector_ids.ids)],
                }
                for user in specialists
                if user not in known
            ]
        )
        self._fill_late((self.hand_in_ids | created).filtered(lambda each: not each.submitted_at))

    def _fill_late(self, hand_ins):
        """The late dossiers, each with its officer or with every specialist of its sector."""
        behind = self.env["tthc.report"].behind(II_06A.code, *self._days())
        late = {line[0]: line for line in behind if {*line[3]} & {*LATE}}
        officers = self._officers_at(late.values())
        of_sector, of_user = defaultdict(list), {}
        for hand_in in hand_ins:
            of_user[hand_in.user_id.id] = hand_in
            for sector in hand_in.sector_ids:
                of_sector[sector.id].append(hand_in)
        wanted = {
            (hand_in.id, dossier)
            for dossier, _position, sector, _columns in late.values()
            for hand_in in (
                [of_user[officers[dossier]]] if officers[dossier] in of_user else of_sector[sector]
            )
        }
        known = {(line.hand_in_id.id, line.dossier_id.id): line for line in hand_ins.line_ids}
        gone = hand_ins.line_ids.browse(known[key].id for key in known.keys() - wanted)
        (hand_ins.line_ids - gone).is_late = True
        gone.filtered("dispute").is_late = False
        gone.filtered(lambda line: not line.dispute).unlink()
        self.env["tthc.report.hand.in.line"].create(
            [
                {"hand_in_id": hand_in, "dossier_id": dossier, "is_late": True}
                for hand_in, dossier in sorted(wanted - known.keys())
            ]
        )

    def _officers_at(self, lines):
        """Who held each dossier at the event that counts: an id by dossier, None for nobody."""
        at = [(dossier, position) for dossier, position, *_ in lines]
        if not at:
            return {}
        self.env.cr.execute(
            SQL(
                "SELECT dossier_id, officer_id FROM tthc_dossier_event"
                " WHERE (dossier_id, position) IN %s",
                tuple(at),
            )
        )
        return dict(self.env.cr.fetchall())

    def action_remind(self):
        return self.hand_in_ids.action_remind()

    def action_open_hand_ins(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tthc_reporting.report_hand_in_action"
        )
        return action | {"domain": [("period_id", "=", self.id)], "context": {}}

    # ---------------------------------------------------------------- approval

    def action_ask_approval(self):
        """Send the consolidated report to the leader.

        :raises UserError: the figures have not been prepared since the last day was over, or are
            others by now
        """
        self.check_access("write")
        for period in self:
            period._check_prepared()
            period._write_kept({"approval": "waiting", "approval_reason": False})
            period._ask(LEADER, self.env._("Approve the report"))
        return True

    def _ask(self, group, summary, note=""):
        """Give those of a group something to do, in the place of what was to do before."""
        self.activity_unlink(["mail.mail_activity_data_todo"])
        for user in self.env["res.users"].tthc_holders(self.env.ref(group), self.company_id):
            self.activity_schedule(
                "mail.mail_activity_data_todo", summary=summary, note=note, user_id=user.id
            )

    def action_approve(self):
        """The leader agrees with the report."""
        self._check_leader()
        self._decide(self._approved(), self.env._("Approved: seal the report"))
        return True

    def _approved(self):
        now = fields.Datetime.now()
        return {"approval": "approved", "approved_by_id": self.env.uid, "approved_at": now}

    def action_send_back(self, reason):
        """The leader sends the report back to the statistician, with a reason."""
        self._check_leader()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the report is sent back."))
        decided = {"approval": "returned", "approval_reason": reason.strip()}
        self._decide(decided, self.env._("The leader sent the report back"), reason.strip())
        return True

    def _decide(self, values, summary, note=""):
        for period in self:
            if period.approval != "waiting":
                raise UserError(self.env._("%s does not wait for approval.", period.name))
        decided = self.sudo()  # a leader, checked before; leaders write nothing else of a period
        decided._write_kept(values)
        for period in decided:
            period._ask(STATISTICIAN, summary, note)

    def _check_leader(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(LEADER):
            raise AccessError(self.env._("This is the leader's to decide."))

    def _check_can_seal(self):
        result = super()._check_can_seal()
        if self.approval in ("waiting", "returned"):
            raise UserError(
                self.env._("%s waits for the leader's approval: seal it after that.", self.name)
            )
        if self.approval == "none" and self._is_handed_in():
            raise UserError(
                self.env._(
                    "Specialists hand in for %s: send it to the leader, and seal it after their "
                    "approval.",
                    self.name,
                )
            )
        return result

    def action_replace(self, reason):
        """What specialists handed in for is replaced by the leader, who approves it by that.

        :raises AccessError: the user is no leader
        """
        theirs = self.filtered(lambda period: period._is_handed_in())
        if theirs:
            theirs._check_leader()
            theirs = theirs.sudo()  # a leader, checked before
            theirs._write_kept(self._approved())
            super(TthcReportPeriod, theirs).action_replace(reason)
        others = self - theirs
        return super(TthcReportPeriod, others).action_replace(reason) if others else True

    def _is_handed_in(self):
        """Whether specialists hand in for this part of the year, or for quarters within it."""
        return self.kind != "adhoc" and bool(
            self.env["tthc.report.hand.in"].search_count(
                [
                    ("company_id", "=", self.company_id.id),
                    ("period_id.date_from", ">=", self.date_from),
                    ("period_id.date_to", "<=", self.date_to),
                ],
                limit=1,
            )
        )

    def _seal(self, figures, replaced, reason):
        result = super()._seal(figures, replaced, reason)
        self.activity_unlink(["mail.mail_activity_data_todo"])
        return result

    def action_collect(self):
        """Figures taken again have to be approved again."""
        result = super().action_collect()
        self.filtered(lambda period: period.approval != "none")._write_kept({"approval": "none"})
        return result

    @api.model
    def _cron_collect(self):
        result = super()._cron_collect()
        due = self.search(
            [
                ("kind", "=", "quarter"),
                ("state", "=", "collecting"),
                ("date_to", "<=", local_today()),
            ]
        )
        for period in due:
            period._prepare_hand_ins()
            if not self.env["ir.cron"]._commit_progress(1):
                break
        return result
