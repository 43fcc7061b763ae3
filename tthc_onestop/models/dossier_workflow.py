from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import lifecycle
from ..rules.deadline import step_deadlines
from .res_company import to_local, to_time


class TthcDossier(models.Model):
    """By when each step of the procedure's workflow is done. Nothing of it is stored."""

    _inherit = "tthc.dossier"

    workflow = fields.Html(compute="_compute_workflow", compute_sudo=True, sanitize=False)

    @api.depends(
        "procedure_id", "case_id", "status", "due_at", "signature_asked_by_id", "event_ids"
    )
    def _compute_workflow(self):
        for dossier in self:
            steps = dossier._workflow_steps()
            dossier.workflow = steps and self.env["ir.qweb"]._render(
                "tthc_onestop.dossier_workflow", {"steps": steps}
            )

    def _workflow_steps(self):
        """The steps as (name, role, due moment or None, state); state: done, now, late or later."""
        terms = self.procedure_id.terms(self.case_id)
        if not terms or not terms.steps:
            return []
        names, roles, amounts = zip(*terms.steps, strict=True)
        dues = self._step_dues(terms, amounts) or [None] * len(names)
        labels = dict(
            self.env["tthc.procedure.step"]._fields["role"]._description_selection(self.env)
        )
        done = lifecycle.steps_done(roles, self.status, bool(self.signature_asked_by_id))
        now, running = to_local(fields.Datetime.now()), self.status in lifecycle.RUNNING
        found = []
        for number, (name, role, due) in enumerate(zip(names, roles, dues, strict=True)):
            state = "done" if number < done else "now" if number == done else "later"
            if state != "done" and running and due and due < now:
                state = "late"
            found.append((name, labels[role], due, state))
        return found

    def _step_dues(self, terms, amounts):
        """The local due moments of the steps, None when they do not lead to the due date."""
        promised = (self.duration, self.duration_unit)
        # the catalogue may have got another term since the dossier was received
        if not self.due_at or promised != (terms.duration, terms.duration_unit):
            return None
        try:
            with self._known_years():
                dues = step_deadlines(
                    self.company_id.tthc_work_calendar(),
                    to_local(self.received_at),
                    amounts,
                    self.duration_unit,
                    self._clock_changes(),
                    to_time(self._regime_on(self.received_at).cut_off),
                )
        except UserError:  # a page that shows is no place to fail
            return None
        # the date promised stands until a leader agrees to another
        promised_at = to_local(self.due_at)
        return [promised_at if due == dues[-1] else min(due, promised_at) for due in dues]
