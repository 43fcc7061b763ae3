from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import lifecycle
from ..rules.ledger import HANDOVER, STANDS
from .dossier import CREATED
from .dossier_correction import CORRECTING
from .res_company import local_today, to_local, to_utc

# what a move looks at: reading these alone is several times as fast as reading every column
LOOKED_AT = (
    "company_id",
    "procedure_id",
    "case_id",
    "sector_id",
    "status",
    "received_at",
    "received_on",
    "returned_on",
    "officer_id",
    "signature_asked_by_id",
    "agencies_waiting",
    "event_count",
    "last_digest",
    *HANDOVER,
    *STANDS,
)
# what a slip says of the dossier besides
ON_SLIPS = (
    "name",
    "applicant_name",
    "applicant_identity",
    "applicant_address",
    "applicant_phone",
    "applicant_email",
    "authorised_name",
    "authorised_document",
)


class TthcDossier(models.Model):
    """The single gate: every move of a dossier goes through ``_move``, and nothing else does."""

    _inherit = "tthc.dossier"
    _moves = lifecycle.MOVES

    def action_receive(self):
        return self._move("receive")

    def action_reject(self, reason):
        return self._move("reject", reason)

    def action_process(self, officer_id=None):
        return self._move("process", officer_id=officer_id)

    def action_take_over(self):
        return self._move("take_over")

    def action_resume(self):
        return self._move("resume")

    def action_request_payment(self):
        return self._move("request_payment")

    def action_confirm_payment(self):
        return self._move("confirm_payment")

    def action_extend(self, reason, due_at):
        return self._move("extend", reason, due_at=due_at)

    def action_withdraw(self, reason):
        return self._move("withdraw", reason)

    def action_stop(self, reason):
        return self._move("stop", reason)

    def action_submit_for_signature(self):
        return self._move("submit_for_signature")

    def action_send_back(self, reason):
        return self._move("send_back", reason)

    @api.model
    def create_received(self, vals_list):
        """Register dossiers and receive them in one go, as the desk does with complete papers."""
        dossiers = self.create(vals_list)
        dossiers.action_receive()
        return dossiers

    # ---------------------------------------------------------------- the gate

    def _move(self, name, reason=None, done_at=None, **details):
        """Make one move on all these dossiers, or on none.

        Access first, then the lifecycle, then one event and its projection for each.

        :param done_at: when it was so, UTC, of what a leader enters later than that
        :raises AccessError: the user has no role for the move, or does not see a dossier
        :raises UserError: the lifecycle refuses it for one of them
        """
        roles = self._check_mover(name, CORRECTING if done_at else None)
        moved = self.sudo()  # the role and the sight of every dossier are checked above
        moved._lock()
        for dossier in moved:
            dossier._check_lifecycle(name, reason, roles)
            if done_at:
                dossier._check_late_entry(name, reason, done_at)
        project = getattr(moved, f"_project_{name}", None)
        if done_at and project:
            details["done_at"] = done_at
        projections = project(reason, **details) if project else [{} for _ in moved]
        return moved._record(name, projections, reason, done_at)

    def _lock(self):
        # nobody else sees what this transaction created
        created = self.env.cr.precommit.data.get(CREATED, ())
        return super(TthcDossier, self - self.browse(created))._lock()

    def _check_mover(self, name, needed=None):
        """The roles of the user. :raises AccessError: none makes the move, or sees a dossier"""
        roles = self._check_role(name, needed)
        # read with what the check of access reads, it costs no query of its own
        self.fetch(LOOKED_AT + ON_SLIPS if lifecycle.MOVES[name].slip else LOOKED_AT)
        self.check_access("read")
        return roles

    def _check_lifecycle(self, name, reason, roles):
        self.ensure_one()
        try:
            lifecycle.check_move(name, self.status, reason)
            if name == "request_supplement":
                regime = self._regime()
                lifecycle.check_supplement(
                    self._times(name), regime.supplement_max, regime.supplement_utmost, roles
                )
            elif name == "take_over" and self.officer_id == self.env.user:
                raise lifecycle.Refused("holds")
            elif name == "confirm_handover":
                self._check_taking()
            elif name == "reopen":
                lifecycle.check_reopening(
                    self.returned_on or self.ended_on,
                    local_today(),
                    self._regime().reopen_days,
                )
            elif name in ("record_result", "correct_result"):
                lifecycle.check_result(name, len(self.result_ids))
            elif name == "settle":
                lifecycle.check_settle(
                    self.procedure_id.terms(self.case_id).signed,
                    self.signature_asked_by_id.id,
                    self.officer_id.id,
                    self.env.uid,
                    roles,
                )
            else:
                lifecycle.check_signature(
                    name, self.signature_asked_by_id.id, self.officer_id.id, self.env.uid
                )
            if name in ("settle", "approve") and self.agencies_waiting and self._parts_waiting():
                raise lifecycle.Refused("parts")
        except lifecycle.Refused as refused:
            raise UserError(self._refusal(refused.code, name)) from refused

    def _times(self, name):
        """How often a move was made on this dossier."""
        return len(self.event_ids.filtered(lambda event: event.kind == name))

    def _parts_waiting(self):
        return self.request_ids.filtered(
            lambda request: request.kind != "opinion" and not request.answered_on
        )

    def _regime(self):
        return self._regime_on(fields.Datetime.now())

    def _regime_on(self, moment):
        return self.env["tthc.regime"].in_force_on(to_local(moment).date())

    # ---------------------------------------------------------------- what each move projects

    def _project_receive(self, reason):
        now = fields.Datetime.now()
        projections = []
        for dossier in self:
            if not dossier._unit_code():
                raise UserError(
                    self.env._(
                        "Enter the unit code of %(commune)s in its settings first.",
                        commune=dossier.company_id.name,
                    )
                )
            terms = dossier.procedure_id.terms(dossier.case_id)
            term = {"duration": terms.duration, "duration_unit": terms.duration_unit}
            received, details = now, {}
            if dossier.case_id:
                details["case"] = dossier.case_id.name
            if dossier.channel == "post" and dossier.handed_over_at:
                received = dossier.handed_over_at
                details |= {
                    "received_at": str(received),
                    "received_on": str(to_local(received).date()),
                }
            dossier.procedure_id.check_in_force(to_local(received).date())
            due = dossier._deadline(received, **term)
            projections.append(
                {
                    "received_at": received,
                    "received_on": to_local(received).date(),
                    "entered_on": to_local(now).date(),
                    "details": details or None,
                    **term,
                    **due_values(due and due.moment),
                }
            )
        return projections

    def _project_process(self, reason, officer_id=None):
        chosen = self.env["res.users"].browse(officer_id or ())
        if chosen and not (
            chosen.exists().active
            and chosen.has_group("tthc_onestop.group_officer")
            and self.company_id <= chosen.company_ids
        ):
            raise UserError(self.env._("Choose a specialist officer to handle the dossier."))
        if chosen:
            return [{"officer_id": chosen.id} for _ in self]
        officers = self._default_officers()
        return [{"officer_id": officers[dossier].id} for dossier in self]

    def _project_take_over(self, reason):
        return [{"officer_id": self.env.uid} for _ in self]

    def _default_officers(self):
        """Who takes each dossier when nobody is named: the officer at work, else the sector's."""
        found = {}
        for (sector, company), dossiers in self.grouped(
            lambda dossier: (dossier.sector_id, dossier.company_id)
        ).items():
            officers = self.env["res.users"].browse(sector.specialists_in(company.id))
            at_work = self.env.user & officers
            for dossier in dossiers:
                found[dossier] = at_work or dossier.officer_id or officers[:1]
        return found

    def _project_resume(self, reason):
        officers = self.filtered(lambda dossier: not dossier.officer_id)._default_officers()
        return [
            {
                "officer_id": (dossier.officer_id or officers[dossier]).id,
                **dossier._due_from_now(),
            }
            for dossier in self
        ]

    def _due_from_now(self, until=None):
        """The due columns when the pause that runs ends now, or at another UTC moment."""
        changes = self._clock_changes(until=to_local(until or fields.Datetime.now()))
        due = self._deadline(self.received_at, changes)
        return due_values(due and due.moment)

    def _project_extend(self, reason, due_at):
        due = self._checked_extension(due_at)
        regime, today = self._regime(), local_today()
        for dossier in self:
            try:
                lifecycle.check_extension(
                    dossier._times("extend"),
                    regime.extension_max,
                    regime.extension_notice,
                    today,
                    dossier.due_on or None,
                    due.date(),
                )
            except lifecycle.Refused as refused:
                raise UserError(dossier._refusal(refused.code, "extend")) from refused
        return [due_values(due) for _ in self]

    def _given_day(self, day):
        """A local day as the caller gave it, None without one. :raises UserError: it is none"""
        try:
            return fields.Date.to_date(day or None)
        except (AttributeError, TypeError, ValueError) as error:
            raise UserError(self.env._("“%(day)s” is not a day.", day=day)) from error

    def _checked_extension(self, due_at):
        """The new due moment, local. :raises UserError: no moment, or not on a working day"""
        try:
            due = to_local(fields.Datetime.to_datetime(due_at))
        except (AttributeError, TypeError, ValueError) as error:
            raise UserError(self.env._("Enter the new due date and its hour.")) from error
        for commune in self.company_id:
            with self._known_years():
                if not commune.tthc_work_calendar().is_working(due.date()):
                    raise UserError(
                        self.env._(
                            "%(day)s is not a working day: choose another due date.",
                            day=self._format_local_day(due),
                        )
                    )
        return due

    # ---------------------------------------------------------------- the kanban

    def _move_to_stage(self, stage_id):
        """What dragging a card to another column means: the one move that leads there."""
        self.fetch(LOOKED_AT)
        target, for_signature = self.env["tthc.stage"].shown_by_id().get(stage_id, (None, False))
        for dossier in self:
            waits = bool(dossier.signature_asked_by_id)
            if dossier.status != target:
                names = lifecycle.moves_between(dossier.status, target)
                if "approve" in names:
                    names = ["approve" if waits else "settle"]
            elif waits == for_signature:
                dossier.check_access("write")
                dossier._write_projection({"stage_id": stage_id})
                continue
            else:
                names = ["send_back" if waits else "submit_for_signature"]
            if len(names) != 1:
                statuses = dict(self._fields["status"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "A dossier cannot go from “%(from_status)s” to “%(to_status)s”.",
                        from_status=statuses[dossier.status],
                        to_status=statuses.get(target, target),
                    )
                )
            move = lifecycle.MOVES[names[0]]
            if move.asks:
                raise UserError(
                    self.env._(
                        "“%(move)s” asks for more: open dossier %(dossier)s and use its button.",
                        move=self._move_label(names[0]),
                        dossier=dossier.display_name,
                    )
                )
            if move.reason:
                raise UserError(
                    self.env._(
                        "“%(move)s” needs a reason: open dossier %(dossier)s and use its button.",
                        move=self._move_label(names[0]),
                        dossier=dossier.display_name,
                    )
                )
            dossier._move(names[0])


def due_values(moment):
    """The due columns for a naive local moment or None."""
    return {"due_at": moment and to_utc(moment), "due_on": moment and moment.date()}
