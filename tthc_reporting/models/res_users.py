from odoo import api, models
from odoo.fields import Domain

from odoo.addons.tthc_onestop.models.res_company import local_today


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.private
    def tthc_hand_ins(self, prefix):
        """The domain of the hand-ins that a specialist writes today, for record rules.

        Their own, and that of each absent specialist whose sectors they stand in for, all of them.

        :param prefix: the path to the hand-in, as in "hand_in_id.", or ""
        """
        self.ensure_one()
        written = [Domain(f"{prefix}user_id", "=", self.id)]
        for company in self.company_ids:
            running = self.env["tthc.substitution"].running_on(company.id, local_today())
            absent = [
                each.absent
                for each in running
                if each.substitute == self.id and each.officer and each.covered == each.sectors
            ]
            written.append(
                Domain(f"{prefix}user_id", "in", absent)
                & Domain(f"{prefix}company_id", "=", company.id)
            )
        return Domain.OR(written)
