from odoo import api, fields, models, tools


class TthcSector(models.Model):
    _name = "tthc.sector"
    _description = "Sector of procedures"
    _inherit = ["tthc.cached.mixin"]  # record rules name the sectors of each specialist
    _order = "sequence, name"

    name = fields.Char(required=True)
    code = fields.Char(
        help="Code of the sector on the national database, MX1X2-LV (TT 01/2018 Đ20)."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    officer_ids = fields.Many2many(
        "res.users",
        relation="tthc_sector_user_rel",
        column1="sector_id",
        column2="user_id",
        string="Specialists",
        help="The specialists who see and handle the dossiers of this sector.",
    )
    procedure_ids = fields.One2many("tthc.procedure", "sector_id")
    procedure_count = fields.Integer(compute="_compute_procedure_count", string="Procedures")

    _name_uniq = models.Constraint("UNIQUE(name)", "There is already a sector with this name.")

    def _compute_procedure_count(self):
        counts = dict(
            self.env["tthc.procedure"]._read_group(
                [("sector_id", "in", self.ids)], ["sector_id"], ["__count"]
            )
        )
        for sector in self:
            sector.procedure_count = counts.get(sector, 0)

    @api.private
    @tools.ormcache("self.id", "company_id")
    def specialists_in(self, company_id) -> tuple[int, ...]:
        """The ids of its specialists who work in a commune, cached until one of them changes."""
        # who handles the dossiers of a sector is no secret within its commune
        users = self.env["res.users"].sudo()
        domain = [("tthc_sector_ids", "in", self.ids), ("company_ids", "in", [company_id])]
        return tuple(users.search(domain).ids)
