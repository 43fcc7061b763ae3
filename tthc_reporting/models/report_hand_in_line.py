from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tthc_onestop.models.decision_mixin import TODO

from .report_hand_in import STATISTICIAN


class TthcReportHandInLine(models.Model):
    """A dossier of a hand-in of which something has to be said: it is late, or it is disputed."""

    _name = "tthc.report.hand.in.line"
    _description = "Dossier of a hand-in"
    _order = "is_late desc, id"

    hand_in_id = fields.Many2one(
        "tthc.report.hand.in", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="hand_in_id.company_id", store=True)
    dossier_id = fields.Many2one("tthc.dossier", required=True, ondelete="restrict", index=True)
    procedure_id = fields.Many2one(related="dossier_id.procedure_id")
    due_on = fields.Date(related="dossier_id.due_on")
    settled_on = fields.Date(related="dossier_id.settled_on")
    is_late = fields.Boolean(readonly=True, string="Overdue")
    cause_id = fields.Many2one("tthc.report.overdue.cause", ondelete="restrict")
    cause_text = fields.Char(string="Cause in words")
    dispute = fields.Char(help="What is wrong with this dossier in the figures.")
    answer = fields.Char(help="What came of it, by the statistician.")

    _once = models.Constraint(
        "UNIQUE(hand_in_id, dossier_id)", "This dossier is in the hand-in already."
    )
    _something_said = models.Constraint(
        "CHECK(is_late OR dispute IS NOT NULL)", "Say what is wrong with the dossier."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(
            # that a dossier is late is found, not said
            [vals | {"is_late": self.env.su and vals.get("is_late")} for vals in vals_list]
        )
        lines._check_allowed({"dispute"})
        lines.dossier_id.check_access("read")
        lines.filtered("dispute")._tell_of_dispute()
        return lines

    def write(self, vals):
        self._check_allowed(vals.keys())
        result = super().write(vals)
        if vals.get("dispute"):
            self._tell_of_dispute()
        if vals.get("answer"):
            self._tell_of_answer()
        return result

    def _tell_of_dispute(self):
        """Let the statistician know that an answer is waited for."""
        for hand_in in self.hand_in_id.sudo():  # whoever may write the line, checked before
            holders = self.env["res.users"].tthc_holders(
                self.env.ref(STATISTICIAN), hand_in.company_id
            )
            for user in holders - hand_in.activity_search([TODO]).user_id:
                in_language = self.with_context(lang=user.lang).env
                hand_in.activity_schedule(
                    TODO,
                    summary=in_language._("Answer what is disputed in the figures"),
                    user_id=user.id,
                )

    def _tell_of_answer(self):
        """Let the specialist know, and close what the statistician had to do."""
        for line in self.sudo():  # the statistician, who was checked before
            hand_in = line.hand_in_id
            hand_in._tell(f"{line.dossier_id.name}: {line.answer}")
            if hand_in.state != "disputed":
                others = [("user_id", "!=", hand_in._present().id)]
                hand_in.activity_search([TODO], additional_domain=others).unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_check_allowed(self):
        self._check_allowed({"dispute"})
        if not self.env.su and any(self.mapped("is_late")):
            raise UserError(self.env._("A late dossier stays in the hand-in: say its cause."))

    def _check_allowed(self, written):
        """The specialist says causes and disputes while it is open, the statistician answers."""
        if self.env.su:
            return
        if {"is_late", "hand_in_id", "dossier_id"} & set(written):
            raise AccessError(self.env._("Make another line for another dossier."))
        if "answer" in written:
            self.hand_in_id._check_statistician()
        if set(written) - {"answer"}:
            self.hand_in_id._check_open()
            # as for what is written on the hand-in itself
            self.hand_in_id.sudo().started = True

    def action_correct(self):
        """Correct the dossier as of a day of the period, which answers the dispute."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tthc_onestop.dossier_correction_action"
        )
        return action | {
            "context": {
                "default_dossier_id": self.dossier_id.id,
                "default_hand_in_line_id": self.id,
                "default_reason": self.dispute,
            }
        }

    def action_open_dossier(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "tthc.dossier",
            "res_id": self.dossier_id.id,
            "views": [[False, "form"]],
        }
