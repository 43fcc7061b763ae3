from odoo.tests import tagged

from ..rules import lifecycle
from .common import BEFORE, REACH, DossierCase, arguments_of, at

CEILING = 6
# a slip and a code have their numbers; a pause that ends is reckoned from the ledger and its slip
CEILINGS = {"receive": 7, "resume": 8}
ONE_BY_ONE = ("record_result", "correct_result")  # a document belongs to one dossier


@tagged("post_install", "-at_install")
class TestDossierQueries(DossierCase):
    """What a move costs in SQL queries: as much for one dossier as for thirty."""

    def make(self, dossiers, name):
        getattr(dossiers, f"action_{name}")(**arguments_of(name))
        self.env.flush_all()

    def prepared(self, name, count):
        """Dossiers for which the move is legal, none of them in the cache."""
        dossiers = self.env["tthc.dossier"].create(
            [
                {
                    "procedure_id": self.procedures["days"].id,
                    "applicant_name": "An",
                    "company_id": self.company.id,
                }
            ]
            * count
        )
        status = sorted(lifecycle.MOVES[name].sources)[0]
        for step in REACH[status]:
            self.make(dossiers, step)
        if status == "processing":
            dossiers.action_process(self.other.id)  # nobody approves or takes over their own work
        if name in BEFORE:
            self.make(dossiers.with_user(self.other), BEFORE[name])
        self.env.invalidate_all()
        return dossiers

    def test_each_move(self):
        self.other = self.new_user("test_other_officer", "officer")
        self.other.tthc_sector_ids = self.civil
        for name, move in lifecycle.MOVES.items():
            role = "leader" if "leader" in move.roles else move.roles[-1]
            ceiling = CEILINGS.get(name, CEILING)
            # the first fills the caches of the user's rights
            for warm, count in ((False, 1), (True, 1), (True, 1 if name in ONE_BY_ONE else 30)):
                with at("2023-06-05"):
                    dossiers = self.as_user(role, self.prepared(name, count))
                with at("2023-06-06"), self.subTest(move=name, count=count):
                    before = self.env.cr.sql_log_count
                    self.make(dossiers, name)
                    if warm:
                        self.assertLessEqual(self.env.cr.sql_log_count - before, ceiling, name)
