from collections import defaultdict
from datetime import date
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..rules.posting import post_by
from .res_company import local_today

# who keeps the postings of a commune; others those of the places they are responsible for
KEEPERS = "tthc_onestop.group_statistician,tthc_onestop.group_manager"
BATCH = 500  # places looked at in one transaction


class Standing(NamedTuple):
    """How a place stands: counts, and the first day of what is to be done."""

    posted: int = 0
    needed: int = 0
    overdue: int = 0
    outdated: int = 0
    due_on: date | None = None
    outdated_on: date | None = None

    @property
    def to_do(self):
        return bool(self.needed or self.outdated)

    def counts(self):
        return {
            f"{name}_count": getattr(self, name)
            for name in ("posted", "needed", "overdue", "outdated")
        }


class TthcPosting(models.Model):
    """A version of a procedure at a place: needed, posted, out of date, taken down.

    The software enters what is needed: every version in force at every place that has it not.
    Nobody changes or deletes what was posted, but by saying that it hangs or was taken down.
    """

    _name = "tthc.posting"
    _description = "Posting of a procedure"
    _order = "place_id, code, id"
    _rec_name = "procedure_id"

    place_id = fields.Many2one("tthc.posting.place", required=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="place_id.company_id", store=True, required=True, string="Commune"
    )
    procedure_id = fields.Many2one("tthc.procedure", required=True, ondelete="cascade", index=True)
    code = fields.Char(related="procedure_id.code")
    sector_id = fields.Many2one(related="procedure_id.sector_id")
    state = fields.Selection(
        [
            ("needed", "To be posted"),
            ("posted", "Posted"),
            ("outdated", "Out of date"),
            ("taken_down", "Taken down"),
        ],
        required=True,
        default="needed",
        readonly=True,
    )
    needed_on = fields.Date(string="Needed since", required=True, readonly=True)
    due_on = fields.Date(
        string="Post by",
        required=True,
        readonly=True,
        help="Working days after it became needed: a setting of the commune, as no law was found "
        "that gives the number.",
    )
    posted_on = fields.Date(readonly=True)
    posted_by_id = fields.Many2one("res.users", readonly=True)
    url = fields.Char(string="Link", readonly=True)
    evidence_id = fields.Many2one(
        "ir.attachment", string="Photo", readonly=True, ondelete="restrict"
    )
    note = fields.Char(readonly=True)
    outdated_on = fields.Date(string="Out of date since", readonly=True)
    taken_down_on = fields.Date(readonly=True)
    taken_down_by_id = fields.Many2one("res.users", readonly=True)

    _hanging_uniq = models.UniqueIndex(
        "(place_id, procedure_id) WHERE state <> 'taken_down'",
        "This version hangs at this place already.",
    )
    _standing_idx = models.Index("(company_id, procedure_id, state)")
    _posted_with_evidence = models.Constraint(
        "CHECK(state = 'needed' OR (posted_on IS NOT NULL AND "
        "(evidence_id IS NOT NULL OR url IS NOT NULL)))",
        "What was posted has its day, and a photo or a link that shows it.",
    )
    _url_safe = models.Constraint(
        "CHECK(url ~* '^https?://')", "A link begins with https:// or http://."
    )
    _days_order = models.Constraint(
        "CHECK(taken_down_on IS NULL OR posted_on <= taken_down_on)",
        "It is taken down after it was posted.",
    )

    # ---------------------------------------------------------------- what people say of it

    def action_post(self, posted_on=None, url=None, filename=None, content=None, note=None):
        """These hang at their places since a local day, today when none is given.

        What they replace there is taken down with it. One photo may show many of a commune.

        :param content: a photo or another file that shows it, base64; or else ``url``
        :raises UserError: one is not to be posted, the day is to come, or nothing shows it
        :raises AccessError: the user is not responsible for the place
        """
        self._check_responsible()
        day = self._day(posted_on)
        if any(posting.state != "needed" for posting in self):
            raise UserError(self.env._("Only what is to be posted can be marked as posted."))
        if not url and not content:
            raise UserError(self.env._("Give a photo or a link that shows what was posted."))
        if len(self.company_id) > 1:
            raise UserError(self.env._("Mark the postings of one commune at a time."))
        postings = self.sudo()  # checked above; nobody writes them but through here
        evidence = content and postings._keep_evidence(filename, content)
        postings.write(
            {
                "state": "posted",
                "posted_on": day,
                "posted_by_id": self.env.uid,
                "url": url,
                "evidence_id": evidence and evidence.id,
                "note": note,
            }
        )
        replaced = postings.search(
            [("place_id", "in", self.place_id.ids), ("state", "=", "outdated")]
        )
        hanging = {(posting.place_id, posting.code) for posting in postings}
        replaced.filtered(lambda each: (each.place_id, each.code) in hanging)._take_down(day)
        postings.place_id._remind()

    def action_take_down(self, taken_down_on=None):
        """These do not hang any more since a local day, today when none is given.

        What is still in force has to be posted again.

        :raises UserError: one does not hang, or the day is to come or before it was posted
        :raises AccessError: the user is not responsible for the place
        """
        self._check_responsible()
        day = self._day(taken_down_on)
        if any(posting.state not in ("posted", "outdated") for posting in self):
            raise UserError(self.env._("Only what hangs can be taken down."))
        if any(posting.posted_on > day for posting in self):
            raise UserError(self.env._("It was posted later than it is said to be taken down."))
        postings = self.sudo()  # checked above; nobody writes them but through here
        postings._take_down(day)
        postings._sync(places=postings.place_id)

    def action_mark(self):
        """Ask when and what shows it, for these."""
        action = self.env["ir.actions.act_window"]._for_xml_id("tthc_onestop.posting_mark_action")
        return action | {"context": {"default_posting_ids": self.ids}}

    def _check_responsible(self):
        self.check_access("read")
        if self.env.su or self.env.user.has_groups(KEEPERS):
            return
        if others := self.place_id.filtered(lambda place: place.user_id != self.env.user):
            raise AccessError(
                self.env._(
                    "%(place)s is the responsibility of %(user)s.",
                    place=others[0].name,
                    user=others[0].user_id.name,
                )
            )

    def _day(self, day):
        day = fields.Date.to_date(day) or local_today()
        if day > local_today():
            raise UserError(self.env._("The day is still to come."))
        return day

    def _keep_evidence(self, filename, content):
        """Kept with the first posting, which like all of them nobody deletes."""
        return self.env["ir.attachment"].create(
            {
                "name": filename or self.env._("photo"),
                "datas": content,
                "res_model": self._name,
                "res_id": self[:1].id,
            }
        )

    def _take_down(self, day):
        for posted_on, postings in self.grouped(lambda each: max(each.posted_on, day)).items():
            postings.write(
                {
                    "state": "taken_down",
                    "taken_down_on": posted_on,
                    "taken_down_by_id": self.env.uid,
                }
            )

    # ---------------------------------------------------------------- what is needed

    @api.private
    @api.model
    def _sync(self, procedures=None, places=None):
        """Compare what hangs with what is in force: enter what is needed, say what is out of date.

        In three statements for any number of places; of all procedures and places unless given.
        """
        self.env.flush_all()
        today = local_today()
        scope = [SQL("TRUE")]
        if procedures is not None:
            scope.append(SQL("p.id = ANY(%s)", procedures.ids))
        if places is not None:
            scope.append(SQL("pl.id = ANY(%s)", places.ids))
        scope = SQL(" AND ").join(scope)
        in_force = SQL("(p.state = 'published' AND p.active)")
        joined = SQL(
            "k.place_id = pl.id AND k.procedure_id = p.id AND %s",
            scope,
        )
        changed = self.env.execute_query(
            SQL(
                """DELETE FROM tthc_posting k USING tthc_posting_place pl, tthc_procedure p
                    WHERE %s AND k.state = 'needed' AND NOT (pl.active AND %s)
                RETURNING k.place_id""",
                joined,
                in_force,
            )
        )
        changed += self.env.execute_query(
            SQL(
                """UPDATE tthc_posting k
                      SET state = new.state,
                          outdated_on = CASE new.state WHEN 'posted' THEN NULL
                                        ELSE COALESCE(k.outdated_on, %(today)s) END,
                          taken_down_on = CASE new.state WHEN 'taken_down'
                                          THEN GREATEST(k.posted_on, %(today)s) END
                     FROM (SELECT k.id, CASE
                                  WHEN NOT pl.active THEN 'taken_down'
                                  WHEN %(in_force)s THEN 'posted'
                                  WHEN pl.kind = 'loudspeaker' THEN 'taken_down'
                                  ELSE 'outdated' END AS state
                             FROM tthc_posting k, tthc_posting_place pl, tthc_procedure p
                            WHERE %(joined)s AND k.state IN ('posted', 'outdated')) new
                    WHERE k.id = new.id AND k.state <> new.state
                RETURNING k.place_id""",
                today=today,
                in_force=in_force,
                joined=joined,
            )
        )
        changed += self._enter_needed(scope, in_force, today)
        if changed or places:
            self.env.invalidate_all(flush=False)
        touched = {row[0] for row in changed} | set(places.ids if places else ())
        # whoever publishes tells every commune, which it may not see
        self.env["tthc.posting.place"].sudo().browse(sorted(touched))._remind()

    @api.model
    def _enter_needed(self, scope, in_force, today):
        """[(place id,)] of each version in force at a place where it neither hangs nor is asked."""
        communes = (
            self.env["tthc.posting.place"].sudo()._read_group([], ["company_id"])
        )  # as above: every commune
        if not communes:
            return []
        due = [
            SQL(
                "(%s, %s::date)",
                commune.id,
                post_by(commune.tthc_work_calendar(), today, commune.tthc_posting_days),
            )
            for [commune] in communes
        ]
        return self.env.execute_query(
            SQL(
                """INSERT INTO tthc_posting (place_id, company_id, procedure_id, state, needed_on,
                                             due_on, create_uid, create_date, write_uid, write_date)
                   SELECT pl.id, pl.company_id, p.id, 'needed', %(today)s,
                          due.day, %(uid)s, now() at time zone 'UTC', %(uid)s,
                          now() at time zone 'UTC'
                     FROM tthc_posting_place pl
                     JOIN (VALUES %(due)s) AS due (company_id, day) USING (company_id)
                     JOIN tthc_procedure p ON %(in_force)s
                    WHERE pl.active AND %(scope)s AND NOT EXISTS (
                          SELECT FROM tthc_posting k
                           WHERE k.place_id = pl.id AND k.procedure_id = p.id
                             AND k.state <> 'taken_down')
                ON CONFLICT DO NOTHING
                RETURNING place_id""",
                today=today,
                uid=self.env.uid,
                due=SQL(", ").join(due),
                in_force=in_force,
                scope=scope,
            )
        )

    @api.private
    @api.model
    def _standing(self, places):
        """``Standing`` by id of each place, in one query."""
        self.flush_model(["place_id", "state", "due_on", "outdated_on"])
        rows = self.env.execute_query(
            SQL(
                """SELECT place_id,
                          count(*) FILTER (WHERE state = 'posted'),
                          count(*) FILTER (WHERE state = 'needed'),
                          count(*) FILTER (WHERE state = 'needed' AND due_on < %s),
                          count(*) FILTER (WHERE state = 'outdated'),
                          min(due_on) FILTER (WHERE state = 'needed'),
                          min(outdated_on) FILTER (WHERE state = 'outdated')
                     FROM tthc_posting
                    WHERE place_id = ANY(%s) AND state <> 'taken_down'
                 GROUP BY place_id""",
                local_today(),
                places.ids,
            )
        )
        return defaultdict(Standing, {place: Standing(*figures) for place, *figures in rows})

    @api.model
    def _cron_sync(self):
        """Compare all, commune by commune: what a change that told nobody has left behind."""
        cron, places = self.env["ir.cron"], self.env["tthc.posting.place"]
        self.env["tthc.procedure.commune"]._sync()
        every = places.with_context(active_test=False).search([], order="id")  # pylint: disable=no-search-all
        cron._commit_progress(remaining=len(every))
        for start in range(0, len(every), BATCH):
            batch = every[start : start + BATCH]
            self._sync(places=batch)
            if not cron._commit_progress(len(batch)):
                break
