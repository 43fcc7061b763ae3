from odoo import api, fields, models


class TthcCalendarYear(models.Model):
    """A year whose days off have been entered: due dates are computed in these years only."""

    _name = "tthc.calendar.year"
    _description = "Year of the working calendar"
    _inherit = ["tthc.cached.mixin", "tthc.commune.mixin"]
    _order = "year desc, company_id"
    _rec_name = "year"

    year = fields.Integer(required=True, aggregator=None)
    company_id = fields.Many2one(
        "res.company", string="Commune", help="Empty: for every commune of the database."
    )
    day_ids = fields.One2many(
        "tthc.calendar.day", "year_id", string="Days off and days worked instead"
    )
    day_count = fields.Integer(compute="_compute_day_count", string="Days")
    unverified_count = fields.Integer(compute="_compute_day_count", string="Unverified days")
    pending_change_count = fields.Integer(
        compute="_compute_pending_change_count",
        compute_sudo=True,
        string="Changes not looked at",
    )
    note = fields.Text()

    _year_range = models.Constraint(
        "CHECK(year BETWEEN 2000 AND 2100)", "Enter a year between 2000 and 2100."
    )
    _year_uniq = models.UniqueIndex(
        "(year, COALESCE(company_id, 0))", "This year has been entered already."
    )

    @api.depends("day_ids.verified")
    def _compute_day_count(self):
        for year in self:
            year.day_count = len(year.day_ids)
            year.unverified_count = len(year.day_ids.filtered(lambda day: not day.verified))

    @api.depends("year", "company_id")
    def _compute_display_name(self):
        for year in self:
            commune = f" ({year.company_id.name})" if year.company_id else ""
            year.display_name = f"{year.year}{commune}"

    # ---------------------------------------------------------------- its effect on dossiers

    @api.depends("day_ids")
    @api.depends_context("company")
    def _compute_pending_change_count(self):
        count = len(self.env["tthc.calendar.change"].pending_of(self.env.company))
        self.pending_change_count = count

    def action_effect(self):
        return self.env["tthc.calendar.impact"].action_find()

    def write(self, vals):
        moved = self if "company_id" in vals else self.browse()
        moved.day_ids._keep("removed")
        result = super().write(vals)
        moved.day_ids._keep("added")
        return result

    def unlink(self):
        self.day_ids.unlink()  # the database would take them along without a word
        return super().unlink()
