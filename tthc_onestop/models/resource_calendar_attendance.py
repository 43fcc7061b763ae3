from odoo import api, models


class ResourceCalendarAttendance(models.Model):
    """The office hours are part of the cached working calendar of a commune."""

    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "tthc.cached.mixin", "tthc.commune.mixin"]
    _commune_field = "calendar_id"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._keep()
        return lines

    def write(self, vals):
        before = [(line, line._hours()) for line in self]
        result = super().write(vals)
        self.browse(line.id for line, hours in before if line._hours() != hours)._keep()
        return result

    def unlink(self):
        self._keep()
        return super().unlink()

    def _hours(self):
        """What a due date sees of it."""
        return self.calendar_id.id, self.dayofweek, self.hour_from, self.hour_to, self.day_period

    def _keep(self):
        """Keep that the hours changed, for the communes that work them."""
        # which communes there are is no secret to who may change their hours
        communes = self.env["res.company"].sudo()
        communes.search([("resource_calendar_id", "in", self.calendar_id.ids)])._keep_hours()
