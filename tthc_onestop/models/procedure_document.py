from odoo import api, fields, models


class TthcProcedureDocument(models.Model):
    _name = "tthc.procedure.document"
    _description = "Paper that a procedure asks for"
    _inherit = ["tthc.procedure.part"]
    _order = "sequence, id"

    procedure_id = fields.Many2one("tthc.procedure", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, string="Paper")
    kind = fields.Selection(
        [("hand_in", "To hand in"), ("show", "To show"), ("note", "Note")],
        required=True,
        default="hand_in",
        help="A note is no paper: what the list says about the others.",
    )
    case = fields.Char(help="Asked for in this case only, as in “Trẻ bị bỏ rơi”.")
    originals = fields.Integer(aggregator=None)
    copies = fields.Integer(aggregator=None)
    form_file = fields.Binary(
        string="Form", attachment=True, help="What the citizen fills in, to be downloaded."
    )
    form_name = fields.Char(string="File name of the form")
    note = fields.Char()

    _counts_positive = models.Constraint(
        "CHECK(originals >= 0 AND copies >= 0)", "The number of copies cannot be negative."
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")  # before anything is said about the files
        return super().create([self._checked_form(vals) for vals in vals_list])

    def write(self, vals):
        self.check_access("write")
        return super().write(self._checked_form(vals))

    def _checked_form(self, vals):
        """The values with the form called by a name that leads nowhere.

        :raises ValidationError: the commune takes no file of its type or size
        """
        if "form_file" not in vals:
            return vals
        if not vals["form_file"]:
            return vals | {"form_name": False}
        name = vals.get("form_name") or self[:1].form_name
        file = self.env["ir.attachment"].checked(
            {"name": name, "datas": vals["form_file"], "res_model": self._name}
        )
        return vals | {"form_name": file["name"]}
