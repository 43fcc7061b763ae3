from odoo import fields, models


class TthcFeeExemption(models.Model):
    _name = "tthc.fee.exemption"
    _description = "Exemption from a fee"
    _inherit = ["tthc.cached.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, string="Who or what is exempt")
    percent = fields.Integer(
        required=True, default=100, aggregator=None, help="How much of the fee is waived."
    )
    legal_basis = fields.Char(required=True, help="As in “Luật Hộ tịch 60/2014/QH13 Đ11.1a”.")
    proof = fields.Char(help="The paper that shows it.")
    active = fields.Boolean(default=True)

    _percent_range = models.Constraint(
        "CHECK(percent BETWEEN 1 AND 100)", "An exemption waives 1 to 100 per cent."
    )
