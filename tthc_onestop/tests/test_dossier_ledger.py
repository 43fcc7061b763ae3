from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..models.res_company import to_utc
from ..rules import lifecycle
from ..rules.ledger import replay
from .common import DossierCase, arguments_of, at

START = date(2023, 3, 1)
FINAL = ("rejected", "withdrawn")


class Walk(RuleBasedStateMachine):
    """One dossier after another, moved at random by random users, lawfully or not."""

    case = frozen = None

    def __init__(self):
        super().__init__()
        self.point = self.case.env.cr.savepoint()
        self.day, self.dossier = START, None

    def teardown(self):
        self.point.close(rollback=True)
        self.case.env.invalidate_all()

    @rule(
        name=st.sampled_from(sorted(lifecycle.MOVES)),
        lawful=st.sampled_from([None, 0, 1, 2, 3, 4, 5]),
        later=st.integers(0, 4),
        group=st.sampled_from(["counter", "officer", "leader", "finance", "statistician"]),
        procedure=st.sampled_from(["days", "calendar", "hours", "open"]),
        reason=st.sampled_from(["Có lý do", "Có lý do", " "]),
        another=st.integers(0, 3),
    )
    def move(self, name, lawful, later, group, procedure, reason, another):
        """Any move by anybody; with ``lawful``, one that is legal now by one who may make it."""
        self.day += timedelta(days=later)
        self.frozen.move_to(max(self.moment(self.day), self.frozen()))
        over = self.dossier and self.dossier.status in ("returned", "stopped") and not another
        if not self.dossier or self.dossier.status in FINAL or over:
            self.dossier = self.case.new(procedure)
        dossier = self.dossier
        if lawful is not None:
            moves = lifecycle.MOVES.items()
            legal = [name for name, move in moves if dossier.status in move.sources]
            name = legal[lawful % len(legal)]
            group, reason = lifecycle.MOVES[name].roles[0], "Có lý do"
        move = lifecycle.MOVES[name]
        before = self.columns()
        arguments = arguments_of(name, str(self.moment(self.day + timedelta(days=30))))
        if move.reason:
            arguments["reason"] = reason
        point = self.case.env.cr.savepoint()
        try:
            getattr(self.case.as_user(group, dossier), f"action_{name}")(**arguments)
        except (AccessError, UserError):
            point.close(rollback=True)
            self.case.env.invalidate_all()
            assert self.columns() == before, f"{name} was refused and left something behind"
            return
        point.close(rollback=False)
        self.explained(before, dossier.sudo().event_ids[-1], move)

    def moment(self, day):
        return to_utc(datetime.combine(day, time(10)))

    def columns(self):
        dossier = self.dossier.sudo()
        return {field: dossier[field] for field in (*replay([]), "stage_id", "officer_id")} | {
            "slips": len(dossier.slip_ids)
        }

    def explained(self, before, event, move):
        """No slip, no pause: what stops, extends or ends the clock has its slip."""
        form = event.slip_id.form
        if event.from_status != event.to_status:
            forms = {
                "supplement": "02",
                "rejected": "03",
                "stopped": event.slip_id.regime_id.stop_form,
            }
            if event.to_status in forms:
                assert form == forms[event.to_status]
        if event.due_at and before["due_at"] and event.due_at > before["due_at"]:
            events = self.dossier.sudo().event_ids
            requested = events.filtered(lambda event: event.to_status == "supplement")[-1:]
            resumed = event.kind == "resume" and requested.slip_id.form == "02"
            assert form == "04" or resumed, "time was given without a slip"
            assert event.kind in ("extend", "resume", "reopen")
        assert event.kind != "reschedule", "no day has changed, yet the calendar gives another date"
        if before["ended_on"] and not event.ended_on:
            assert (event.kind, form) == ("reopen", "04")
        if move.slip:
            assert event.slip_id and (event.reason or not move.reason)

    @invariant()
    def the_ledger_is_whole(self):
        if self.dossier:
            assert self.dossier.status in lifecycle.STATUSES
            found = self.case.model("leader").verify_ledger(self.dossier.ids)
            assert not found, found


