import logging
from collections import defaultdict
from contextlib import contextmanager
from typing import NamedTuple

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL

from ..rules.lifecycle import RUNNING
from ..rules.reminder import LATE, TODAY, horizon, is_open, reached
from ..rules.substitution import Substitution
from .res_company import local_today

_logger = logging.getLogger(__name__)

BATCH = 1000  # dossiers looked at in one transaction


class Staff(NamedTuple):
    """Whom a commune reminds; users by id."""

    desk: frozenset[int]
    leaders: frozenset[int]
    substitutions: tuple[Substitution, ...]

    def told(self, dossier, rung: int) -> set[int]:
        """Who is told of a rung: the officer and who stands in, or the desk; late, leaders too."""
        officer = dossier.officer_id
        if not officer.active:
            told = set(self.desk)
        else:
            told = {officer.id} | {
                each.substitute
                for each in self.substitutions
                if each.absent == officer.id and each.covers(dossier.sector_id.id)
            }
        return told | self.leaders if rung == LATE else told


class TthcReminder(models.Model):
    """That a rung of the ladder was told: each once for each due day, whoever runs it."""

    _name = "tthc.reminder"
    _description = "Reminder of a due day"
    _log_access = False
    _order = "id desc"
    _rec_name = "dossier_id"

    dossier_id = fields.Many2one("tthc.dossier", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade", index=True)
    due_on = fields.Date(required=True, string="Due")
    rung = fields.Integer(
        required=True,
        aggregator=None,
        help="Working days before the due day; 0 on the day itself, -1 late.",
    )
    user_ids = fields.Many2many("res.users", string="Told")
    told_on = fields.Date(required=True)

    _rung_uniq = models.Constraint(
        "UNIQUE(dossier_id, due_on, rung)", "A rung of a due day is told once."
    )

    # ---------------------------------------------------------------- the scheduled action

    @api.model
    def _cron_remind(self):
        """Tell each rung reached today, commune by commune, a transaction for each batch."""
        cron = self.env["ir.cron"]
        self._forget()
        communes = self.env["res.company"].search([], order="id")  # pylint: disable=no-search-all
        cron._commit_progress(remaining=len(communes))
        for commune in communes:
            staff = self._staff_of(commune)
            for rungs in self._rungs_of(commune):
                with self.left_to_another():
                    self._tell(staff, rungs)
                cron._commit_progress()
                self.env.invalidate_all()
            if not cron._commit_progress(1):
                break

    @api.private
    @contextmanager
    def left_to_another(self):
        """Leave a batch to the scheduler that, at the same moment, has just entered some of it."""
        try:
            yield
        except SerializationFailure:
            self.env.cr.rollback()
            _logger.info("Reminders are being given by another scheduler")

    @api.model
    def _staff_of(self, commune):
        def members(group):
            role = self.env.ref(f"tthc_onestop.{group}")
            domain = [("all_group_ids", "in", role.ids), ("company_ids", "in", commune.ids)]
            return frozenset(self.env["res.users"].search(domain).ids)

        running = self.env["tthc.substitution"].running_on(commune.id, local_today())
        return Staff(members("group_counter"), members("group_leader"), running)

    @api.model
    def _rungs_of(self, commune):
        """The rung reached today by each dossier of a commune whose clock runs, batch by batch.

        On a day off nobody is reminded: the next working day tells the highest rung reached.
        """
        calendar, today = commune.tthc_work_calendar(), local_today()
        before = {commune.tthc_remind_first, commune.tthc_remind_second} - {0}
        if not is_open(calendar, today):
            return
        domain = [
            ("company_id", "=", commune.id),
            ("ended_on", "=", False),  # as the index has it
            ("status", "in", RUNNING),
            ("due_on", "<=", horizon(calendar, today, before)),
        ]
        columns = ("name", "company_id", "procedure_id", "sector_id", "officer_id", "due_on")
        last, dossier_model = 0, self.env["tthc.dossier"]
        while batch := dossier_model.search_fetch(
            [*domain, ("id", ">", last)], columns, order="id", limit=BATCH
        ):
            last = batch[-1].id
            rungs = {each: reached(calendar, each.due_on, today, before) for each in batch}
            yield {each: rung for each, rung in rungs.items() if rung is not None}

    @api.model
    def _tell(self, staff, rungs):
        """Tell the rungs of these dossiers that nobody has told, and hand on what changed hands."""
        told = {dossier: staff.told(dossier, rung) for dossier, rung in rungs.items()}
        told = {dossier: users for dossier, users in told.items() if users}
        if not told:
            return
        activities = self._activities_of(told)
        astray = activities.filtered(
            lambda activity: (
                activity.user_id.id not in told[self.env["tthc.dossier"].browse(activity.res_id)]
            )
        )
        now_told = self._claim(told, rungs) | set(astray.mapped("res_id"))
        astray.unlink()
        self._schedule(
            activities - astray,
            {dossier: users for dossier, users in told.items() if dossier.id in now_told},
            rungs,
        )

    @api.model
    def _claim(self, told, rungs):
        """Enter the rungs; return the ids of the dossiers whose rung was not entered before."""
        today = local_today()
        rows = [
            SQL("%s", (dossier.id, dossier.company_id.id, dossier.due_on, rungs[dossier], today))
            for dossier in told
        ]
        entered = self.env.execute_query(
            SQL(
                """INSERT INTO tthc_reminder (dossier_id, company_id, due_on, rung, told_on)
                   VALUES %s ON CONFLICT DO NOTHING RETURNING id, dossier_id""",
                SQL(", ").join(rows),
            )
        )
        if entered:
            dossiers = self.env["tthc.dossier"].browse
            pairs = [
                SQL("%s", (reminder, user))
                for reminder, dossier in entered
                for user in told[dossiers(dossier)]
            ]
            relation = self._fields["user_ids"]
            self.env.cr.execute(
                SQL(
                    "INSERT INTO %s (%s, %s) VALUES %s",
                    SQL.identifier(relation.relation),
                    SQL.identifier(relation.column1),
                    SQL.identifier(relation.column2),
                    SQL(", ").join(pairs),
                )
            )
        return {dossier for _reminder, dossier in entered}

    # ---------------------------------------------------------------- activities

    @api.model
    def _activity_type(self):
        return self.env.ref("tthc_onestop.mail_activity_reminder")

    @api.model
    def _activities_of(self, dossiers):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "tthc.dossier"),
                ("res_id", "in", [dossier.id for dossier in dossiers]),
                ("activity_type_id", "=", self._activity_type().id),
            ]
        )

    @api.model
    def _schedule(self, activities, told, rungs):
        """One open activity for each dossier and user: what there is says the new rung."""
        reminding = self._in_vietnamese().with_context(
            mail_activity_quick_update=True,  # no letter for each: there is the digest
            tthc_reminding=True,
        )
        present = {(each.res_id, each.user_id.id): each.id for each in activities}
        fixed = {
            "activity_type_id": self._activity_type().id,
            "res_model_id": self.env["ir.model"]._get_id("tthc.dossier"),
            "automated": True,
        }
        added, changed = [], defaultdict(list)
        for dossier, users in told.items():
            rung = rungs[dossier]
            for user in users:
                if found := present.get((dossier.id, user)):
                    changed[rung, dossier.due_on].append(found)
                    continue
                values = reminding._activity_values(rung, dossier.due_on)
                added.append({**fixed, **values, "res_id": dossier.id, "user_id": user})
        reminding.env["mail.activity"].create(added)
        for (rung, due_on), ids in changed.items():
            values = reminding._activity_values(rung, due_on)
            reminding.env["mail.activity"].browse(ids).write(values)

    @api.model
    def _activity_values(self, rung, due_on):
        return {"summary": self._rung_name(rung), "date_deadline": due_on}

    @api.model
    def _forget(self):
        """Take away the activities of dossiers whose clock has stopped or has a new due day."""
        self.env.flush_all()
        found = self.env.execute_query(
            SQL(
                """SELECT a.id FROM mail_activity a
                     JOIN tthc_dossier d ON d.id = a.res_id
                    WHERE a.active AND a.res_model = 'tthc.dossier' AND a.activity_type_id = %s
                      AND (d.status NOT IN %s OR NOT EXISTS (
                          SELECT FROM tthc_reminder r
                           WHERE r.dossier_id = d.id AND r.due_on = d.due_on))""",
                self._activity_type().id,
                RUNNING,
            )
        )
        self.env["mail.activity"].browse(row[0] for row in found).unlink()

    @api.model
    def _digest_lines(self, commune):
        """What the morning letter says of each dossier that is due, with who reads it."""
        staff, users = self._staff_of(commune), self.env["res.users"]
        for rungs in self._rungs_of(commune):
            for dossier, rung in rungs.items():
                line = (rung, dossier.due_on, dossier.name, dossier.procedure_id.name)
                yield users.browse(staff.told(dossier, rung)), line

    # ---------------------------------------------------------------- words

    @api.model
    def _in_vietnamese(self):
        """What officials read, whatever language their account has been left in."""
        return self.with_context(lang=self.env["res.lang"]._get_data(code="vi_VN").code or None)

    @api.model
    def _rung_name(self, rung):
        if rung == LATE:
            return self.env._("Late")
        if rung == TODAY:
            return self.env._("Due today")
        return self.env._("Due within %(count)s working day(s)", count=rung)
