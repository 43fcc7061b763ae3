from odoo import fields, models
from odoo.tools import SQL

from .fee_receipt import KINDS
from .guard import refuse


class TthcFeeReceiptLine(models.Model):
    """What one fee brought, or what was given back of it: settled once with its agency."""

    _name = "tthc.fee.receipt.line"
    _description = "Line of a receipt"
    _order = "issued_on, id"
    _log_access = False

    receipt_id = fields.Many2one("tthc.fee.receipt", required=True, ondelete="restrict", index=True)
    dossier_fee_id = fields.Many2one(
        "tthc.dossier.fee", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    dossier_id = fields.Many2one(related="receipt_id.dossier_id")
    kind = fields.Selection(KINDS, required=True)
    payer_name = fields.Char(related="receipt_id.payer_name")
    method = fields.Selection(related="receipt_id.method")
    issued_on = fields.Date(required=True, string="Day")
    name = fields.Char(required=True, string="Fee")
    agency = fields.Char(required=True)
    pages = fields.Integer(aggregator=None)
    copies = fields.Integer(aggregator=None)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(required=True, help="Below 0: given back.")
    settlement_id = fields.Many2one(
        "tthc.fee.settlement", ondelete="restrict", index="btree_not_null"
    )

    _paid_once = models.UniqueIndex(
        "(dossier_fee_id) WHERE amount > 0", "This fee is paid already."
    )
    _open_idx = models.Index("(company_id, issued_on) WHERE settlement_id IS NULL")

    def init(self):
        """Let the database itself refuse all but settling a line once, whoever asks."""
        result = super().init()
        message = "receipts of fees are kept as they were issued"
        changed = SQL(
            "OLD.settlement_id IS NOT NULL"
            " OR to_jsonb(NEW) - 'settlement_id' <> to_jsonb(OLD) - 'settlement_id'"
        )
        refuse(self.env.cr, self._table, "UPDATE", message, changed)
        refuse(self.env.cr, self._table, "DELETE", message)
        refuse(self.env.cr, self._table, "TRUNCATE", message)
        return result