@tagged("post_install", "-at_install")
class TestRandomWalks(DossierCase):
    def test_random_walks(self):
        """200 walks of 35 moves, legal and illegal, by users of several groups."""
        with freeze_time(to_utc(datetime.combine(START, time(10)))) as frozen:
            Walk.case, Walk.frozen = self, frozen
            run_state_machine_as_test(
                Walk,
                settings=settings(
                    max_examples=200,
                    stateful_step_count=35,
                    deadline=None,
                    derandomize=True,
                    phases=[Phase.generate],  # a walk is read as it is; shrinking takes minutes
                    suppress_health_check=list(HealthCheck),
                ),
            )


@tagged("post_install", "-at_install")
class TestDossierLedger(DossierCase):
    def settled(self):
        dossier = self.received()
        officer = self.as_user("officer", dossier)
        with at("2023-06-06"):
            officer.action_process()
            officer.action_request_supplement("Thiếu ảnh")
        with at("2023-06-09"):
            officer.action_resume()
        with at("2023-06-12"):
            officer.action_settle()
        return dossier

    def tamper(self, statement, dossier, **values):
        """What a superuser of the database can do: past the guard of the ledger."""
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL session_replication_role = replica")
        self.env.cr.execute(statement, {"id": dossier.id, **values})
        self.env.cr.execute("SET LOCAL session_replication_role = origin")
        self.env.invalidate_all()

    def found(self, dossier):
        return {
            (problem["position"], problem["problem"])
            for problem in self.model("auditor").verify_ledger(dossier.ids)
        }

    def test_what_is_done_by_sql_is_found_and_located(self):
        event = "tthc_dossier_event WHERE dossier_id = %(id)s AND position = 4"
        where = event.split(" WHERE ")[1]
        swap = """UPDATE tthc_dossier_event SET position = CASE position WHEN 3 THEN 4 ELSE 3 END
                   WHERE dossier_id = %(id)s AND position IN (3, 4)"""
        again = """INSERT INTO tthc_dossier_event (dossier_id, company_id, position, kind,
                     happened_at, happened_on, counted_on, user_id, from_status,
                     to_status, digest)
                   SELECT dossier_id, company_id, 7, kind, happened_at, happened_on, counted_on,
                     user_id, 'settled', 'settled', digest FROM """
        for name, statement, expected in [
            (
                "changed",
                f"UPDATE tthc_dossier_event SET reason = 'khác' WHERE {where}",
                (4, "changed"),
            ),
            (
                "moved in time",
                f"UPDATE tthc_dossier_event SET happened_on = '2023-06-05' WHERE {where}",
                (4, "changed"),
            ),
            ("removed", f"DELETE FROM {event}", (4, "missing")),
            ("inserted", again + event, (7, "changed")),
            ("re-ordered", swap, (3, "changed")),
            (
                "due date",
                "UPDATE tthc_dossier SET due_on = '2023-12-31' WHERE id = %(id)s",
                (6, "projection: due_on"),
            ),
        ]:
            dossier = self.settled()
            self.assertEqual(self.found(dossier), set())
            point = self.env.cr.savepoint()
            if name == "re-ordered":  # the constraint is checked row by row
                constraint = "tthc_dossier_event_position_uniq"
                self.env.cr.execute(f"ALTER TABLE tthc_dossier_event DROP CONSTRAINT {constraint}")
            self.tamper(statement, dossier)
            with self.subTest(name):
                self.assertIn(expected, self.found(dossier))
            point.close(rollback=True)
            self.env.invalidate_all()

    def test_the_last_event_cannot_be_cut_off(self):
        dossier = self.settled()
        self.tamper(
            "DELETE FROM tthc_dossier_event WHERE dossier_id = %(id)s AND position = 6", dossier
        )
        [(position, problem)] = self.found(dossier)
        self.assertEqual(position, 5)
        self.assertIn("last_digest", problem)

    def test_everything_one_may_read(self):
        dossiers = self.settled() + self.received(procedure="calendar")
        self.assertEqual(self.model("auditor").verify_ledger(), [])
        self.tamper(
            "UPDATE tthc_dossier_event SET reason = 'x' WHERE dossier_id = %(id)s", dossiers[1]
        )
        self.assertEqual(
            {problem["dossier_id"] for problem in self.model("auditor").verify_ledger()},
            {dossiers[1].id},
        )
        self.assertEqual(self.model("officer").verify_ledger(), [], "another sector's")
        with self.assertRaises(AccessError):
            self.model("communication").verify_ledger()
