from odoo import api, fields, models

from ..rules.feedback import shortened
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
        kind = self.env.ref("tthc_onestop.mail_activity_plan_task")
        self._activities_of_done(kind, commune).unlink()
        added = []
        for task, rung, told in self._due_in(commune):
            if (task.reminded_for, task.reminded_rung) == (task.date_deadline, rung):
                continue
            task._set({"reminded_for": task.date_deadline, "reminded_rung": rung})
            added += [task._reminder(kind, user, rung) for user in told]
            task.activity_ids.filtered(lambda each: each.activity_type_id == kind).unlink()
        quick = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        quick.create(added)  # no letter for each

    @api.model
    def _due_in(self, commune):
        """Each open task with the rung reached today, and who is told; none on a day off."""
        calendar, today = commune.tthc_work_calendar(), local_today()
        before = {commune.tthc_remind_first, commune.tthc_remind_second} - {0}
        if not is_open(calendar, today):
            return
        tasks = self.search(
            [
                ("company_id", "=", commune.id),
                ("plan_id.state", "=", "issued"),
                ("kind", "in", ("todo", "doing")),
                ("date_deadline", "<=", horizon(calendar, today, before)),
            ]
        )
        leaders = tasks.plan_id[:1]._leaders()
        by_lead = {lead: lead._holders(commune) for lead in tasks.lead_id}
        for task in tasks:
            rung = reached(calendar, task.date_deadline, today, before)
            if rung is not None:
                told = task.user_id or by_lead[task.lead_id]
                yield task, rung, told | leaders if rung == LATE else told

    @api.model
    def _digest_lines(self, commune):
        """What the morning letter says of each that is due, with who reads it."""
        for task, rung, told in self._due_in(commune):
            yield told, (rung, task.date_deadline, task.section, shortened(task.name, 150))

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
