from collections import Counter

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..render.pdf import html_to_pdf
from ..rules.vietnamese import day_in_words, number_in_words
from .guard import append_only
from .res_company import local_today

KINDS = [("receipt", "Receipt"), ("refund", "Refund")]
METHODS = [
    ("cash", "In cash"),
    ("transfer", "By bank transfer"),
    ("online", "Online"),
    ("post", "Through the post"),
]
# the letters before a number in each of the two registers
LETTERS = {"receipt": "BL", "refund": "HP"}


class TthcFeeReceipt(models.Model):
    """What was paid, and what was given back: numbered, never changed and never deleted."""

    _name = "tthc.fee.receipt"
    _description = "Receipt of fees"
    _order = "id desc"
    _log_access = False

    kind = fields.Selection(KINDS, required=True)
    name = fields.Char(required=True, string="Number", index=True)
    number = fields.Integer(required=True, aggregator=None, string="Number in the register")
    year = fields.Integer(required=True, aggregator=None)
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    dossier_id = fields.Many2one("tthc.dossier", required=True, ondelete="restrict", index=True)
    payer_name = fields.Char(required=True, string="Payer")
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(required=True, help="Below 0: given back.")
    method = fields.Selection(METHODS, required=True)
    reference = fields.Char(help="The number of the transfer.")
    reason = fields.Char()
    refund_of_id = fields.Many2one(
        "tthc.fee.receipt", ondelete="restrict", index="btree_not_null", string="Refund of"
    )
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="Issued by")
    issued_at = fields.Datetime(required=True)
    issued_on = fields.Date(required=True)
    content = fields.Json(help="What else the paper says, as it was known when it was issued.")
    line_ids = fields.One2many("tthc.fee.receipt.line", "receipt_id", string="Lines")

    _number_uniq = models.Constraint(
        "UNIQUE(company_id, kind, year, number)", "This number is in the register already."
    )
    _company_idx = models.Index("(company_id, id DESC)")
    _day_idx = models.Index("(company_id, issued_on)")

    @api.private
    @api.model
    def issue(self, paid, method="cash", reference=None, kind="receipt", **values):
        """Write a receipt for each dossier, with the next numbers of its commune's year.

        :param paid: for each dossier, what was paid by fee, in đồng: ``[(dossier, {fee: amount})]``
        :raises UserError: the method is unknown, or a payment not in cash has no reference
        """
        if method not in dict(METHODS):
            raise UserError(self.env._("“%(method)s” is no way to pay.", method=method))
        if method != "cash" and kind == "receipt" and not (reference or "").strip():
            raise UserError(
                self.env._("Enter the number of the transfer: it is the proof of the payment.")
            )
        now, today = fields.Datetime.now(), local_today()
        keys = [self._key(kind, dossier.company_id.id, today.year) for dossier, _ in paid]
        numbers = self.env["tthc.counter"].reserve(Counter(keys))
        receipts = self.create(
            [
                {
                    "kind": kind,
                    "number": (number := next(numbers[key])),
                    "name": f"{LETTERS[kind]} {number:04d}/{today.year}",
                    "year": today.year,
                    "company_id": dossier.company_id.id,
                    "dossier_id": dossier.id,
                    "payer_name": dossier.applicant_name,
                    "amount": sum(fees.values()),
                    "method": method,
                    "reference": (reference or "").strip() or False,
                    "user_id": self.env.uid,
                    "issued_at": now,
                    "issued_on": today,
                    "content": self._content(dossier),
                    "line_ids": [
                        Command.create(
                            {
                                "dossier_fee_id": line.id,
                                "company_id": dossier.company_id.id,
                                "kind": kind,
                                "issued_on": today,
                                "name": line.procedure_fee_id.name,
                                "agency": line.procedure_fee_id.agency or dossier.company_id.name,
                                "pages": line.pages,
                                "copies": line.copies,
                                "amount": amount,
                            }
                        )
                        for line, amount in fees.items()
                    ],
                    **values,
                }
                for (dossier, fees), key in zip(paid, keys, strict=True)
            ]
        )
        if kind == "receipt":
            for receipt, (_dossier, fees) in zip(receipts, paid, strict=True):
                self.env["tthc.dossier.fee"].concat(*fees)._write_paid({"receipt_id": receipt.id})
        return receipts

    def _key(self, kind, company_id, year):
        return f"fee:{kind}:{company_id}:{year}"

    def _content(self, dossier):
        company = dossier.company_id.tthc_letterhead()
        return {
            "agency": company.name.upper(),
            "desk": dossier._regime().desk_name.upper(),
            "place": company.place or "",
            "code": dossier.name,
            "procedure": dossier.procedure_id.terms().name,
            "cashier": self.env.user.tthc_name(),
        }

    def action_print(self):
        """Open the receipt as it was issued, in a new tab."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/tthc/fee/receipt/{self.id}",
            "target": "new",
        }

    @api.private
    def pdf(self) -> bytes:
        """The receipt on an A5 sheet, landscape."""
        self.ensure_one()
        html = self.env["ir.qweb"]._render(
            "tthc_onestop.fee_receipt",
            {
                **self.content,
                "receipt": self,
                "is_refund": self.kind == "refund",
                "date": day_in_words(self.issued_on),
                "words": number_in_words(abs(round(self.amount))).capitalize(),
                "method": METHODS_VI[self.method],
                "dong": dong,
            },
            minimal_qcontext=True,
        )
        return html_to_pdf(str(html), self.issued_at)

    def init(self):
        """Let the database itself refuse to change what was paid, whoever asks."""
        result = super().init()
        message = "receipts of fees are kept as they were issued"
        append_only(self.env.cr, self._table, message)
        return result


# papers are Vietnamese by law, whatever the language of the user
METHODS_VI = {
    "cash": "Tiền mặt",
    "transfer": "Chuyển khoản",
    "online": "Thanh toán trực tuyến",
    "post": "Qua bưu chính",
}


def dong(amount) -> str:
    """An amount as papers write it: 200.000."""
    return f"{amount:,.0f}".replace(",", ".")
