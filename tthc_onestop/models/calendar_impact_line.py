from psycopg2 import DatabaseError

from odoo import fields, models
from odoo.exceptions import UserError

from ..rules import lifecycle


class TthcCalendarImpactLine(models.Model):
    _name = "tthc.calendar.impact.line"
    _description = "Dossier moved by a changed calendar"
    _order = "due_from, id"
    _rec_name = "dossier_id"

    impact_id = fields.Many2one(
        "tthc.calendar.impact", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    dossier_id = fields.Many2one("tthc.dossier", required=True, ondelete="restrict", index=True)
    due_from = fields.Datetime(required=True, string="Due until now")
    due_to = fields.Datetime(required=True, string="New due date")
    why = fields.Char(required=True, string="Changed days")
    state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Moved"), ("skipped", "Left"), ("failed", "Failed")],
        required=True,
        default="waiting",
    )
    note = fields.Char(help="Why it was left or failed.")
    slip_id = fields.Many2one("tthc.dossier.slip", ondelete="restrict", string="New slip")

    _dossier_uniq = models.Constraint(
        "UNIQUE(impact_id, dossier_id)", "A dossier moves once by the same change."
    )
    _state_idx = models.Index("(impact_id, state)")

    def _apply(self):
        """Make the move of each dossier; one that fails keeps none of the others back."""
        for line in self:
            try:
                with self.env.cr.savepoint():
                    line.with_context(lang=line.impact_id.approved_by_id.lang)._apply_one()
            except (UserError, DatabaseError) as error:
                line.write({"state": "failed", "note": str(error)})

    def _apply_one(self):
        self.ensure_one()
        dossier, left = self.dossier_id, None
        if dossier.status not in lifecycle.MOVES["reschedule"].sources:
            left = self.env._("Its time does not run any more.")
        elif dossier.due_at != self.due_from or dossier._due_by_calendar() != self.due_to:
            left = self.env._("Its due date is another one by now.")
        if left:
            self.write({"state": "skipped", "note": left})
            return
        # as the leader who agreed: the gate checks that it is one still
        leader = self.impact_id.approved_by_id
        by_leader = dossier.with_user(leader).with_company(self.company_id)
        by_leader.action_reschedule(self.why)
        slip = dossier.event_ids.sorted("position")[-1].slip_id
        self.write({"state": "done", "note": False, "slip_id": slip.id})

    def action_print_slips(self):
        """Open the new slips of these dossiers as one PDF."""
        slips = self.slip_id
        slips.check_access("read")
        if not slips:
            raise UserError(self.env._("None of these dossiers has a new slip."))
        return slips.action_print()
