from odoo import api, fields, models
from odoo.exceptions import UserError

FIXED = {"number", "signed_on", "effective_on", "issuer"}


class TthcProcedureDecision(models.Model):
    """A decision that publishes procedures (NĐ 63/2010 Đ13-15), of the province as a rule."""

    _name = "tthc.procedure.decision"
    _description = "Decision of publication"
    _order = "signed_on desc, id desc"
    _rec_names_search = ["number", "name"]

    number = fields.Char(required=True, help="As in “1351/QĐ-UBND”.")
    signed_on = fields.Date(string="Signed on", required=True)
    effective_on = fields.Date(
        string="In effect from",
        required=True,
        help="The day on which its versions take over by themselves.",
    )
    issuer = fields.Char(string="Issued by", required=True)
    name = fields.Char(string="About")
    attachment = fields.Binary(string="File", attachment=True)
    attachment_name = fields.Char(string="File name")
    version_ids = fields.One2many("tthc.procedure", "decision_id", string="Versions")
    version_count = fields.Integer(string="Number of versions", compute="_compute_version_count")

    _number_uniq = models.Constraint(
        "UNIQUE(number, issuer, signed_on)", "This decision is in the catalogue already."
    )

    @api.depends("number", "signed_on")
    def _compute_display_name(self):
        for decision in self:
            day = decision.signed_on and decision.signed_on.strftime("%d/%m/%Y")
            decision.display_name = f"{decision.number} ({day})" if day else decision.number

    def _compute_version_count(self):
        counts = dict(
            self.env["tthc.procedure"]._read_group(
                [("decision_id", "in", self.ids)], ["decision_id"], ["__count"]
            )
        )
        for decision in self:
            decision.version_count = counts.get(decision, 0)

    def write(self, vals):
        if vals.keys() & FIXED:
            self._check_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_unused(self):
        decided = self.env["tthc.procedure"].search(
            [("decision_id", "in", self.ids), ("state", "!=", "draft")], limit=1
        )
        if decided:
            raise UserError(
                self.env._(
                    "Decision %(number)s has published %(name)s: it stays as it is.",
                    number=decided.decision_id.display_name,
                    name=decided.display_name,
                )
            )

    def action_open_versions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tthc_onestop.procedure_action")
        return action | {"domain": [("decision_id", "=", self.id)], "context": {}}
