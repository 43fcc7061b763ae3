from odoo import api, fields, models
from odoo.tools import SQL

from ..rules import feedback as rules
from ..rules.reminder import LATE, horizon, is_open, reached
from .res_company import local_today
from .res_company_feedback import DUE

BATCH = 500


class TthcFeedback(models.Model):
    """Who has a feedback in hand is told: at once, and up the ladder of reminders of dossiers."""

    _inherit = "tthc.feedback"

    # each rung is told once for each due day
    reminded_due_on = fields.Date(readonly=True, copy=False, export_string_translation=False)
    reminded_rung = fields.Integer(
        readonly=True, copy=False, aggregator=None, export_string_translation=False
    )

    def _screeners(self, staff):
        """Who looks at it first, of the users of each group in its commune."""
        return staff["leader"] if self.sensitive else staff["statistician"] or staff["leader"]

    def _holders(self, staff):
        """The users who have to do something about it now.

        :param staff: the users of each group in its commune
        """
        self.ensure_one()
        if self.waiting == rules.APPROVAL:
            found = staff["leader"]
        elif self.status == "in_progress":
            found = self.officer_id.filtered("active") or self._screeners(staff)
        elif self.status in rules.OPEN or (self.status == "answered" and self.due_on):
            found = self._screeners(staff)
        else:
            found = self.env["res.users"]
        return found - self.accused_ids

    def _to_do(self):
        """What its holders have to do, in a few words; nothing of what its sender said."""
        env = self.env
        if self.waiting:
            return {
                rules.SENDER: env._("Feedback: waits for its sender"),
                rules.SUSPENDED: env._("Feedback: suspended"),
                rules.APPROVAL: env._("Feedback: approve the answer"),
                rules.APPROVED: env._("Feedback: send the answer"),
            }[self.waiting]
        return {
            "received": env._("Feedback: classify it"),
            "classified": env._("Feedback: assign or forward it"),
            "in_progress": env._("Feedback: answer it"),
            "answered": env._("Feedback: publish the answer"),
        }.get(self.status)

    @api.model
    def _staff(self, company):
        users = self.env["res.users"]
        return {
            role: users.tthc_holders(self.env.ref(f"tthc_onestop.group_{role}"), company)
            for role in ("statistician", "leader")
        }

    @api.model
    def _activity_type(self):
        return self.env.ref("tthc_onestop.mail_activity_feedback")

    def _follow_up(self, words=None, more=()):
        """One open activity for each holder, none for others.

        :param words: what is said before what they have to do, by id
        :param more: ids of those of which the leaders are told too
        """
        told = self.env["tthc.reminder"]._in_vietnamese().env
        kind, activities = self._activity_type(), self.env["mail.activity"]
        known = activities.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", kind.id),
            ]
        ).grouped("res_id")
        staff = {company: self._staff(company) for company in self.company_id}
        needless, added = activities, []
        for feedback in self.with_env(told):
            team = staff[feedback.company_id]
            holders = feedback._holders(team)
            if feedback.id in more:
                holders |= team["leader"] - feedback.accused_ids
            summary = feedback._to_do()
            if words and feedback.id in words:
                summary = f"{words[feedback.id]} – {summary}"
            values = {
                "summary": summary,
                "date_deadline": feedback.due_on or local_today(),
            }
            for activity in known.get(feedback.id, activities):
                if activity.user_id not in holders or not summary:
                    needless += activity
                    continue
                holders -= activity.user_id
                if any(activity[field] != value for field, value in values.items()):
                    activity.with_context(mail_activity_quick_update=True).write(values)
            if summary:
                added += [values | {"res_id": feedback.id, "user_id": user.id} for user in holders]
        needless.unlink()
        fixed = {
            "activity_type_id": kind.id,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "automated": True,
        }
        quick = told["mail.activity"].with_context(
            mail_activity_quick_update=True, tthc_reminding=True
        )
        quick.create([fixed | values for values in added])

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Who is told of it does not follow it; who follows is sent the notes."""
        if self.env.context.get("tthc_reminding"):
            return True
        self.check_access("write")
        return super().message_subscribe(partner_ids, subtype_ids)

    # ---------------------------------------------------------------- the ladder

    @api.model
    def _cron_remind(self):
        """Tell the rung reached today by each that is due, commune by commune."""
        cron = self.env["ir.cron"]
        reminder = self.env["tthc.reminder"]._in_vietnamese()
        communes = self.env["res.company"].search([], order="id")  # pylint: disable=no-search-all
        cron._commit_progress(remaining=len(communes))
        for commune in communes:
            self.search([("company_id", "=", commune.id), *DUE])._refresh_due()
            for rungs in self._rungs_of(commune):
                with reminder.left_to_another():
                    new = self._claim(rungs)
                    self.browse(new)._follow_up(
                        {id_: reminder._rung_name(rungs[id_]) for id_ in new},
                        {id_ for id_ in new if rungs[id_] == LATE},
                    )
                cron._commit_progress()
                self.env.invalidate_all()
            if not cron._commit_progress(1):
                break

    @api.model
    def _rungs_of(self, commune):
        """The rung reached today by each of a commune, by id, batch by batch; none on a day off."""
        calendar, today = commune.tthc_work_calendar(), local_today()
        before = {commune.tthc_remind_first, commune.tthc_remind_second} - {0}
        if not is_open(calendar, today):
            return
        due = [
            ("company_id", "=", commune.id),
            ("due_on", "<=", horizon(calendar, today, before)),
        ]
        last = 0
        while batch := self.search([*due, ("id", ">", last)], order="id", limit=BATCH):
            last = batch[-1].id
            rungs = {each.id: reached(calendar, each.due_on, today, before) for each in batch}
            yield {id_: rung for id_, rung in rungs.items() if rung is not None}

    @api.model
    def _digest_lines(self, commune):
        """What the morning letter says of each that is due, with who reads it."""
        reminder = self.env["tthc.reminder"]._in_vietnamese()
        staff = self._staff(commune)
        for rungs in self._rungs_of(commune):
            for feedback in self.browse(rungs).with_env(reminder.env):
                rung, told = rungs[feedback.id], feedback._holders(staff)
                if rung == LATE:
                    told |= staff["leader"] - feedback.accused_ids
                yield told, (rung, feedback.due_on, feedback.name, feedback._label("due_kind"))

    @api.model
    def _claim(self, rungs):
        """The ids of those whose rung nobody has told yet: told from now on."""
        if not rungs:
            return []
        self.flush_model(["due_on", "reminded_due_on", "reminded_rung"])
        rows = self.env.execute_query(
            SQL(
                """UPDATE tthc_feedback f SET reminded_due_on = f.due_on, reminded_rung = r.rung
                     FROM (VALUES %s) AS r (id, rung)
                    WHERE f.id = r.id
                      AND (f.reminded_due_on, f.reminded_rung)
                          IS DISTINCT FROM (f.due_on, r.rung)
                RETURNING f.id""",
                SQL(", ").join(SQL("%s", row) for row in rungs.items()),
            )
        )
        self.invalidate_model(["reminded_due_on", "reminded_rung"])
        return [row[0] for row in rows]
