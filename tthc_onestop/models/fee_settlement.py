from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..render.pdf import html_to_pdf
from ..render.settlement_xlsx import workbook
from ..rules.fee import quarter_before
from ..rules.fee_list import COLUMNS, Cover, by_agency
from .fee_receipt import METHODS_VI, dong
from .guard import append_only
from .res_company import local_today

# what its button writes, besides the state
PROJECTED = ("settled_at", "settled_by_id", "settled_line_ids")
ON_PAPER = 1000  # drawing more takes too long to wait for


class TthcFeeSettlement(models.Model):
    """The receipts and refunds of a time, settled with the agencies to which the money goes.

    Once it is settled neither it nor its lines change, and no line is settled twice.
    """

    _name = "tthc.fee.settlement"
    _description = "Settlement of fees"
    _inherit = ["tthc.commune.mixin"]
    _order = "date_to desc, id desc"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, string="Commune"
    )
    date_from = fields.Date(
        required=True, string="From", default=lambda self: quarter_before(local_today())[0]
    )
    date_to = fields.Date(
        required=True, string="Until", default=lambda self: quarter_before(local_today())[1]
    )
    agency = fields.Char(help="Empty: every agency, each with its own total.")
    note = fields.Text()
    state = fields.Selection(
        [("draft", "Draft"), ("settled", "Fees settled")],
        required=True,
        default="draft",
        readonly=True,
    )
    settled_at = fields.Datetime(string="Fees settled at", readonly=True, copy=False)
    settled_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    settled_line_ids = fields.One2many("tthc.fee.receipt.line", "settlement_id")
    line_ids = fields.Many2many(
        "tthc.fee.receipt.line", compute="_compute_line_ids", string="Receipts and refunds"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    collected = fields.Monetary(compute="_compute_totals")
    refunded = fields.Monetary(compute="_compute_totals")
    total = fields.Monetary(compute="_compute_totals", string="To hand over")
    earlier_count = fields.Integer(
        compute="_compute_earlier_count",
        string="Not settled from before",
        help="Receipts and refunds from before this time that no settlement has.",
    )

    _days = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day is before the first day."
    )
    _company_idx = models.Index("(company_id, date_to)")

    @api.depends("date_from", "date_to", "agency")
    def _compute_display_name(self):
        for settlement in self.filtered(lambda each: each.date_from and each.date_to):
            days = f"{settlement.date_from:%d/%m/%Y} – {settlement.date_to:%d/%m/%Y}"
            settlement.display_name = ", ".join(filter(None, (days, settlement.agency)))

    @api.depends("company_id", "date_from", "date_to", "agency", "settled_line_ids")
    def _compute_line_ids(self):
        lines = self.env["tthc.fee.receipt.line"]
        for settlement in self:  # one is open at a time; lists show none of it
            settlement.line_ids = lines.search(settlement._domain())

    @api.depends("company_id", "date_from", "date_to", "agency", "settled_line_ids")
    def _compute_totals(self):
        lines = self.env["tthc.fee.receipt.line"]
        settled = self.filtered(lambda each: each.state == "settled")
        sums = {
            (settlement, kind): amount
            for settlement, kind, amount in lines._read_group(
                [("settlement_id", "in", settled.ids)], ["settlement_id", "kind"], ["amount:sum"]
            )
        }
        for settlement in self - settled:  # those of now are few
            for kind, amount in lines._read_group(settlement._domain(), ["kind"], ["amount:sum"]):
                sums[settlement, kind] = amount
        for settlement in self:
            settlement.collected = sums.get((settlement, "receipt"), 0)
            settlement.refunded = -sums.get((settlement, "refund"), 0)
            settlement.total = settlement.collected - settlement.refunded

    @api.depends("company_id", "date_from", "agency", "state")
    def _compute_earlier_count(self):
        for settlement in self:
            settlement.earlier_count = settlement.state == "draft" and self.env[
                "tthc.fee.receipt.line"
            ].search_count([*settlement._open(), ("issued_on", "<", settlement.date_from)])

    def _open(self):
        """What of the commune and the agency is not settled yet."""
        domain = [("company_id", "=", self.company_id.id), ("settlement_id", "=", False)]
        return domain + ([("agency", "=", self.agency)] if self.agency else [])

    def _domain(self):
        if self.state == "settled":
            return [("settlement_id", "=", self._origin.id)]
        days = [("issued_on", ">=", self.date_from), ("issued_on", "<=", self.date_to)]
        return self._open() + days

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_projected(vals)
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")  # before anything is said about it
        self._refuse_projected(vals)
        self._check_draft()
        return super().write(vals)

    def _refuse_projected(self, vals):
        given = {field for field in PROJECTED if vals.get(field)}
        if given or vals.get("state", "draft") != "draft":
            raise UserError(self.env._("It is settled with its button."))

    @api.ondelete(at_uninstall=False)
    def _check_draft(self):
        for settlement in self.filtered(lambda each: each.state == "settled"):
            raise UserError(
                self.env._(
                    "The settlement %(name)s is done: it stays as it is.",
                    name=settlement.display_name,
                )
            )

    def action_settle(self):
        """Settle the receipts and refunds of these times: they are in no other settlement.

        :raises UserError: it is settled, its last day is not over, or there is nothing to settle
        """
        self.check_access("write")
        self._check_draft()
        for settlement in self:
            if settlement.date_to >= local_today():
                raise UserError(
                    self.env._("Settle it when its last day is over: more may be paid until then.")
                )
            lines = self.env["tthc.fee.receipt.line"].search(settlement._domain())
            if not lines:
                raise UserError(
                    self.env._("Nothing was paid in this time that is not settled already.")
                )
            lines.sudo().settlement_id = settlement  # nobody writes to a receipt otherwise
        # pylint: disable-next=super-method-mismatch  # past the guard
        return super().write(
            {
                "state": "settled",
                "settled_at": fields.Datetime.now(),
                "settled_by_id": self.env.uid,
            }
        )

    # ---------------------------------------------------------------- the list

    def action_pdf(self):
        return self._open_file("pdf")

    def action_xlsx(self):
        return self._open_file("xlsx")

    def _open_file(self, kind):
        self.ensure_one()
        self._check_size(kind)  # said here, where it can be corrected
        return {
            "type": "ir.actions.act_url",
            "url": f"/tthc/fee/settlement/{self.id}/{kind}",
            "target": "new" if kind == "pdf" else "download",
        }

    def _check_size(self, kind):
        count = self.env["tthc.fee.receipt.line"].search_count(self._domain())
        if kind == "pdf" and count > ON_PAPER:
            raise UserError(
                self.env._(
                    "There are more than %(count)s receipts and refunds: choose Excel.",
                    count=ON_PAPER,
                )
            )

    @api.private
    def pdf(self) -> bytes:
        """The list as PDF on A4, landscape."""
        self._check_size("pdf")
        html = self.env["ir.qweb"]._render(
            "tthc_onestop.fee_settlement",
            {
                "cover": self._cover(),
                "columns": COLUMNS,
                "agencies": by_agency(self._rows()),
                "dong": dong,
            },
            minimal_qcontext=True,
        )
        return html_to_pdf(str(html), self.settled_at or fields.Datetime.now())

    @api.private
    def xlsx(self) -> bytes:
        """The list as an Excel file."""
        return workbook(self._cover(), by_agency(self._rows()))

    def _cover(self):
        company = self.company_id.tthc_letterhead()
        return Cover(
            agency=company.name.upper(),
            desk=self.env["tthc.regime"].in_force_on(self.date_to).desk_name.upper(),
            title="BẢNG QUYẾT TOÁN PHÍ, LỆ PHÍ" + ("" if self.state == "settled" else " (DỰ THẢO)"),
            period=f"Từ ngày {self.date_from:%d/%m/%Y} đến ngày {self.date_to:%d/%m/%Y}",
            officer=self.settled_by_id.tthc_name() if self.settled_by_id else "",
        )

    def _rows(self):
        """A mapping for each receipt and refund, in the order of their days."""
        lines = self.env["tthc.fee.receipt.line"].search(self._domain())
        return [
            {
                "agency": line.agency,
                "number": line.receipt_id.name,
                "day": line.issued_on,
                "code": line.dossier_id.name,
                "payer": line.payer_name,
                "fee": line.name,
                "method": METHODS_VI[line.method],
                "collected": round(max(line.amount, 0)),
                "refunded": round(max(-line.amount, 0)),
                "note": line.receipt_id.reason or line.receipt_id.reference or "",
            }
            for line in lines
        ]

    def init(self):
        """Let the database itself refuse to change what is settled, whoever asks."""
        result = super().init()
        message = "a settlement of fees that is done stays as it is"
        append_only(self.env.cr, self._table, message, SQL("OLD.state = 'settled'"))
        return result
