from odoo import fields, models


class TthcSlipWording(models.Model):
    """What the board says, and the notice on feedback beside it (NĐ 20/2008 Đ10.3, Đ13)."""

    _inherit = "tthc.slip.wording"

    subject = fields.Selection(
        selection_add=[("board", "Board of procedures"), ("notice", "Notice on feedback")],
        ondelete={"board": "cascade", "notice": "cascade"},
    )
