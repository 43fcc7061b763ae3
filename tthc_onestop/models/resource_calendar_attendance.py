from odoo import models


class ResourceCalendarAttendance(models.Model):
    """The office hours are part of the cached working calendar of a commune."""

    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "tthc.cached.mixin", "tthc.commune.mixin"]
    _commune_field = "calendar_id"
