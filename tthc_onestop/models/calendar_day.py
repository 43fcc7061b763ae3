from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class TthcCalendarDay(models.Model):
    _name = "tthc.calendar.day"
    _description = "Day off or day worked instead"
    _inherit = ["tthc.cached.mixin", "tthc.commune.mixin"]
    _commune_field = "year_id"
    _order = "date"

    year_id = fields.Many2one("tthc.calendar.year", required=True, ondelete="cascade", index=True)
    date = fields.Date(required=True)
    kind = fields.Selection(
        [("off", "Day off"), ("working", "Worked instead")], required=True, default="off"
    )
    name = fields.Char(required=True, string="Holiday or swap")
    basis = fields.Char(string="Legal basis")
    verified = fields.Boolean(help="The date was read in an official or published source.")

    _date_uniq = models.Constraint(
        "UNIQUE(year_id, date)", "This day stands in the year already: change its line."
    )

    @api.constrains("date", "year_id")
    def _check_date(self):
        for day in self:
            if day.date.year != day.year_id.year:
                raise ValidationError(
                    self.env._(
                        "%(day)s is not a day of %(year)s: correct the date or enter it "
                        "under its year.",
                        day=format_date(self.env, day.date),
                        year=day.year_id.year,
                    )
                )
