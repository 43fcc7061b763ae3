from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .res_company import to_local

BATCH = 50  # dossiers between two commits
OPEN = ("draft", "proposed", "applying")


class TthcCalendarImpact(models.Model):
    """What a changed calendar does to the due dates of a commune, and who agreed to it."""

    _name = "tthc.calendar.impact"
    _description = "Effect of a changed calendar on dossiers"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="restrict", string="Commune"
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "Proposed"),
            ("applying", "Being applied"),
            ("applied", "Applied"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        tracking=True,
    )
    proposed_by_id = fields.Many2one("res.users", ondelete="restrict", string="Proposed by")
    approved_by_id = fields.Many2one("res.users", ondelete="restrict", string="Approved by")
    approved_at = fields.Datetime()
    applied_at = fields.Datetime()
    change_ids = fields.Many2many("tthc.calendar.change", string="Changes of the calendar")
    line_ids = fields.One2many("tthc.calendar.impact.line", "impact_id", string="Dossiers")
    line_count = fields.Integer(compute="_compute_progress", string="Dossiers that move")
    failed_count = fields.Integer(compute="_compute_progress", string="Failed")
    progress = fields.Float(compute="_compute_progress", help="Of its dossiers, in percent.")
    is_stale = fields.Boolean(compute="_compute_is_stale", compute_sudo=True)

    _open_uniq = models.UniqueIndex(
        "(company_id) WHERE state IN ('draft', 'proposed', 'applying')",
        "The effect of the calendar is being looked at already: go on with that one.",
    )

    @api.depends("company_id", "proposed_by_id")
    def _compute_display_name(self):
        for impact in self:
            day = format_date(
                self.env, to_local(impact.create_date or fields.Datetime.now()).date()
            )
            impact.display_name = f"{impact.company_id.name}, {day}"

    @api.depends("line_ids.state")
    def _compute_progress(self):
        groups = self.env["tthc.calendar.impact.line"]._read_group(
            [("impact_id", "in", self.ids)], ["impact_id", "state"], ["__count"]
        )
        counts = {(impact.id, state): count for impact, state, count in groups}
        for impact in self:
            states = ("waiting", "done", "skipped", "failed")
            waiting, *ended = (counts.get((impact.id, state), 0) for state in states)
            impact.line_count = waiting + sum(ended)
            impact.failed_count = ended[-1]
            impact.progress = 100 * sum(ended) / impact.line_count if impact.line_count else 100

    @api.depends("change_ids", "state")
    def _compute_is_stale(self):
        self.is_stale = False
        # a commune has one of these at most
        for impact in self.filtered(lambda impact: impact.state in ("draft", "proposed")):
            pending = self.env["tthc.calendar.change"].pending_of(impact.company_id)
            impact.is_stale = bool(pending - impact.change_ids)

    # ---------------------------------------------------------------- looked at

    @api.model
    def action_find(self):
        """Open what the changed calendar does to the dossiers of the user's commune."""
        self._check_role("manager", "leader")
        company = self.env.company
        impact = self.search([("company_id", "=", company.id), ("state", "in", OPEN)], limit=1)
        if not impact:
            # nobody may write to these but through the methods here, which check the role
            impact = self.sudo().create({"company_id": company.id})
            impact._fill()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": impact.id,
            "view_mode": "form",
        }

    def action_refresh(self):
        """Look again, at the dossiers whose time meets a changed day."""
        return self._refresh()

    def action_refresh_all(self):
        """Look at every dossier, whatever is known to have changed."""
        return self._refresh(every=True)

    def _refresh(self, every=False):
        self._checked(("draft",), "manager", "leader")._fill(every)
        return True

    def _fill(self, every=False):
        """Write down the changes not settled yet and the dossiers that they move."""
        changes = self.env["tthc.calendar.change"].pending_of(self.company_id)
        days = sorted(set(changes.filtered("date").mapped("date")))
        all_of_them = every or "hours" in changes.mapped("kind")
        moved = self.env["tthc.dossier"]._moved_by_calendar(
            self.company_id, None if all_of_them else days
        )
        self.write(
            {
                "change_ids": [Command.set(changes.ids)],
                "line_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "dossier_id": dossier.id,
                                "company_id": self.company_id.id,
                                "due_from": dossier.due_at,
                                "due_to": due,
                                "why": self._why(dossier, due, changes),
                            }
                        )
                        for dossier, due in moved
                    ),
                ],
            }
        )

    def _why(self, dossier, due, changes):
        """The changed days within the time of a dossier, in words."""
        last = max(dossier.due_on, to_local(due).date())
        kinds = dict(changes._fields["kind"]._description_selection(self.env))
        met = changes.filtered(
            lambda change: not change.date or dossier.received_on <= change.date <= last
        )
        texts = [
            f"{format_date(self.env, change.date)} {change.name} ({kinds[change.kind]})"
            if change.date
            else change.name
            for change in met.sorted("date")
        ]
        return "; ".join(dict.fromkeys(texts)) or self.env._("Working calendar")

    # ---------------------------------------------------------------- decided

    def action_propose(self):
        """Ask the leaders to agree; where nothing moves there is nothing to agree to."""
        impact = self._checked(("draft",), "manager", "leader")
        impact._check_fresh()
        impact.proposed_by_id = self.env.uid
        if not impact.line_ids:
            impact._finish()
            return True
        impact.state = "proposed"
        leaders = impact.env["res.users"].search(
            [
                ("all_group_ids", "in", self.env.ref("tthc_onestop.group_leader").ids),
                ("company_ids", "in", impact.company_id.ids),
            ]
        )
        for leader in leaders:
            # no letter: it stands among their activities
            impact.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=leader.id,
                summary=self.env._(
                    "The calendar has changed: approve new due dates of %(count)s dossiers",
                    count=impact.line_count,
                ),
            )
        return True

    def action_approve(self):
        """Agree to every move listed; a scheduled action then makes them, batch by batch."""
        impact = self._checked(("proposed",), "leader")
        impact._check_fresh()
        impact.write(
            {
                "state": "applying",
                "approved_by_id": self.env.uid,
                "approved_at": fields.Datetime.now(),
            }
        )
        impact.activity_ids.unlink()
        impact._start()
        return True

    def action_stop(self):
        """Make no more of the moves; those made stay, approving again goes on with the others."""
        self._checked(("applying",), "leader").state = "proposed"
        return True

    def action_retry(self):
        """Try again what failed."""
        impact = self._checked(("applying",), "leader")
        impact.line_ids.filtered(lambda line: line.state == "failed").state = "waiting"
        impact._start()
        return True

    def action_cancel(self):
        """Leave the dates as they were promised; the changes stay to be looked at."""
        impact = self._checked(("draft", "proposed"), "manager", "leader")
        impact.state = "cancelled"
        impact.activity_ids.unlink()
        return True

    def action_open_lines(self):
        """The dossiers of it, to print their new slips."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "tthc.calendar.impact.line",
            "view_mode": "list",
            "domain": [("impact_id", "=", self.id)],
            "context": {"search_default_done": 1},
        }

    def _check_role(self, *names):
        """:raises AccessError: the user is in none of these groups"""
        groups = [self.env.ref(f"tthc_onestop.group_{name}").sudo() for name in names]
        if not self.env.su and not any(group in self.env.user.all_group_ids for group in groups):
            raise AccessError(
                self.env._(
                    "This is for: %(roles)s.", roles=", ".join(group.name for group in groups)
                )
            )

    def _checked(self, states, *roles):
        """The one impact, for a step from these states that these roles take.

        :raises AccessError: the user has none of the roles, or does not see it
        :raises UserError: it is in another state
        """
        self.ensure_one()
        self._check_role(*roles)
        self.check_access("read")
        impact = self.sudo()  # nobody may write to it, the role and the sight were checked
        if not impact.try_lock_for_update(allow_referencing=True) or impact.state not in states:
            raise UserError(
                self.env._("Somebody else has gone on with this meanwhile: reload the page.")
            )
        return impact

    def _check_fresh(self):
        if self.is_stale:
            raise UserError(
                self.env._(
                    "The calendar has changed again since these dossiers were found: look again, "
                    "or cancel this and begin anew."
                )
            )

    # ---------------------------------------------------------------- applied

    def _start(self):
        self.env.ref("tthc_onestop.ir_cron_apply_calendar_impact")._trigger()

    def _finish(self):
        self.write({"state": "applied", "applied_at": fields.Datetime.now()})

    @api.model
    def _cron_apply(self):
        """Make the moves that were agreed to: what is made stays made, whatever ends this."""
        cron = self.env["ir.cron"]
        lines = self.env["tthc.calendar.impact.line"]
        agreed = [("impact_id.state", "=", "applying"), ("state", "=", "waiting")]
        seconds = cron._commit_progress(remaining=lines.search_count(agreed))
        # the state is read anew for each batch, so that a leader may stop it in between
        while seconds and (batch := lines.search(agreed, limit=BATCH, order="id")):
            batch._apply()
            seconds = cron._commit_progress(len(batch))
            self.env.invalidate_all()
        for impact in self.search([("state", "=", "applying")]):
            if impact.progress == 100 and not impact.failed_count:
                impact._finish()
