from odoo import api, models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.private
    def tthc_tasks(self, prefix):
        """The domain of the plan tasks that a user works on, for record rules.

        Those of the user in person, and those that a role of the user leads or co-operates in.

        :param prefix: the path to the task, as in "task_id.", or ""
        """
        self.ensure_one()
        groups = list(self._get_group_ids())
        return (
            Domain(f"{prefix}user_id", "=", self.id)
            | Domain(f"{prefix}lead_id.group_id", "in", groups)
            | Domain(f"{prefix}partner_ids.group_id", "in", groups)
        )
