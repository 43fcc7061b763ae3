from collections import defaultdict

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ..models.dossier_ledger import BATCH
from ..rules.holding_time import HOLDERS, stretches, turns
from ..rules.lifecycle import ENDED
from ..rules.working_time import YearNotEntered

# who sees everybody's time; others see their own
EVERYBODY = "tthc_onestop.group_statistician,tthc_onestop.group_leader,tthc_onestop.group_auditor"


class TthcDossierHolding(models.TransientModel):
    """Totals the working time of holders over the dossiers that ended in a period.

    They are taken from the ledger as it stood on the last day, so that a past period gives the
    same figures whenever it is asked for.
    """

    _name = "tthc.dossier.holding"
    _description = "Working time by holder"

    date_from = fields.Date(
        required=True,
        string="Ended from",
        default=lambda self: fields.Date.context_today(self).replace(day=1),
    )
    date_to = fields.Date(required=True, string="Ended until", default=fields.Date.context_today)
    line_ids = fields.One2many("tthc.dossier.holding.line", "holding_id", string="Totals")

    def action_show(self):
        self.ensure_one()
        self.line_ids.unlink()
        self.line_ids = [
            Command.create({"holder": holder, "user_id": user_id, **figures})
            for (holder, user_id), figures in sorted(
                self._totals().items(),
                key=lambda item: (HOLDERS.index(item[0][0]), -item[1]["hours"]),
            )
        ]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tthc_onestop.dossier_holding_line_action"
        )
        return action | {"domain": [("holding_id", "=", self.id)]}

    def _totals(self):
        """{(holder, user id or None): figures of a line}, the user's own only for most."""
        if self.date_to < self.date_from:
            raise UserError(self.env._("The last day is before the first day."))
        dossiers = self.env["tthc.dossier"].search(
            [
                (
                    "event_ids",
                    "any",
                    [
                        ("happened_on", ">=", self.date_from),
                        ("happened_on", "<=", self.date_to),
                        ("to_status", "in", ENDED),
                    ],
                )
            ],
            order="id",
        )
        dossiers.fetch(["company_id"])
        minutes, held = defaultdict(int), defaultdict(set)
        for start in range(0, len(dossiers), BATCH):
            batch = dossiers[start : start + BATCH]
            ledgers = batch._holding_ledgers(through=self.date_to)
            for dossier in batch:
                events = ledgers[dossier.id]
                if not events[-1]["ended_on"]:
                    continue  # opened again before the period was over
                for stretch in self._measure(dossier, events):
                    key = stretch.holder, stretch.user_id
                    minutes[key] += stretch.minutes
                    held[key].add(dossier.id)
        everybody = self.env.su or self.env.user.has_groups(EVERYBODY)
        return {
            key: {
                "dossier_count": len(held[key]),
                "hours": minutes[key] / 60,
                "average": minutes[key] / 60 / len(held[key]),
            }
            for key in minutes
            if everybody or key[1] == self.env.uid
        }

    def _measure(self, dossier, events):
        try:
            return stretches(
                dossier.company_id.tthc_work_calendar(), turns(events), events[-1]["happened_at"]
            )
        except YearNotEntered as error:
            raise UserError(
                self.env._(
                    "The days off of %(year)s are not entered, so its working time cannot be "
                    "counted. Enter them in Configuration / Working calendar first.",
                    year=error.year,
                )
            ) from error
