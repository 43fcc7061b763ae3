from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import fields, models

BATCH = 1000  # dossiers whose ledgers are in memory at once
ALL_OFFICERS = ("statistician", "leader", "auditor")  # who sees the time of everybody


class TthcHoldingPeriod(models.TransientModel):
    """Adds up, for the dossiers that ended in some days, the working time in each one's hands."""

    _name = "tthc.holding.period"
    _description = "Working time of officers: days"

    date_from = fields.Date(
        required=True,
        default=lambda self: fields.Date.context_today(self) - relativedelta(months=3),
    )
    date_to = fields.Date(required=True, default=fields.Date.context_today)
    total_ids = fields.One2many("tthc.holding.total", "period_id")

    def action_open(self):
        """Open the totals as a list: everybody's for who leads or audits, else one's own."""
        self.ensure_one()
        self.total_ids.unlink()
        self.total_ids = [fields.Command.create(total) for total in self._totals()]
        return {
            "type": "ir.actions.act_window",
            "res_model": "tthc.holding.total",
            "domain": [("period_id", "=", self.id)],
            "view_mode": "list,pivot,graph",
            "name": self.env._("Working time of officers"),
        }

    def _totals(self):
        dossiers = self.env["tthc.dossier"].search(
            [("ended_on", ">=", self.date_from), ("ended_on", "<=", self.date_to)]
        )
        user = self.env.user
        everybody = any(user.has_group(f"tthc_onestop.group_{group}") for group in ALL_OFFICERS)
        minutes, held = defaultdict(int), defaultdict(set)
        for start in range(0, len(dossiers), BATCH):
            # the user sees each of these dossiers; some details of events have groups of their own
            for dossier, found in dossiers[start : start + BATCH].sudo()._holdings().items():
                for one in found:
                    if everybody or one.user == user.id:
                        minutes[one.holder, one.user] += one.minutes
                        held[one.holder, one.user].add(dossier.id)
        return [
            {
                "holder": holder,
                "user_id": user_id,
                "dossier_count": len(held[holder, user_id]),
                "hours": total / 60,
                "average_hours": total / 60 / len(held[holder, user_id]),
            }
            for (holder, user_id), total in minutes.items()
        ]
