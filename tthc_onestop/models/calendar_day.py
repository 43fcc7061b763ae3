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

    # ---------------------------------------------------------------- what changed is kept

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        days._keep("added")
        return days

    def write(self, vals):
        before = [(day, day._entry(), day.name) for day in self]
        result = super().write(vals)
        changed = [line for line in before if line[0]._entry() != line[1]]
        changes = self.env["tthc.calendar.change"]
        changes.keep("removed", [(*entry[:2], name) for _, entry, name in changed])
        changes.keep("added", [(*day._entry()[:2], day.name) for day, *_ in changed])
        return result

    def unlink(self):
        self._keep("removed")
        return super().unlink()

    def _entry(self):
        """What a due date sees of it."""
        return self.year_id.company_id.id, self.date, self.kind

    def _keep(self, kind):
        self.env["tthc.calendar.change"].keep(kind, [(*day._entry()[:2], day.name) for day in self])
