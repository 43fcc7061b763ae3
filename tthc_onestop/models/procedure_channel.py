from odoo import fields, models


class TthcProcedureChannel(models.Model):
    """A way to file, with the term and the fee it has: a row of the table of the national portal.

    The portal may have several rows of one channel, so none is refused.
    """

    _name = "tthc.procedure.channel"
    _description = "Way to file a procedure"
    _inherit = ["tthc.procedure.part"]
    _order = "sequence, id"

    procedure_id = fields.Many2one("tthc.procedure", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    channel = fields.Selection(
        [("direct", "At the desk"), ("online", "Online"), ("post", "By post")],
        required=True,
        default="direct",
    )
    duration_text = fields.Char(string="Term")
    fee_text = fields.Char(string="Fee")
    description = fields.Text()
