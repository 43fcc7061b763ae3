from odoo.tests import HttpCase, tagged

from ..rules import lifecycle
from .common import DossierCase, arguments_of, at

# a way to each status; another agency is asked on the way, so that its answer may be recorded
REACH = {
    "submitted": [],
    "received": ["receive", "ask_agency"],
    "rejected": ["reject"],
    "processing": ["receive", "ask_agency", "process"],
    "supplement": ["receive", "ask_agency", "request_supplement"],
    "payment": ["receive", "ask_agency", "request_payment"],
    "withdrawn": ["receive", "ask_agency", "withdraw"],
    "stopped": ["receive", "ask_agency", "stop"],
    "settled": ["receive", "ask_agency", "settle"],
    "returned": ["receive", "ask_agency", "settle", "return"],
}
# what must have happened just before, for the move to be legal from its sources
BEFORE = {
    "approve": "submit_for_signature",
    "send_back": "submit_for_signature",
    "correct_result": "record_result",
}


@tagged("post_install", "-at_install", "slow")
class TestDossierTable(DossierCase, HttpCase):
    """Status × move × group over RPC: refused as it should be, or done."""

    def make(self, dossier, name):
        getattr(dossier.sudo(), f"action_{name}")(**arguments_of(name))

    def prepare(self, dossier, name):
        """Make the move legal, when the status of the dossier allows it."""
        if dossier.status not in lifecycle.MOVES[name].sources:
            return
        if name == "take_over":
            dossier.sudo().action_process(self.other.id)
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
