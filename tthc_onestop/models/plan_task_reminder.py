from odoo import api, fields, models

from ..rules.reminder import LATE, horizon, is_open, reached
from .res_company import local_today


class TthcPlanTask(models.Model):
    """Reminders of the due days of tasks: the same rungs, days and words as for dossiers."""

    _inherit = "tthc.plan.task"

    # the rung told last, and of which due day: each is told once
    reminded_rung = fields.Integer(readonly=True, copy=False, aggregator=None)
    reminded_for = fields.Date(readonly=True, copy=False)

    @api.model
    def _cron_remind(self):
        """Tell each rung reached today, a transaction for each commune."""
        cron = self.env["ir.cron"]
        communes = self.env["res.company"].search([], order="id")  # pylint: disable=no-search-all
        cron._commit_progress(remaining=len(communes))
        for commune in communes:
            with self.env["tthc.reminder"].left_to_another():
                self._remind(commune)
            if not cron._commit_progress(1):
                break

    @api.model
    def _remind(self, commune):
        calendar, today = commune.tthc_work_calendar(), local_today()
        before = {commune.tthc_remind_first, commune.tthc_remind_second} - {0}
        if not is_open(calendar, today):
            return
        open_tasks = self.search(
            [
                ("company_id", "=", commune.id),
                ("plan_id.state", "=", "issued"),
                ("kind", "in", ("todo", "doing")),
                ("date_deadline", "<=", horizon(calendar, today, before)),
            ]
        )
        kind = self.env.ref("tthc_onestop.mail_activity_plan_task")
        self._activities_of_done(kind, commune).unlink()
        leaders = open_tasks.plan_id[:1]._leaders()
        added = []
        for task in open_tasks:
            rung = reached(calendar, task.date_deadline, today, before)
            if rung is None or (task.reminded_for, task.reminded_rung) == (
                task.date_deadline,
                rung,
            ):
                continue
            task._set({"reminded_for": task.date_deadline, "reminded_rung": rung})
            told = task._told() | leaders if rung == LATE else task._told()
            added += [task._reminder(kind, user, rung) for user in told]
            task.activity_ids.filtered(lambda each: each.activity_type_id == kind).unlink()
        quick = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        quick.create(added)  # no letter for each

    def _reminder(self, kind, user, rung):
        reminder = self.env["tthc.reminder"]._in_vietnamese()
        return {
            "activity_type_id": kind.id,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "user_id": user.id,
            "summary": f"{reminder._rung_name(rung)}: {self.name}"[:200],
            "date_deadline": self.date_deadline,
            "automated": True,
        }

    @api.model
    def _activities_of_done(self, kind, commune):
        """The reminders of tasks that were handed in since."""
        found = self.env["mail.activity"].search(
            [("res_model", "=", self._name), ("activity_type_id", "=", kind.id)]
        )
        closed = self.search(
            [
                ("id", "in", found.mapped("res_id")),
                ("company_id", "=", commune.id),
                ("kind", "in", ("waiting", "done")),
            ]
        )
        return found.filtered(lambda each: each.res_id in closed._ids)
