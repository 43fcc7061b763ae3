from odoo import api, models


class TthcCachedMixin(models.AbstractModel):
    """What the registry keeps in its cache: any change of it empties the cache."""

    _name = "tthc.cached.mixin"
    _description = "Settings that are cached"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
