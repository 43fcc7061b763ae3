from odoo import models


class TthcCommuneMixin(models.AbstractModel):
    """What belongs to a commune: nobody puts it into a commune that is not theirs."""

    _name = "tthc.commune.mixin"
    _description = "What belongs to a commune"
    _commune_field = "company_id"  # the field that leads to the commune

    def write(self, vals):
        result = super().write(vals)
        if self._commune_field in vals:
            self.check_access("write")  # record rules are checked before a write only
        return result
