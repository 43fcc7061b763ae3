from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..rules.plan import months_before, share
from .res_company import local_today

# what the plan asks for, in percent: II.3 (100 % through the desk; 100 % early or on time), II.4;
# and all of the workflows that ISO 9001 (II.9) rests on
TARGETS = {"on_time": 100, "desk": 100, "workflow": 100, "posted": 100}
# how the catalogue is today; no figure of it is kept for a day that is past
STANDING = {"desk", "workflow", "posted"}


class TthcPlanTask(models.Model):
    """Live evidence: what the system itself measures of what a task is to reach.

    Another measure is one more entry of ``measure`` and a method ``_measure_<key>``, which gives
    its share in percent in a commune from a day to another, both with, or None of nothing.
    """

    _inherit = "tthc.plan.task"

    measure = fields.Selection(
        [
            ("on_time", "Dossiers settled early or on time"),
            ("desk", "Procedures received at the desk"),
            ("workflow", "Procedures with an internal workflow"),
            ("posted", "Procedures posted and up to date"),
            ("online", "Dossiers filed online"),
            ("digitised", "Dossiers digitised"),
            ("feedback", "Feedback answered in time"),
        ],
        help="What the system measures of this task, in the year of its plan.",
    )
    target = fields.Float(
        compute="_compute_target",
        store=True,
        readonly=False,
        string="Target (%)",
        help="0: shown without a target.",
    )
    measured = fields.Float(compute="_compute_measured", compute_sudo=True, string="Today (%)")
    measured_before = fields.Float(
        compute="_compute_measured", compute_sudo=True, string="A month ago (%)"
    )
    trend = fields.Selection(
        [("up", "Rising"), ("same", "Unchanged"), ("down", "Falling")],
        compute="_compute_measured",
        compute_sudo=True,
    )
    evidence = fields.Char(compute="_compute_measured", compute_sudo=True)
    below_target = fields.Boolean(compute="_compute_measured", compute_sudo=True)
    evidence_reason = fields.Text(
        string="Why it is done all the same",
        copy=False,
        help="Asked for when a task is handed in against its own evidence; the leader sees it.",
    )

    _target_range = models.Constraint(
        "CHECK(target BETWEEN 0 AND 100)", "A target is 0 to 100 percent."
    )

    @api.depends("measure")
    def _compute_target(self):
        for task in self:
            task.target = TARGETS.get(task.measure, 0)

    @api.depends("measure", "target", "year", "company_id", "plan_state")
    def _compute_measured(self):
        """Each measure of a commune and year is taken once, however many tasks show it."""
        # a share of the whole commune names no dossier: who may not read them sees it
        self.measured = self.measured_before = 0
        self.trend = self.evidence = self.below_target = False
        bound = self.filtered("measure")
        for (company, year, measure, state), tasks in bound.grouped(
            lambda task: (task.company_id, task.year, task.measure, task.plan_state)
        ).items():
            today = local_today()
            # a plan that is not closed when its year ends is still worked on
            if state != "issued" or measure not in STANDING:
                today = min(today, date(year, 12, 31))
            now = tasks._take(measure, company, date(year, 1, 1), today)
            before = tasks._take(measure, company, date(year, 1, 1), months_before(today, 1))
            for task in tasks:
                task.measured, task.measured_before = now or 0, before or 0
                task.below_target = bool(now is not None and now < task.target)
                task.trend = _trend(now, before)
                task.evidence = task._in_words(now)

    def _take(self, measure, company, first, last):
        return getattr(self, f"_measure_{measure}")(company, first, last) if first <= last else None

    def _in_words(self, value):
        if value is None:
            return self.env._("nothing measured yet")
        said = f"{value:.1f} %".replace(".", ",")
        if not self.target:
            return said
        return self.env._("%(value)s of %(target)g %%", value=said, target=self.target)

    def _check_submittable(self):
        result = super()._check_submittable()
        if self.below_target and not (self.evidence_reason or "").strip():
            raise UserError(
                self.env._(
                    "“%(task)s” stands at %(evidence)s. Say why it is done all the same.",
                    task=self.display_name,
                    evidence=self.evidence,
                )
            )
        return result

    def action_submit(self):
        result = super().action_submit()
        for task in self.filtered("below_target"):
            task.message_post(
                body=self.env._(
                    "Handed in on %(day)s at %(evidence)s: %(reason)s",
                    day=format_date(self.env, local_today()),
                    evidence=task.evidence,
                    reason=task.evidence_reason,
                )
            )
        return result

    # ---------------------------------------------------------------- the measures

    @api.model
    def _measure_on_time(self, company, first, last):
        settled = self._days("settled_on", company, first, last)
        return self._share_of(settled, Domain("outcome", "in", ("early", "on_time")))

    @api.model
    def _measure_online(self, company, first, last):
        received = self._days("received_on", company, first, last)
        return self._share_of(received, Domain("channel", "=", "online"))

    @api.model
    def _measure_digitised(self, company, first, last):
        settled = self._days("settled_on", company, first, last)
        return self._share_of(settled, Domain("digitised", "=", True))

    @api.model
    def _measure_feedback(self, company, first, last):
        """Of what was answered, and of what was overdue without an answer when the days ended."""
        overdue = (
            Domain("answer_due_on", ">=", first)
            & Domain("answer_due_on", "<", last)
            & (Domain("answered_on", "=", False) | Domain("answered_on", ">", last))
        )
        found = self.env["tthc.feedback"].search_fetch(
            Domain("company_id", "=", company.id)
            & Domain("answer_due_on", "!=", False)
            & (self._days("answered_on", company, first, last) | overdue),
            ["answered_on", "answer_due_on"],
        )
        in_time = found.filtered(
            lambda each: each.answered_on and each.answered_on <= min(each.answer_due_on, last)
        )
        return share(len(in_time), len(found))

    @api.model
    def _measure_desk(self, company, first, last):
        return self._coverage("at_desk", company, last)

    @api.model
    def _measure_workflow(self, company, first, last):
        return self._coverage("workflow", company, last)

    @api.model
    def _measure_posted(self, company, first, last):
        return self._coverage("posted", company, last)

    @api.model
    def _days(self, field, company, first, last):
        return (
            Domain("company_id", "=", company.id)
            & Domain(field, ">=", first)
            & Domain(field, "<=", last)
        )

    @api.model
    def _share_of(self, whole, part):
        dossiers = self.env["tthc.dossier"]
        return share(dossiers.search_count(whole & part), dossiers.search_count(whole))

    @api.model
    def _coverage(self, figure, company, last):
        if last < local_today():
            return None
        found = self.env["tthc.coverage"].search(
            [("company_id", "=", company.id), ("figure", "=", figure)]
        )
        return found.rate if found else None


def _trend(now, before):
    if now is None or before is None:
        return False
    now, before = round(now, 1), round(before, 1)  # as they are shown
    return "up" if now > before else "down" if now < before else "same"
