from types import SimpleNamespace

from odoo import Command, api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import format_date

from .res_company import local_today


class TthcRegime(models.Model):
    _name = "tthc.regime"
    _description = "Legal regime of the one-stop desk"
    _inherit = ["tthc.cached.mixin"]
    _order = "date_from"

    code = fields.Char(required=True)
    name = fields.Char(required=True)
    date_from = fields.Date(required=True, string="In force from")
    date_to = fields.Date(string="In force until")
    legal_basis = fields.Text()
    desk_name = fields.Char(required=True, string="Name of the desk")
    slip_suffix = fields.Char(
        string="Suffix of slip numbers",
        help="What follows the number on a slip, as in 05/BPTNTKQ. Unverified: the annex of "
        "TT 01/2018/TT-VPCP could not be read.",
    )
    stop_form = fields.Selection(
        [("03", "03"), ("05", "05")],
        required=True,
        default="05",
        string="Slip of a stop",
        help="The form that ends a dossier without a result: a written refusal in the 2018 regime "
        "(NĐ 61/2018 Đ19.8), the notice of stopping in the 2025 one (TT 03/2025 PL I).",
    )
    supplement_max = fields.Integer(
        string="Supplements an officer may ask for",
        default=1,
        help="NĐ 61/2018 Đ11.2c: once. NĐ 63/2010 Đ20.4 speaks of two trips. Beyond this number "
        "only a leader may ask. Not verified for the 2025 regime.",
    )
    supplement_utmost = fields.Integer(
        string="Supplements in all",
        default=2,
        help="How many may be asked for in all, those of a leader included (NĐ 63/2010 Đ20.4: two "
        "trips). What goes beyond those of an officer counts against the desk: the time it takes "
        "is not given back. Not verified for the 2025 regime.",
    )
    restart_days = fields.Integer(
        string="Restart when returned within (working days)",
        default=3,
        help="A dossier returned for completion within this many working days of its receipt has "
        "its full time again once it is complete (NĐ 61/2018 Đ19.4: 3 days); later the time spent "
        "waiting is given back. 0: always give back. Not verified for the 2025 regime.",
    )
    cut_off = fields.Float(
        string="Cut-off hour",
        default=15.0,
        help="What is to be settled the same day and is received later than this is due on the "
        "next working day (Luật Hộ tịch 60/2014 Đ5.3, NĐ 23/2015 Đ7: 15:00). Not verified for the "
        "2025 regime.",
    )
    extension_max = fields.Integer(
        string="Extensions",
        default=1,
        help="NĐ 61/2018 Đ19.9: at most once. Not verified for the 2025 regime.",
    )
    extension_notice = fields.Integer(
        string="Extend at least (days before the due day)",
        default=1,
        help="NĐ 61/2018 Đ19.9: at least 1 day before. Not verified for the 2025 regime.",
    )

    reopen_days = fields.Integer(
        string="Reopen within (days)",
        default=30,
        help="A leader may open a settled or stopped dossier again within this many days. Not "
        "found in the law: the commune's own rule.",
    )

    online_partial = fields.Char(
        string="Partly online, in words",
        help="Level 3 until NĐ 42/2022/NĐ-CP, which speaks of “một phần”. Unverified, from memory.",
    )
    online_full = fields.Char(
        string="Fully online, in words",
        help="Level 4 until NĐ 42/2022/NĐ-CP, which speaks of “toàn trình”. Unverified, from "
        "memory.",
    )

    wording_ids = fields.One2many(
        "tthc.slip.wording",
        "regime_id",
        string="Wording of the slips",
        copy=True,
        default=lambda self: self._latest_wording(),
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "There is already a regime with this code.")
    _cut_off_range = models.Constraint(
        "CHECK(cut_off >= 0 AND cut_off < 24)", "The cut-off is an hour of the day."
    )
    _dates_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_from <= date_to)", "A regime ends after it begins."
    )

    @api.model
    def _latest_wording(self):
        """That of the latest regime, as commands: a new one begins with it."""
        latest = self.search([], order="date_from DESC", limit=1)
        return [Command.create(wording.copy_data()[0]) for wording in latest.wording_ids]

    @api.private
    @api.model
    def in_force_on(self, day) -> SimpleNamespace:
        """The settings of the regime of a local day. :raises UserError: none is in force on it"""
        regime = self._found_in_force_on(day)
        if not regime:
            raise UserError(
                self.env._(
                    "No legal regime is in force on %(day)s. Ask the administrator to enter one.",
                    day=format_date(self.env, day),
                )
            )
        return regime

    @api.model
    @tools.ormcache("day")
    def _found_in_force_on(self, day):
        domain = [("date_from", "<=", day), "|", ("date_to", "=", False), ("date_to", ">=", day)]
        found = self.sudo().search_read(domain, order="date_from DESC", limit=1, load=None)
        return found and SimpleNamespace(**found[0])

    @api.private
    @api.model
    def online_wordings(self):
        """What each regime calls the online levels, the one in force first."""
        return self._online_wordings(local_today())

    @api.model
    @tools.ormcache("day")
    def _online_wordings(self, day):
        # every one of the few regimes has its words
        regimes = self.sudo().search([("date_from", "!=", False)], order="date_from DESC")
        regimes = regimes.sorted(
            lambda each: each.date_from <= day <= (each.date_to or day), reverse=True
        )
        return tuple(
            {level: regime[f"online_{level}"] for level in ("partial", "full")}
            for regime in regimes
        )
