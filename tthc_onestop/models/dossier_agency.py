from odoo import fields, models
from odoo.exceptions import UserError

from .res_company import local_today, to_local


class TthcDossier(models.Model):
    """What other agencies are asked for while a dossier is handled (NĐ 61/2018 Đ19.5 to Đ19.7)."""

    _inherit = "tthc.dossier"

    def action_ask_agency(self, reason, agency, due_on, kind="opinion", is_lead=False):
        """Ask an agency for its opinion, or for its part of an inter-agency dossier.

        :param reason: what it is asked for
        :param due_on: by which local day
        :param kind: opinion, same_level, cross_level
        """
        return self._move(
            "ask_agency", reason, agency=agency, due_on=due_on, kind=kind, is_lead=is_lead
        )

    def action_record_answer(self, reason, request_id=None, answered_on=None):
        """Record what an agency answered (``reason``), in time or late.

        :param request_id: which request; may be left out when one only is open
        :param answered_on: the local day of the answer, today when left out
        """
        return self._move("record_answer", reason, request_id=request_id, answered_on=answered_on)

    def _project_ask_agency(self, reason, agency, due_on, kind, is_lead):
        due = self._given_day(due_on)
        if not str(agency or "").strip():
            raise UserError(self.env._("Enter the agency that is asked."))
        if not due or due < local_today():
            raise UserError(self.env._("Enter the day by which it answers, today or later."))
        requests = self.env["tthc.dossier.request"]
        if kind not in dict(requests._fields["kind"].selection):
            raise UserError(self.env._("Choose what the agency is asked for."))
        requests = requests.create(
            [
                {
                    "dossier_id": dossier.id,
                    "company_id": dossier.company_id.id,
                    "kind": kind,
                    "agency": " ".join(str(agency).split()),
                    "is_lead": bool(is_lead),
                    "content": reason.strip(),
                    "asked_at": fields.Datetime.now(),
                    "user_id": self.env.uid,
                    "due_on": due,
                }
                for dossier in self
            ]
        )
        return [
            {
                "details": {
                    "request": request.id,
                    "agency": request.agency,
                    "due_on": str(request.due_on),
                }
            }
            for request in requests
        ]

    def _project_record_answer(self, reason, request_id, answered_on):
        today = local_today()
        day = self._given_day(answered_on) or today
        projections = []
        for dossier in self:
            waiting = dossier.request_ids.filtered(lambda request: not request.answered_on)
            if request_id:
                waiting = waiting.filtered(lambda request: request.id == request_id)
            if len(waiting) != 1:
                raise UserError(
                    self.env._(
                        "Choose one request of dossier %(dossier)s that is without an answer.",
                        dossier=dossier.display_name,
                    )
                )
            if not to_local(waiting.asked_at).date() <= day <= today:
                raise UserError(
                    self.env._("An answer comes after it was asked for and not in the future.")
                )
            waiting.write({"answered_on": day, "answer": reason.strip()})
            projections.append(
                {
                    "details": {
                        "request": waiting.id,
                        "agency": waiting.agency,
                        "answered_on": str(day),
                    }
                }
            )
        return projections
