from odoo import fields, models


class TthcPlanRole(models.Model):
    """Who leads or co-operates, as a plan names them: a role, held by the users of a group."""

    _name = "tthc.plan.role"
    _description = "Role in plans"
    _order = "sequence, id"

    name = fields.Char(required=True, help="As official papers name it.")
    group_id = fields.Many2one(
        "res.groups",
        required=True,
        ondelete="restrict",
        domain=lambda self: [("privilege_id.category_id", "=", self._category())],
        help="Its users in the commune see the tasks of this role and work on them.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint("UNIQUE(name)", "There is a role with this name already.")

    def _category(self):
        return self.env.ref("tthc_onestop.module_category_tthc").id

    def _holders(self, company):
        """The users of a commune who hold one of these roles."""
        return self.env["res.users"].tthc_holders(self.group_id, company)
