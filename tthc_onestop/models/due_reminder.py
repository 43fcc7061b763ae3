from odoo import api, fields, models

from ..rules.reminder import LATE, horizon, is_open, reached
from .res_company import local_today


class TthcDueReminder(models.AbstractModel):
    """Reminders of due days: the same rungs, days and words as for dossiers.

    What inherits it has ``company_id``, ``_told_of_each()``: the users of each record, and
    ``_set(vals)``, which writes past its guard; it says which of its records are open, and of
    which nobody need be reminded any more.
    """

    _name = "tthc.due.reminder"
    _description = "What is reminded of before its due day"
    _due_field = "date_deadline"
    _reminder_type = None  # the xmlid of its type of activity
    _open_domain = ()
    _over_domain = ()

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
        kind = self.env.ref(self._reminder_type)
        self._activities_of_over(kind, commune).unlink()
        added = []
        for record, rung, told in self._due_in(commune):
            due_on = record[record._due_field]
            if (record.reminded_for, record.reminded_rung) == (due_on, rung):
                continue
            record._set({"reminded_for": due_on, "reminded_rung": rung})
            added += [record._reminder(kind, user, rung) for user in told]
            record.activity_ids.filtered(lambda each: each.activity_type_id == kind).unlink()
        quick = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        quick.create(added)  # no letter for each

    @api.model
    def _due_in(self, commune):
        """Each open one with the rung reached today, and who is told; none on a day off."""
        calendar, today = commune.tthc_work_calendar(), local_today()
        before = {commune.tthc_remind_first, commune.tthc_remind_second} - {0}
        if not is_open(calendar, today):
            return
        due_soon = self.search(
            [
                ("company_id", "=", commune.id),
                *self._open_domain,
                (self._due_field, "<=", horizon(calendar, today, before)),
            ]
        )
        leaders, told = self.env["tthc.plan"]._leaders_of(commune), due_soon._told_of_each()
        for record in due_soon:
            rung = reached(calendar, record[self._due_field], today, before)
            if rung is not None:
                yield record, rung, told[record] | leaders if rung == LATE else told[record]

    def _reminder(self, kind, user, rung):
        reminder = self.env["tthc.reminder"]._in_vietnamese()
        return {
            "activity_type_id": kind.id,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "user_id": user.id,
            "summary": f"{reminder._rung_name(rung)}: {self.name}"[:200],
            "date_deadline": self[self._due_field],
            "automated": True,
        }

    @api.model
    def _activities_of_over(self, kind, commune):
        """The reminders of what nobody need be reminded of any more."""
        found = self.env["mail.activity"].search(
            [("res_model", "=", self._name), ("activity_type_id", "=", kind.id)]
        )
        over = self.search(
            [
                ("id", "in", found.mapped("res_id")),
                ("company_id", "=", commune.id),
                *self._over_domain,
            ]
        )
        return found.filtered(lambda each: each.res_id in over._ids)
