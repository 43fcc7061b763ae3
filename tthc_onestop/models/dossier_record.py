from collections import Counter

from odoo import fields, models

from ..rules import lifecycle
from ..rules.dossier_code import dossier_code
from ..rules.ledger import STANDS, agencies_waiting, asked_by, digest, handover
from ..rules.slip_form import OF_MOVES
from .res_company import to_local


class TthcDossier(models.Model):
    """What the gate has let through is written here: the event, its slip, its projection."""

    _inherit = "tthc.dossier"

    def _record(self, name, projections, reason=None, done_at=None):
        """Write one event per dossier, its slip if the move has one, and what they project.

        :param projections: for each dossier, the projected columns that the move itself sets;
            what the ledger keeps of them beyond ``STANDS`` is under "details", as text
        :param done_at: when it was so, UTC, of what is entered later than that
        """
        dossiers = self.sudo()  # the gate has checked the mover; a new dossier, its creation
        now = fields.Datetime.now()
        today = to_local(now).date()
        counted_on = to_local(done_at or now).date()
        move = lifecycle.MOVES.get(name)  # none for "submit", the birth of a dossier
        reason = (reason or "").strip()
        form = move and move.slip
        if form == "stop":
            form = self._regime().stop_form
        days = [projected.get("received_on") for projected in projections]
        numbers = dossiers._reserve_numbers(form, today, days)
        for dossier, day, projected in zip(dossiers, days, projections, strict=True):
            if day:
                serial = next(numbers[dossier._code_key(day)])
                projected["name"] = dossier_code(dossier._unit_code(), day, serial)
        slips = (
            dossiers._create_slips(OF_MOVES[name], form, numbers, now, projections, reason)
            if form
            else [self.env["tthc.dossier.slip"]] * len(self)
        )
        stage = self.env["tthc.stage"]
        stages = stage.first_by_status()
        events = []
        for dossier, projected, slip in zip(dossiers, projections, slips, strict=True):
            target = (move.target or dossier.status) if move else "submitted"
            if target in lifecycle.ENDED or target == "rejected":
                projected["ended_on"] = counted_on
            details = projected.pop("details", None)
            if done_at:
                details = (details or {}) | {"done_at": str(done_at)}
            stands = {field: projected.get(field, dossier[field]) or False for field in STANDS} | {
                "officer_id": projected.get("officer_id", dossier.officer_id.id)
            }
            event = {
                "dossier_id": dossier.id,
                "company_id": dossier.company_id.id,
                "position": dossier.event_count + 1,
                "kind": name,
                "happened_at": now,
                "happened_on": today,
                "counted_on": counted_on,
                "user_id": self.env.uid,
                "on_behalf_of_id": dossier._on_behalf_of(name),
                "from_status": dossier.status if move else False,
                "to_status": target,
                "slip_id": slip.id,
                "reason": reason or False,
                "details": details,
                **stands,
            }
            event["digest"] = digest(dossier.last_digest or "", event)
            events.append(event)
            waited = dossier.signature_asked_by_id.id
            given = {
                "given_by_id": dossier.given_by_id.id,
                "taken_by_id": dossier.taken_by_id.id,
                "taken_at": dossier.taken_at,
            }
            projected |= {
                "event_count": event["position"],
                "last_digest": event["digest"],
                "signature_asked_by_id": asked_by(event, waited),
                "agencies_waiting": agencies_waiting(event, dossier.agencies_waiting),
                **handover(event, given),
            }
            if target != dossier.status:
                projected |= {"status": target, "stage_id": stages[target]}
            elif projected["signature_asked_by_id"] != waited:
                signing = projected["signature_asked_by_id"] and stage.for_signing()
                projected["stage_id"] = signing or stages[target]
        dossiers.env["tthc.dossier.event"].append(events)
        for dossier, projected in zip(dossiers, projections, strict=True):
            dossier._write_projection(projected)
        return True

    def _slip_key(self, form, today):
        return f"slip:{self.company_id.id}:{form}:{today.year}"

    def _code_key(self, day):
        return f"dossier:{self._unit_code()}:{day:%y%m%d}"

    def _unit_code(self):
        return self.company_id.tthc_letterhead().unit_code

    def _reserve_numbers(self, form, today, days):
        """Numbers for the slips of a move and, for the days of reception, of codes: in one go."""
        keys = [dossier._slip_key(form, today) for dossier in self if form]
        keys += [dossier._code_key(day) for dossier, day in zip(self, days, strict=True) if day]
        return self.env["tthc.counter"].reserve(Counter(keys)) if keys else {}

    def _create_slips(self, subject, form, numbers, now, projections, reason=""):
        """A slip for each dossier, with the next of the numbers reserved for it."""
        slips, regime, today = self.env["tthc.dossier.slip"], self._regime(), to_local(now).date()
        return slips.create(
            [
                {
                    "dossier_id": dossier.id,
                    "company_id": dossier.company_id.id,
                    "regime_id": regime.id,
                    "form": form,
                    "subject": subject,
                    "number": next(numbers[dossier._slip_key(form, today)]),
                    "year": today.year,
                    "issued_at": now,
                    "issued_on": today,
                    "user_id": self.env.uid,
                    "reason": reason or False,
                    "restart_days": regime.restart_days,
                    "content": slips._content_of(subject, dossier, projected, regime, reason),
                }
                for dossier, projected in zip(self, projections, strict=True)
            ]
        )
