from lxml import etree

from odoo.tests import tagged

from ..rules import lifecycle
from .common import BEFORE, REACH, DossierCase, arguments_of, at, change_calendar

CEILING = 6
# a slip and a code have their numbers; a pause that ends is reckoned from the ledger and its slip,
# and a date that the calendar moves has a new one that repeats it
CEILINGS = {"receive": 7, "resume": 8, "reschedule": 9}
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
            * (count + (name == "reschedule"))
        )
        status = sorted(lifecycle.MOVES[name].sources)[0]
        for step in REACH[status]:
            self.make(dossiers, step)
        if status == "processing":
            dossiers.action_process(self.other.id)  # nobody approves or takes over their own work
        if name in BEFORE:
            self.make(dossiers.with_user(self.other), BEFORE[name])
        if name == "reschedule":
            change_calendar(self.env)
            dossiers, first = dossiers[1:], dossiers[0]
            with at("2023-06-06"):  # fills the caches of the day, which the change emptied
                self.make(self.as_user("leader", first), name)
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


@tagged("post_install", "-at_install")
class TestViewQueries(DossierCase):
    """What opening the kanban, the list and the form costs, asked for as the web client does."""

    def specification(self, view_type):
        """What the client reads for a view of dossiers."""
        view = self.model("counter").get_view(view_type=view_type)
        return self._fields_of(etree.fromstring(view["arch"]), self.env["tthc.dossier"])

    def _fields_of(self, arch, model):
        wanted = {}
        for node in arch.xpath(".//field[not(ancestor::field)]"):
            field = model._fields[node.get("name")]
            wanted[field.name] = {}
            if field.relational:
                comodel = self.env[field.comodel_name]
                inner = {"display_name": {}}
                for view in node:
                    inner = self._fields_of(view, comodel)
                wanted[field.name] = {"fields": inner}
        return wanted

    def counted(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        return self.env.cr.sql_log_count - before

    def test_each_view(self):
        model = self.model("leader")
        domain = [("company_id", "=", self.company.id)]
        kanban, lines = self.specification("kanban"), self.specification("list")
        form = self.specification("form")
        calls = {
            "kanban": lambda: model.web_read_group(
                domain,
                ["stage_id"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=kanban,
                unfold_read_default_limit=80,
            ),
            "list": lambda: model.web_search_read(domain, lines, limit=80),
            "form": lambda: model.search(domain, limit=1).web_read(form),
        }
        found = {}
        with at("2023-06-05"):
            for many in (2, 70):
                for _ in range(many):
                    self.received().action_process()
                for call in calls.values():  # fills the caches of rights
                    self.counted(call)
                found[many] = {name: self.counted(call) for name, call in calls.items()}
        self.assertEqual(found[2], found[70], "as many for two as for a page")
        for name, ceiling in {"kanban": 9, "list": 6, "form": 17}.items():
            self.assertLessEqual(found[70][name], ceiling, name)
