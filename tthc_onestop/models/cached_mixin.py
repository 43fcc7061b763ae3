from odoo import api, models


class TthcCachedMixin(models.AbstractModel):
    """What the registry keeps in its cache: any change of it empties the cache."""

    _name = "tthc.cached.mixin"
    _description = "Settings that are cached"

    # before the change, for what looks at it while it is made, and after, for what looked too early
    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        self.env.registry.clear_cache()
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
