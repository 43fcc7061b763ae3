from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ..rules.reminder import LATE
from .res_company import local_today

# what is due, in the order in which the letter tells of it
KINDS = ("tthc.reminder", "tthc.feedback", "tthc.plan.task")
SHOWN = 50  # lines of a section of the letter; the others are counted


class TthcReminderDigest(models.Model):
    """That the letter of a morning was queued for a user: one for each user and day."""

    _name = "tthc.reminder.digest"
    _description = "Morning letter of what is due"
    _log_access = False
    _rec_name = "day"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    day = fields.Date(required=True)

    _day_uniq = models.Constraint("UNIQUE(user_id, day)", "One letter for each user and day.")

    @api.model
    def _cron_queue(self):
        """Queue the letters of today: what is late, due today or soon, to who is told of it."""
        cron, reminder = self.env["ir.cron"], self.env["tthc.reminder"]
        communes = self.env["res.company"].search([], order="id")  # pylint: disable=no-search-all
        cron._commit_progress(remaining=len(communes))
        lines, looked_at = defaultdict(list), communes.browse()
        for commune in communes:
            for kind in KINDS:
                for told, line in self.env[kind]._digest_lines(commune):
                    for user in told:
                        lines[user.id].append((KINDS.index(kind), *line))
            looked_at |= commune
            last = looked_at == communes
            # a user of several communes has one letter, when all of them have been looked at
            ready = (
                self.env["res.users"]
                .browse(lines)
                .filtered(lambda user, seen=looked_at, last=last: last or user.company_ids <= seen)
            )
            with reminder.left_to_another():
                self._queue({user: lines.pop(user.id) for user in ready})
            cron._commit_progress(1)
            self.env.invalidate_all()
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    @api.model
    def _queue(self, letters):
        """Queue a letter for each of these users who has none today."""
        today = local_today()
        rows = [SQL("%s", (user.id, today)) for user in letters if user.active and user.email]
        if not rows:
            return
        entered = self.env.execute_query(
            SQL(
                """INSERT INTO tthc_reminder_digest (user_id, day) VALUES %s
                   ON CONFLICT DO NOTHING RETURNING user_id""",
                SQL(", ").join(rows),
            )
        )
        users = self.env["res.users"].browse(row[0] for row in entered)
        self.env["mail.mail"].create([self._letter(user, today, letters[user]) for user in users])

    @api.model
    def _letter(self, user, today, lines):
        """The values of one letter: codes, what is due and when, nothing of the people."""
        reminder = self.env["tthc.reminder"]._in_vietnamese()
        env = reminder.env
        kinds = (env._("Dossiers"), env._("Feedback and petitions"), env._("Tasks of the plan"))
        sections = defaultdict(list)
        for kind, rung, due_on, *line in sorted(lines):
            sections[kind, rung].append((*line, format_date(env, due_on)))
        late = sum(rung == LATE for _kind, rung, *_line in lines)
        sections = [
            {
                "name": f"{kinds[kind]} – {reminder._rung_name(rung)}",
                "count": len(found),
                "lines": found[:SHOWN],
                "more": len(found) > SHOWN
                and env._("and %(count)s more", count=len(found) - SHOWN),
            }
            for (kind, rung), found in sections.items()
        ]
        return {
            "subject": env._(
                "To do on %(day)s: %(late)s late, %(due)s due today or soon",
                day=format_date(env, today),
                late=late,
                due=len(lines) - late,
            ),
            "body_html": env["ir.qweb"]._render(
                "tthc_onestop.reminder_digest", {"user": user, "sections": sections}
            ),
            "email_to": user.email_formatted,
            "email_from": user.company_id.email_formatted or self.env.user.email_formatted,
            "auto_delete": True,
        }
