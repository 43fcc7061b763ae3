from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import get_lang

from ..rules.workflow import Step, Term, differences, main_case


class TthcProcedure(models.Model):
    """The internal workflow: its steps add up to the published term, case by case."""

    _inherit = "tthc.procedure"

    has_workflow = fields.Boolean(
        string="Workflow issued", compute="_compute_has_workflow", store=True
    )
    workflow_problem = fields.Text(compute="_compute_workflow_problem")

    @api.depends("step_ids")
    def _compute_has_workflow(self):
        for procedure in self:
            procedure.has_workflow = bool(procedure.step_ids)

    @api.depends(
        "code",
        "duration",
        "duration_unit",
        "step_ids.case",
        "step_ids.duration",
        "case_ids.name",
        "case_ids.duration",
        "case_ids.duration_unit",
    )
    def _compute_workflow_problem(self):
        for procedure in self:
            procedure.workflow_problem = "\n".join(procedure._workflow_problems())

    def _check_publishable(self):
        """Refuse a version whose workflow does not add up to its term.

        :raises UserError: it says of each case by how much it is off
        """
        problems = [each for procedure in self for each in procedure._workflow_problems()]
        if problems:
            raise UserError("\n".join(problems))
        return super()._check_publishable()

    def _workflow_parts(self):
        """The steps, the published term and the cases' own terms, as ``rules.workflow`` has them.

        The steps are in their order, as records and as plain ones.
        """
        records = self.step_ids.sorted("sequence")
        steps = [Step(step.case or "", step.level, step.duration) for step in records]
        own = {case.name: Term(case.duration, case.duration_unit) for case in self.case_ids}
        return records, steps, Term(self.duration, self.duration_unit), own

    def _workflow_problems(self):
        self.ensure_one()
        _records, steps, term, own = self._workflow_parts()
        if not steps:
            return []
        problems = [
            self.env._(
                "The steps of %(name)s take %(total)s together and its term is %(term)s: "
                "they are off by %(off)s.",
                name=f"{self.code} ({case})" if case else self.code,
                total=self._as_written(total),
                term=self._amount_text(wanted),
                off=self._as_written(round(total - wanted.amount, 2), "+g"),
            )
            for case, (total, wanted) in differences(steps, term, own).items()
        ]
        if main_case(steps, term, own) is None:
            problems.append(
                self.env._(
                    "No case of %(name)s takes the published term, %(term)s: the steps of who "
                    "comes with no special case are missing.",
                    name=self.code,
                    term=self._amount_text(term),
                )
            )
        return problems

    def _amount_text(self, term):
        units = dict(self._fields["duration_unit"]._description_selection(self.env))
        unit = units[term.unit].lower() if term.unit else ""
        return f"{self._as_written(term.amount)} {unit}".strip()

    def _as_written(self, number, form="g"):
        return format(number, form).replace(".", get_lang(self.env).decimal_point)

    @api.private
    def main_steps(self):
        """The steps of who comes with no special case: the case that takes the published term."""
        records, steps, term, own = self._workflow_parts()
        case = main_case(steps, term, own)
        return records.filtered(lambda step: (step.case or "") == case)

    @api.private
    def steps_of(self, case):
        """The steps of a case that has a term of its own."""
        return self.step_ids.sorted("sequence").filtered(lambda step: step.case == case.name)
