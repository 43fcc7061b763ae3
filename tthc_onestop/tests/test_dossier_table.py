from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..rules import lifecycle
from .common import BEFORE, REACH, DossierCase, arguments_of, at, change_calendar


@tagged("post_install", "-at_install")
class TestDossierTable(DossierCase, HttpCase):
    """Status × move × group over RPC: refused as it should be, or done."""

    def make(self, dossier, name):
        getattr(dossier.sudo(), f"action_{name}")(**arguments_of(name))

    def prepare(self, dossier, name):
        """Make the move legal, when the status of the dossier allows it."""
        if dossier.status not in lifecycle.MOVES[name].sources:
            return
        if name == "reschedule":
            change_calendar(self.env)
        elif name == "take_over":
            dossier.sudo().action_process(self.other.id)
        elif name == "confirm_handover":
            dossier.with_user(self.other).sudo().action_process(self.users["officer"].id)
        elif name in BEFORE:
            self.make(dossier.with_user(self.other), BEFORE[name])

    def call(self, group, dossier, name):
        answer = self.url_open(
            "/web/dataset/call_kw",
            json={
                "params": {
                    "model": "tthc.dossier",
                    "method": f"action_{name}",
                    "args": [dossier.ids],
                    "kwargs": arguments_of(name),
                }
            },
        ).json()
        return answer.get("error", {}).get("data", {}).get("name")

    @mute_logger("odoo.http")
    def test_every_status_and_move_for_every_group(self):
        self.other = self.new_user("test_other_officer", "officer")
        dossiers = {}
        with at("2023-06-05"):
            for status, way in REACH.items():
                dossiers[status] = self.new()
                for name in way:
                    self.make(dossiers[status], name)
                self.assertEqual(dossiers[status].status, status)
        with at("2023-06-06"):
            for group in self.users:
                self.authenticate(f"test_{group}", f"test_{group}")
                for status, dossier in dossiers.items():
                    for name, move in lifecycle.MOVES.items():
                        with self.subTest(status=status, move=name, group=group):
                            self.check(group, status, dossier, name, move)

    def check(self, group, status, dossier, name, move):
        point = self.env.cr.savepoint()
        self.prepare(dossier, name)
        before = dossier.event_count
        error = self.call(group, dossier, name)
        self.env.invalidate_all()
        if group not in move.roles:
            self.assertEqual(error, "odoo.exceptions.AccessError")
        elif status not in move.sources:
            self.assertEqual(error, "odoo.exceptions.UserError")
        else:
            self.assertIsNone(error)
            self.assertEqual(dossier.status, move.target or status)
            before += 1
        self.assertEqual(dossier.event_count, before)
        point.close(rollback=True)
        self.env.invalidate_all()
        if name == "reschedule":
            self.env.registry.clear_cache()
