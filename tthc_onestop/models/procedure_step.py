from odoo import fields, models

from ..rules import lifecycle


class TthcProcedureStep(models.Model):
    _name = "tthc.procedure.step"
    _description = "Step of a procedure's workflow"
    _inherit = ["tthc.procedure.part"]
    _order = "sequence, id"

    procedure_id = fields.Many2one("tthc.procedure", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, string="Step")
    role = fields.Selection(
        [
            (lifecycle.COUNTER, "Desk officer"),
            (lifecycle.OFFICER, "Specialist officer"),
            (lifecycle.FINANCE, "Finance officer"),
            (lifecycle.LEADER, "Leader"),
        ],
        required=True,
        default=lifecycle.OFFICER,
        help="A step of a leader: the dossier is settled by the leader's signature.",
    )
    duration = fields.Float(
        digits=(8, 2),
        aggregator=None,
        help="In the unit of the procedure's term; the steps add up to it.",
    )

    _duration_positive = models.Constraint(
        "CHECK(duration >= 0)", "The time of a step cannot be negative."
    )
