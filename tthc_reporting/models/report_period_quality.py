from odoo import api, fields, models
from odoo.exceptions import UserError

from .report_quality import BLOCKING, PROBLEMS


class TthcReportPeriod(models.Model):
    """What is wrong with the dossiers of a period, looked for before it is sealed."""

    _inherit = "tthc.report.period"

    quality = fields.Json(compute="_compute_quality", string="Data quality")

    @api.depends("date_from", "date_to", "company_id", "state")
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_quality(self):
        for period in self:
            unsealed = period.state in ("open", "collecting")
            period.quality = period._quality() if unsealed and period._has_days() else False

    def _quality(self):
        """The problems of the period, those first that keep it from being sealed."""
        labels = self._problem_labels()
        found = self.env["tthc.report"].problems(*self._days())
        lines = [
            {
                "kind": kind,
                "label": labels[kind],
                "blocking": kind in BLOCKING,
                "count": len(found[kind]),
            }
            for kind in PROBLEMS
            if kind in found
        ]
        for code, figures in self.sheets.items():
            broken = [each["name"] for each in figures["identities"] if not each["holds"]]
            if broken:
                label = self.env._(
                    "%(form)s does not add up: %(identities)s",
                    form=code,
                    identities=", ".join(broken),
                )
                lines.append(
                    {"kind": False, "label": label, "blocking": True, "count": len(broken)}
                )
        return sorted(lines, key=lambda line: not line["blocking"])

    def _problem_labels(self):
        env = self.env
        return {
            "settled_before_received": env._("Settled before it was received"),
            "no_due_date": env._("No due date, though its procedure has a term"),
            "no_sector": env._("No sector"),
            "archived_sector": env._("Its sector is archived"),
            "no_officer": env._("In process without an officer"),
            "received_before_filed": env._("Received before it was filed"),
        }

    def action_open_problem(self, kind):
        """The dossiers that have a problem.

        :raises UserError: there is no such problem
        """
        self.ensure_one()
        if kind not in PROBLEMS:
            raise UserError(self.env._("There is no problem of data “%(kind)s”.", kind=kind))
        ids = self.env["tthc.report"].problems(*self._days()).get(kind, [])
        return {
            "type": "ir.actions.act_window",
            "name": self._problem_labels()[kind],
            "res_model": "tthc.dossier",
            "views": [[False, "list"], [False, "form"]],
            "domain": [["id", "in", ids]],
        }

    def _seal(self, figures, replaced, reason):
        found = self.env["tthc.report"].problems(*self._days())
        labels = self._problem_labels()
        blocking = [
            f"{labels[kind]}: {len(found[kind])}"
            for kind in PROBLEMS
            if kind in found and kind in BLOCKING
        ]
        if blocking:
            raise UserError(
                self.env._(
                    "Correct these dossiers first, %(period)s cannot be sealed with them:\n"
                    "%(problems)s",
                    period=self.name,
                    problems="\n".join(blocking),
                )
            )
        return super()._seal(figures, replaced, reason)
