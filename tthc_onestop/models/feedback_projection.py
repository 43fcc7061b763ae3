from odoo import fields, models
from odoo.exceptions import UserError

from ..rules import feedback as rules
from .res_company import local_today, to_local

# what it is about, as whoever classifies it says
CLASSIFIED = (
    "category",
    "conduct_kind",
    "within_authority",
    "procedure_id",
    "procedure_part",
    "sensitive",
    "accused_ids",
)


class TthcFeedback(models.Model):
    """What each move projects: the columns that it sets, for each of those that are moved."""

    _inherit = "tthc.feedback"

    def _project_refuse(self, reason):
        return [
            {
                "dismissed_on": local_today(),
                "refusal_kind": "incomplete" if feedback.missing_data else "outside",
            }
            for feedback in self
        ]

    def _project_route_out(self, reason, kind):
        if kind not in ("complaint", "denunciation"):
            raise UserError(self.env._("Say whether it is a complaint or a denunciation."))
        return [
            {"dismissed_on": local_today(), "refusal_kind": kind, "waiting": False} for _ in self
        ]

    def _project_classify(self, reason, values):
        unknown = values.keys() - set(CLASSIFIED)
        values = {"within_authority": True, "accused_ids": [], **values}
        categories = dict(self._fields["category"].selection)
        if unknown or values.get("category") not in categories:
            raise UserError(self.env._("Choose what it is about: conduct, regulation, initiative."))
        procedure = self.env["tthc.procedure"].browse(values.get("procedure_id") or ()).exists()
        accused = self.env["res.users"].browse(values["accused_ids"]).exists()
        sensitive = bool(values.get("sensitive") or accused)
        if sensitive and self.duplicate_of_id.filtered(lambda each: not each.sensitive):
            raise UserError(
                self.env._("It says the same as one that is not sensitive: classify that one.")
            )
        stands = {
            **values,
            "procedure_id": procedure.id,
            "procedure_part": procedure and values.get("procedure_part"),
            "conduct_kind": values["category"] == "conduct" and values.get("conduct_kind"),
            "sector_id": procedure.terms().sector_id if procedure else False,
            "sensitive": sensitive,
            "accused_ids": [fields.Command.set(accused.ids)],
        }
        if sensitive:
            stands["review_task_id"] = False
        return [dict(stands) for _ in self]

    def _after_classify(self, reason):
        for feedback in self:
            feedback.duplicate_ids._write_projection(
                {
                    "sensitive": feedback.sensitive,
                    "accused_ids": [fields.Command.set(feedback.accused_ids.ids)],
                }
            )
            (feedback | feedback.duplicate_ids)._hide()

    def _project_link(self, reason, original_id):
        original = self.browse(original_id).exists()
        original = original.duplicate_of_id or original
        if not original or original in self or original.company_id != self.company_id:
            raise UserError(self.env._("Choose another feedback of the same commune."))
        if self.duplicate_ids:
            raise UserError(self.env._("Others are linked to it already: link them the other way."))
        if any(each.sensitive != original.sensitive for each in self):
            raise UserError(
                self.env._("Only those that the same people may see are linked to each other.")
            )
        if original.status not in rules.OPEN:
            raise UserError(
                self.env._("%(feedback)s has ended: answer this one.", feedback=original.name)
            )
        return [{"duplicate_of_id": original.id} for _ in self]

    def _project_forward(self, reason, agency):
        if not (agency or "").strip():
            raise UserError(self.env._("Enter the agency it is forwarded to."))
        for feedback in self:
            if feedback.within_authority and feedback.category != "conduct":
                raise UserError(
                    self.env._(
                        "%(feedback)s is within the commune's authority: classify it anew first.",
                        feedback=feedback.name,
                    )
                )
        agency = rules.clean(agency, 200)
        return [{"dismissed_on": local_today(), "agency": agency} for _ in self]

    def _project_assign(self, reason, officer_id):
        handler = self.env["res.users"].browse(officer_id or ()).exists()
        groups = ",".join(f"tthc_onestop.group_{role}" for role in rules.HANDLERS)
        if not (handler.active and handler.has_groups(groups)):
            raise UserError(self.env._("Choose who is to handle it."))
        for feedback in self:
            if handler in feedback.accused_ids or feedback.company_id not in handler.company_ids:
                raise UserError(
                    self.env._(
                        "%(user)s cannot handle %(feedback)s.",
                        user=handler.name,
                        feedback=feedback.name,
                    )
                )
            if feedback.duplicate_of_id.status in rules.OPEN:
                raise UserError(
                    self.env._(
                        "%(feedback)s is answered with %(original)s.",
                        feedback=feedback.name,
                        original=feedback.duplicate_of_id.name,
                    )
                )
            if not feedback.within_authority:
                raise UserError(
                    self.env._(
                        "%(feedback)s is for another authority: forward it.",
                        feedback=feedback.name,
                    )
                )
        # what was to be answered with one that ended otherwise has its own answer
        return [{"officer_id": handler.id, "duplicate_of_id": False} for _ in self]

    def _after_assign(self, reason):
        self._hide()

    def _waits(self, for_what):
        since = for_what and fields.Datetime.now()
        return [{"waiting": for_what, "waits_since": since} for _ in self]

    def _project_ask_more(self, reason):
        return self._waits(rules.SENDER)

    def _project_suspend(self, reason):
        return self._waits(rules.SUSPENDED)

    def _project_resume(self, reason):
        return self._waits(False)

    def _project_submit(self, reason):
        waits = self._waits(rules.APPROVAL)
        return [each | {"submitted_by_id": self.env.uid} for each in waits]

    def _project_approve(self, reason):
        return [each | {"approved_by_id": self.env.uid} for each in self._waits(rules.APPROVED)]

    def _project_send_back(self, reason):
        return [each | {"approved_by_id": False} for each in self._waits(False)]

    def _answered(self, means):
        now = fields.Datetime.now()
        return {
            "waiting": False,
            "waits_since": False,
            "sent_by": means,
            "answered_at": now,
            "answered_on": to_local(now).date(),
        }

    def _project_send(self, reason, means):
        if means not in dict(self._fields["sent_by"].selection):
            raise UserError(self.env._("Say how the answer is sent."))
        for feedback in self:
            if means == "email" and not feedback.sender_email:
                raise UserError(
                    self.env._(
                        "The sender of %(feedback)s has left no e-mail address.",
                        feedback=feedback.name,
                    )
                )
        return [self._answered(means) for _ in self]

    def _project_answer_with(self, reason):
        return [
            self._answered("email" if each.sender_email else each.duplicate_of_id.sent_by)
            | {
                field: each.duplicate_of_id[field]
                for field in ("answer", "category", "conduct_kind", "outcome", "sufficient")
            }
            | {
                "procedure_id": each.duplicate_of_id.procedure_id.id,
                "procedure_part": each.duplicate_of_id.procedure_part,
                "sector_id": each.duplicate_of_id.sector_id.id,
            }
            for each in self
        ]

    def _project_publish(self, reason, question, answer, where):
        texts = {"question": question, "answer": answer, "where": where}
        texts = {name: rules.clean(text or "", 20_000) for name, text in texts.items()}
        if not all(texts.values()):
            raise UserError(self.env._("Enter what was asked, the answer, and where it appears."))
        for feedback in self:
            known = (
                feedback.sender_name,
                feedback.sender_address,
                *feedback.accused_ids.mapped("name"),
            )
            found = rules.personal_in(f"{texts['question']}\n{texts['answer']}", *known)
            if found:
                raise UserError(
                    self.env._(
                        "“%(found)s” tells who it is about: take it out before it is published.",
                        found=found,
                    )
                )
        return [
            {
                "public_question": texts["question"],
                "public_answer": texts["answer"],
                "publication": texts["where"],
                "published_on": local_today(),
                "checked_by_id": self.env.uid,
            }
            for _ in self
        ]

    def _project_ask_solved(self, reason):
        return [{"asked_solved_on": local_today()} for _ in self]

    def _project_record_solved(self, reason, solved):
        if solved not in dict(self._fields["solved"].selection):
            raise UserError(self.env._("Say whether it was solved."))
        return [{"solved": solved} for _ in self]

    def _project_close(self, reason):
        return [{"closed_on": local_today()} for _ in self]

    def _project_close_unsolved(self, reason):
        return [{"closed_on": local_today(), "solved": "no"} for _ in self]

    def _project_reopen(self, reason):
        return [
            {
                "reopened_at": fields.Datetime.now(),
                "duplicate_of_id": False,
                "answered_at": False,
                "answered_on": False,
                "published_on": False,
                "closed_on": False,
                "solved": False,
                "asked_solved_on": False,
                "approved_by_id": False,
                "submitted_by_id": False,
            }
            for _ in self
        ]
