import csv

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import file_open


class TthcLifeEvent(models.Model):
    _name = "tthc.life.event"
    _description = "Event of life"
    _inherit = ["tthc.cached.mixin"]
    _order = "sequence, name"

    name = fields.Char(required=True, help="As citizens say it: the public pages show it.")
    code = fields.Char(
        required=True, help="Its word in addresses, as in sinh-con: links to it are kept."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    procedure_ids = fields.Many2many(
        "tthc.procedure",
        relation="tthc_life_event_procedure_rel",
        column1="event_id",
        column2="procedure_id",
        string="Procedures",
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "There is already an event with this word.")
    _code_plain = models.Constraint(
        "CHECK(code ~ '^[a-z0-9]+(-[a-z0-9]+)*$')",
        "The word of an event has small letters without diacritics, digits and hyphens.",
    )

    @api.private
    @api.model
    def load_shipped(self):
        """Fill the events that are still empty with the procedures that the addon ships."""
        with file_open("tthc_onestop/data/life_event_procedures.csv") as file:
            codes = {}
            for row in csv.DictReader(file):
                codes.setdefault(row["su_kien"], []).append(row["ma_tthc"])
        empty = self.search([("code", "in", list(codes)), ("procedure_ids", "=", False)])
        wanted = {code for event in empty for code in codes[event.code]}
        ids_by_code = {
            code: procedures.ids
            for code, procedures in self.env["tthc.procedure"]
            .search([("code", "in", list(wanted))])
            .grouped("code")
            .items()
        }
        for event in empty:
            ids = [id_ for code in codes[event.code] for id_ in ids_by_code.get(code, ())]
            event.procedure_ids = [Command.set(ids)]
