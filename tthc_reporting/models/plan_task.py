from odoo import api, fields, models

from odoo.addons.tthc_onestop.models.res_company import local_today, to_local
from odoo.addons.tthc_onestop.rules.plan import share


class TthcPlanTask(models.Model):
    """Evidence of the reporting duty: the hand-ins of the specialists."""

    _inherit = "tthc.plan.task"

    measure = fields.Selection(
        selection_add=[("hand_in", "Hand-ins on time")], ondelete={"hand_in": "set null"}
    )

    @api.model
    def _measure_hand_in(self, company, first, last):
        """Of those that were due within the days."""
        due = self.env["tthc.report.hand.in"].search(
            [
                ("company_id", "=", company.id),
                ("hand_in_by", ">=", first),
                ("hand_in_by", "<=", last),
            ]
        )
        on_time = due.filtered(
            lambda each: (
                to_local(each.submitted_at).date() <= each.hand_in_by
                if each.submitted_at
                else each.hand_in_by >= local_today()
            )
        )
        return share(len(on_time), len(due))
