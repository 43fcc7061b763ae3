from odoo import models


class ResourceCalendar(models.Model):
    """The office hours of a commune are those of its manager, and of no other commune's."""

    _name = "resource.calendar"
    _inherit = ["resource.calendar", "tthc.commune.mixin"]
