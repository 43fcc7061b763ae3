import base64
import hashlib

from odoo import fields, models
from odoo.exceptions import UserError

from ..rules.deadline import outcome
from ..rules.identity import identity_kind
from ..rules.ledger import UNDONE
from .res_company import local_today, to_local

RESULT_DAYS = ("signed_on", "valid_from", "valid_until")


class TthcDossier(models.Model):
    """How a dossier ends: its result, its return to the citizen, and being opened again."""

    _inherit = "tthc.dossier"

    def action_approve(self, result=None):
        return self._move("approve", result=result)

    def action_settle(self, result=None):
        """Settle, with the document of the result when there is one.

        :param result: number, signed_on, signed_by, valid_from, valid_until, file (base64) and
            file_name of the document of one dossier; only the number must be there
        """
        return self._move("settle", result=result)

    def action_record_result(self, result):
        """Record the document of a dossier that was settled without."""
        return self._move("record_result", result=result)

    def action_correct_result(self, reason, result):
        """Replace a wrong document by a right one; the wrong one stays (NĐ 61/2018 Đ21)."""
        return self._move("correct_result", reason, result=result)

    def action_notify(self, means, note=None):
        """Keep that the citizen was told to fetch the result, by which means, in the ledger."""
        return self._move("notify", note, means=means)

    def action_return(
        self, means=None, recipient_name=None, recipient_identity=None, post_number=None
    ):
        """Return the result.

        :param means: counter, post (with the post's number) or online
        :param recipient_name, recipient_identity: who took it at the desk
        """
        return self._move(
            "return",
            means=means,
            recipient_name=recipient_name,
            recipient_identity=recipient_identity,
            post_number=post_number,
        )

    def action_reopen(self, reason):
        return self._move("reopen", reason)

    # ---------------------------------------------------------------- the result

    def _project_settle(self, reason=None, result=None, done_at=None):
        now = done_at or fields.Datetime.now()
        local = to_local(now)
        return [
            {
                "settled_at": now,
                "settled_on": local.date(),
                "outcome": outcome(
                    dossier.duration_unit,
                    local,
                    to_local(dossier.due_at) if dossier.due_at else None,
                ),
                "details": details,
            }
            for dossier, details in zip(self, self._record_result(result), strict=True)
        ]

    _project_approve = _project_settle

    def _project_record_result(self, reason, result):
        return [{"details": details} for details in self._record_result(result or {})]

    def _project_correct_result(self, reason, result):
        return [{"details": details} for details in self._record_result(result or {}, reason)]

    def _record_result(self, result, reason=None):
        """Record the document of one dossier; what the ledger keeps of it, for each dossier."""
        if result is None:
            return [None] * len(self)
        if len(self) > 1:
            raise UserError(self.env._("A result document belongs to one dossier: take one."))
        if not isinstance(result, dict):
            raise UserError(self.env._("Enter the number of the result document."))
        signer = self.env.user.tthc_name()
        before = self.result_ids.sorted("id")[-1:]
        values = {
            "dossier_id": self.id,
            "company_id": self.company_id.id,
            "number": " ".join(str(result.get("number") or "").split()),
            "signed_by": " ".join(str(result.get("signed_by") or signer).split()),
            **{field: self._given_day(result.get(field)) for field in RESULT_DAYS},
            "corrects_id": before.id,
            "reason": reason and reason.strip(),
            "user_id": self.env.uid,
            "recorded_at": fields.Datetime.now(),
        }
        today = local_today()
        values["signed_on"] = values["signed_on"] or today
        if not values["number"]:
            raise UserError(self.env._("Enter the number of the result document."))
        if values["signed_on"] > today:
            raise UserError(self.env._("A result cannot have been signed in the future."))
        begins = values["valid_from"] or values["signed_on"]
        if values["valid_until"] and values["valid_until"] < begins:
            raise UserError(
                self.env._("A result cannot end before it begins: correct its validity.")
            )
        document = self.env["tthc.dossier.result"].create(values)
        details = {
            "result": document.id,
            "number": document.number,
            "signed_on": str(document.signed_on),
            "signed_by": document.signed_by,
        }
        if result.get("file"):
            try:
                raw = base64.b64decode(result["file"], validate=True)
            except (TypeError, ValueError) as error:
                raise UserError(self.env._("The file of the result cannot be read.")) from error
            document.attachment_id = self.env["ir.attachment"].create(
                {
                    "name": str(result.get("file_name") or document.number),
                    "raw": raw,
                    "res_model": document._name,
                    "res_id": document.id,
                }
            )
            details["sha256"] = hashlib.sha256(raw).hexdigest()
        return [details]

    # ---------------------------------------------------------------- back to the citizen

    def _project_notify(self, reason, means):
        if means not in dict(self._fields["told_by"].selection):
            raise UserError(self.env._("Choose how the citizen was told."))
        return [
            {
                "told_at": fields.Datetime.now(),
                "told_by": means,
                "details": {"told_by": means},
            }
            for _ in self
        ]

    def _project_return(self, reason, means, recipient_name, recipient_identity, post_number):
        now = fields.Datetime.now()
        details = {
            "return_means": means,
            "recipient_name": " ".join(str(recipient_name or "").split()),
            "recipient_identity": str(recipient_identity or "").replace(" ", "").upper(),
            "return_post_number": " ".join(str(post_number or "").split()),
        }
        details = {column: value for column, value in details.items() if value}
        if means and means not in dict(self._fields["return_means"].selection):
            raise UserError(self.env._("Choose how the result is returned."))
        if means == "counter" and "recipient_name" not in details:
            raise UserError(self.env._("Enter the name of who takes the result."))
        if means == "post" and "return_post_number" not in details:
            raise UserError(self.env._("Enter the number of the postal item."))
        number = details.get("recipient_identity")
        if number and not identity_kind(number):
            raise UserError(
                self.env._(
                    "The identity number of the recipient is not one: a CCCD has 12 digits, an old "
                    "CMND 9, a tax code 10 or 13."
                )
            )
        return [
            {
                "returned_at": now,
                "returned_on": to_local(now).date(),
                **details,
                "details": details,
            }
            for _ in self
        ]

    # ---------------------------------------------------------------- opened again

    def _project_reopen(self, reason, done_at=None):
        """The clock goes on where it stood when the dossier ended, with a new date on slip 04."""
        undone = dict.fromkeys((*UNDONE, "settled_on", "ended_on", "outcome"))
        day = to_local(done_at or fields.Datetime.now()).date()
        return [undone | {"reopened_on": day} | dossier._due_from_now(done_at) for dossier in self]
