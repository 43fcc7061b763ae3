from odoo import fields, models

from ..rules import lifecycle

LEVELS = [
    ("commune", "Commune level"),
    ("district", "District level"),
    ("province", "Province level"),
    ("vertical", "Vertical agency"),
]


class TthcProcedureStep(models.Model):
    _name = "tthc.procedure.step"
    _description = "Step of a procedure's workflow"
    _inherit = ["tthc.procedure.part"]
    _order = "sequence, id"

    procedure_id = fields.Many2one("tthc.procedure", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    case = fields.Char(
        help="The variant it belongs to, as in “a) Trường hợp phải xác minh”. A variant has all "
        "its steps; empty: the steps of who comes with no special case."
    )
    level = fields.Selection(
        LEVELS,
        string="Level of authority",
        required=True,
        default="commune",
        help="Where it is done; the printed workflow has a sub-total for each level.",
    )
    name = fields.Char(required=True, string="Step")
    content = fields.Text(string="What is done")
    role = fields.Selection(
        [
            (lifecycle.COUNTER, "Desk officer"),
            (lifecycle.OFFICER, "Specialist officer"),
            (lifecycle.FINANCE, "Finance officer"),
            (lifecycle.LEADER, "Leader"),
            ("agency", "Another agency"),
        ],
        required=True,
        default=lifecycle.OFFICER,
        help="A step of a leader: the dossier is settled by the leader's signature. A step at "
        "another level is one of another agency.",
    )
    duration = fields.Float(
        string="Time",
        digits=(8, 2),
        aggregator=None,
        help="In the unit of the term; the steps add up to it. 0: it is not counted, as the return "
        "of the result.",
    )
    responsible = fields.Char(
        help="Who does it in the words of the workflow, as in “Văn thư”; empty: the role."
    )
    output = fields.Char(string="Form or result", help="The slip or the paper that it produces.")

    _duration_positive = models.Constraint(
        "CHECK(duration >= 0)", "The time of a step cannot be negative."
    )
