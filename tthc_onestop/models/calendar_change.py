from odoo import api, fields, models


class TthcCalendarChange(models.Model):
    """What was changed in the calendar while dossiers were being handled: never changed itself."""

    _name = "tthc.calendar.change"
    _description = "Change of the working calendar"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company",
        string="Commune",
        index=True,
        ondelete="cascade",
        help="Empty: for every commune of the database.",
    )
    kind = fields.Selection(
        [("added", "Entered"), ("removed", "Removed"), ("hours", "Office hours")], required=True
    )
    date = fields.Date()
    name = fields.Char(required=True, string="Day")
    impact_ids = fields.Many2many("tthc.calendar.impact", string="Looked at in")

    @api.private
    @api.model
    def keep(self, kind, rows):
        """Keep changes of one kind.

        :param rows: (the commune's id or False for all, the day or False for the hours, its name)
        """
        # who may change the calendar was checked there, and nobody writes here; before the first
        # reception there is no date that could move
        changes = self.sudo()
        if rows and changes.env["tthc.dossier"].search_count([("due_on", "!=", False)], limit=1):
            changes.create(
                [
                    {"kind": kind, "company_id": company, "date": day, "name": name}
                    for company, day, name in rows
                ]
            )

    @api.private
    @api.model
    def pending_of(self, company):
        """The changes whose effect on the dossiers of a commune is not settled yet."""
        return self.search(
            [
                ("company_id", "in", [False, company.id]),
                (
                    "impact_ids",
                    "not any",
                    [("company_id", "=", company.id), ("state", "=", "applied")],
                ),
            ]
        )
