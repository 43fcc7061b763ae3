from odoo import fields, models


class TthcDossierMove(models.TransientModel):
    """Asks for what a move needs in words, then makes it through the gate."""

    _name = "tthc.dossier.move"
    _description = "Move with a reason"

    move = fields.Selection(
        [
            ("reject", "Refuse to receive"),
            ("request_supplement", "Request a supplement"),
            ("send_back", "Send back"),
            ("extend", "Extend"),
            ("withdraw", "Withdraw"),
            ("stop", "Stop"),
            ("process", "Hand over"),
        ],
        required=True,
        readonly=True,
    )
    dossier_ids = fields.Many2many(
        "tthc.dossier",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_ids"),  # those ticked in a list
    )
    reason = fields.Text()
    due_at = fields.Datetime(string="New due date")
    officer_id = fields.Many2one(
        "res.users",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("tthc_onestop.group_officer").ids)
        ],
    )

    def action_confirm(self):
        self.ensure_one()
        match self.move:
            case "extend":
                self.dossier_ids.action_extend(self.reason, self.due_at)
            case "process":
                self.dossier_ids.action_process(self.officer_id.id)
            case _:
                getattr(self.dossier_ids, f"action_{self.move}")(self.reason)
        return {"type": "ir.actions.act_window_close"}
