import csv
from collections import defaultdict

from odoo import Command, api, fields, models
from odoo.tools import file_open

from ..rules.fee import FIXED, PER_COPY, PER_PAGE, Tariff

# what the addon ships: amounts that a source confirms, and no other
SHIPPED = "tthc_onestop/data/procedure_fees.csv"


class TthcProcedureFee(models.Model):
    _name = "tthc.procedure.fee"
    _description = "Fee of a procedure"
    _inherit = ["tthc.procedure.part"]
    _order = "sequence, id"

    procedure_id = fields.Many2one("tthc.procedure", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, string="Fee")
    kind = fields.Selection(
        [("fee", "Fee (phí)"), ("charge", "Charge (lệ phí)")],
        required=True,
        default="fee",
        help="Phí or lệ phí, as in the Law on fees and charges.",
    )
    rule = fields.Selection(
        [
            (FIXED, "One amount for the dossier"),
            (PER_COPY, "For each copy or case"),
            (PER_PAGE, "For each page"),
        ],
        required=True,
        default=FIXED,
        string="Reckoned",
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    amount = fields.Monetary(required=True, default=0, aggregator=None, help="In whole đồng.")
    from_page = fields.Integer(
        string="From page",
        aggregator=None,
        help="The page from which the other amount applies; 0: all pages cost the same.",
    )
    amount_beyond = fields.Monetary(string="Amount from that page", aggregator=None)
    ceiling = fields.Monetary(string="At most a copy", aggregator=None, help="0: without limit.")
    moment = fields.Selection(
        [
            ("intake", "At intake"),
            ("supplement", "With a supplement"),
            ("result", "With the result"),
        ],
        required=True,
        default="intake",
        string="Payable",
    )
    on_request = fields.Boolean(
        help="Due only when the applicant asks for more, as for a copy of an extract: a dossier "
        "does not have it by itself."
    )
    agency = fields.Char(
        help="The agency to which the money goes and with which it is settled. Empty: the commune."
    )
    exemption_ids = fields.Many2many("tthc.fee.exemption", string="Exemptions", copy=True)
    legal_basis = fields.Char()
    mark = fields.Selection(
        [
            ("v", "V: read in the source"),
            ("v2", "V2: read in a copy of the source"),
            ("unverified", "Not verified"),
        ],
        default="unverified",
        required=True,
        string="Verified",
        help="What confirms the amount.",
    )

    _amounts = models.Constraint(
        "CHECK(amount >= 0 AND amount = trunc(amount)"
        " AND COALESCE(amount_beyond, 0) >= 0"
        " AND COALESCE(amount_beyond, 0) = trunc(COALESCE(amount_beyond, 0))"
        " AND COALESCE(ceiling, 0) >= 0 AND COALESCE(ceiling, 0) = trunc(COALESCE(ceiling, 0)))",
        "An amount is a whole number of đồng, not below 0.",
    )
    _pages = models.Constraint(
        "CHECK(COALESCE(from_page, 0) = 0 OR from_page BETWEEN 2 AND 10000)",
        "The page from which the other amount applies is the second or a later one; 0: none.",
    )

    @api.depends_context("company")
    def _compute_currency_id(self):
        self.currency_id = self.env.company.currency_id

    @api.private
    def tariff(self) -> Tariff:
        """How this fee is reckoned."""
        return Tariff(
            self.rule,
            round(self.amount),
            self.from_page,
            round(self.amount_beyond),
            round(self.ceiling),
        )

    @api.private
    @api.model
    def shipped(self) -> dict[str, list]:
        """The fees that the addon ships, by the code of their procedure."""
        fees = defaultdict(list)
        with file_open(SHIPPED) as file:
            for row in csv.DictReader(file):
                numbers = {
                    field: int(row[field] or 0)
                    for field in ("amount", "from_page", "amount_beyond", "ceiling")
                }
                fees[row.pop("code")].append(
                    Command.create(row | numbers | {"on_request": row["on_request"] == "1"})
                )
        return fees
