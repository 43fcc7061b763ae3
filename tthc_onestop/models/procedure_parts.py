import json

from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools import file_open

from ..rules.procedure_code import local_code, national_code
from .procedure_step import LEVELS

# NĐ 63/2010 Đ8.2 a–g beside the name, and the legal bases of Đ15; h) is there "if any"
REQUIRED = (
    "process_text",
    "channel_ids",
    "document_ids",
    "sets",
    "duration_text",
    "audience",
    "authority",
    "legal_basis_ids",
)


class TthcProcedure(models.Model):
    """The parts that the law asks of a procedure (NĐ 63/2010 Đ8.2), and which are still empty."""

    _inherit = "tthc.procedure"

    national_code = fields.Char(
        compute="_compute_national_code",
        store=True,
        index=True,
        help="The code on the national database, without the suffix of a province.",
    )
    local_code = fields.Char(
        string="Code with suffix",
        compute="_compute_local_code",
        help="With the suffix of the province of the commune, as provinces publish it: "
        "2.000815.000.00.00.H55. Seen on lists in use, not in a legal text.",
    )
    level = fields.Selection(
        LEVELS,
        string="Level of authority",
        required=True,
        default="commune",
        help="Whose authority it is. A commune receives some of other levels too, among them those "
        "of the vertical agencies that QĐ 1291/QĐ-TTg names.",
    )
    online_level_text = fields.Char(
        string="Online level in words",
        compute="_compute_online_level_text",
        help="As each legal regime says it, the one in force first.",
    )
    process_text = fields.Text(string="Order of steps")
    channel_ids = fields.One2many(
        "tthc.procedure.channel", "procedure_id", string="Ways to file", copy=True
    )
    case_ids = fields.One2many(
        "tthc.procedure.case", "procedure_id", string="Cases with a term of their own", copy=True
    )
    sets = fields.Integer(
        string="Number of sets", aggregator=None, help="Sets of papers to hand in. 0: not stated."
    )
    audience = fields.Char(string="For whom", help="As in “Công dân Việt Nam”.")
    authority = fields.Char(string="Who decides")
    partner_agencies = fields.Char(string="Who co-operates")
    result_code = fields.Char(
        help="The code of the result on the national database, as KQ.G15.000032."
    )
    conditions = fields.Text()
    missing_parts = fields.Char(
        compute="_compute_missing_parts",
        help="The parts that NĐ 63/2010 Đ8.2 and Đ15 ask of every procedure and that are empty.",
    )
    is_complete = fields.Boolean(
        string="All parts filled in",
        compute="_compute_missing_parts",
        search="_search_is_complete",
    )

    _sets_range = models.Constraint(
        "CHECK(sets >= 0)", "The number of sets of papers cannot be negative."
    )

    @api.depends("code")
    def _compute_national_code(self):
        for procedure in self:
            procedure.national_code = national_code(procedure.code or "")

    @api.depends("code")
    @api.depends_context("company")
    def _compute_local_code(self):
        unit = self.env.company.tthc_letterhead().unit_code or ""
        for procedure in self:
            procedure.local_code = local_code(procedure.code or "", unit)

    @api.depends("online_level")
    def _compute_online_level_text(self):
        wordings = self.env["tthc.regime"].online_wordings()
        for procedure in self:
            texts = [wording.get(procedure.online_level) for wording in wordings]
            procedure.online_level_text = " · ".join(dict.fromkeys(filter(None, texts)))

    @api.depends(*REQUIRED)
    def _compute_missing_parts(self):
        labels = {part: self._fields[part]._description_string(self.env) for part in REQUIRED}
        for procedure in self:
            missing = [labels[part] for part in REQUIRED if not procedure[part]]
            procedure.missing_parts = ", ".join(missing)
            procedure.is_complete = not missing

    def _search_is_complete(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.AND(Domain(part, "!=", False) for part in REQUIRED)

    @api.model
    def _shipped_parts(self):
        """What is verified of some shipped procedures beside the list, as values by code.

        Read where their rows of the list say, in the copy of the national portal and in the law.
        """
        with file_open("tthc_onestop/data/procedure_parts.json") as file:
            parts = json.load(file)
        fees = self.env["tthc.procedure.fee"].shipped()
        shipped = {
            code: {
                part: [
                    Command.create({"sequence": 10 * number, **line})
                    for number, line in enumerate(value, 1)
                ]
                if isinstance(value, list)
                else value
                for part, value in values.items()
            }
            for code, values in parts.items()
        }
        return {
            code: shipped.get(code, {}) | ({"fee_ids": fees[code]} if code in fees else {})
            for code in {*shipped, *fees}
        }
