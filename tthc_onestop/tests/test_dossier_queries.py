from lxml import etree

from odoo.tests import tagged

from ..rules import lifecycle
from .common import BEFORE, REACH, DossierCase, arguments_of, at, change_calendar

CEILING = 6
# a slip and a code have their numbers; a pause that ends is reckoned from the ledger and its slip,
# and a date that the calendar moves has a new one that repeats it
CEILINGS = {"receive": 7, "resume": 8, "reschedule": 9}
FEW, MANY = 4, 75  # together on one page of 80
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
            # nobody approves or takes over their own work
            taker = self.users["officer"] if name == "confirm_handover" else self.other
            dossiers.action_process(taker.id)
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


class ViewQueryCase(DossierCase):
    """What opening the views of a model costs in SQL queries."""

    viewed = "tthc.dossier"

    def specification(self, view_type):
        """The fields of a view, as the web client asks for them."""
        answer = self.model("leader", self.viewed).get_views([(False, view_type)])
        arch = etree.fromstring(answer["views"][view_type]["arch"])
        return self.fields_within(arch, answer["models"], self.viewed)

    def fields_within(self, node, models, model, depth=0):
        found = {}
        for field in node.xpath(f".//field[count(ancestor::field) = {depth}]"):
            described = models[model]["fields"][field.get("name")]
            found[field.get("name")] = {}
            if described["type"] == "many2one":
                found[field.get("name")] = {"fields": {"display_name": {}}}
            elif "relation" in described:
                inner = self.fields_within(field, models, described["relation"], depth + 1)
                found[field.get("name")] = {"fields": inner}
        return found

    def count(self, opening):
        """How many queries it takes a warm server that has no record in its cache."""
        for _ in range(2):
            opening()
            self.env.flush_all()
            self.env.invalidate_all()
        before = self.cr.sql_log_count
        opening()
        return self.cr.sql_log_count - before

    def check(self, opening, make_more, ceiling):
        few = self.count(opening)
        make_more()
        self.assertEqual(self.count(opening), few, "it grows with the number of records")
        self.env.invalidate_all()
        with self.assertQueryCount(ceiling):
            opening()


@tagged("post_install", "-at_install")
class TestViewQueries(ViewQueryCase):
    """Opening a view costs the same for a few records and for many."""

    def setUp(self):
        super().setUp()
        self.enterContext(at("2023-06-05"))
        self.dossiers = self.file(FEW)

    def file(self, count):
        """Dossiers in several stages, with their officers, papers, slips and an activity."""
        values = {
            "procedure_id": self.procedures["days"].id,
            "applicant_name": "Nguyễn Thị Đào",
            "company_id": self.company.id,
        }
        dossiers = self.model("counter").create([values] * count)
        dossiers.action_receive()
        officer = self.as_user("officer", dossiers)
        officer[count // 4 :].action_process()
        officer[count // 2 :].action_request_supplement("Thiếu ảnh")
        officer[3 * count // 4 :].action_resume()
        for dossier in dossiers:
            dossier.activity_schedule("mail.mail_activity_data_todo", user_id=self.env.uid)
        return dossiers

    def test_kanban(self):
        specification = self.specification("kanban")

        def opening():
            answer = self.model("leader").web_read_group(
                [("company_id", "=", self.company.id)],
                ["stage_id"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=specification,
                unfold_read_default_limit=80,
            )
            return sum(len(group.get("__records", ())) for group in answer["groups"])

        self.assertEqual(opening(), FEW)
        self.check(opening, lambda: self.file(MANY), 13)
        self.assertEqual(opening(), FEW + MANY)

    def test_list(self):
        specification = self.specification("list")

        def opening():
            answer = self.model("leader").web_search_read(
                [("company_id", "=", self.company.id)], specification, limit=80, count_limit=10001
            )
            return len(answer["records"])

        self.assertEqual(opening(), FEW)
        self.check(opening, lambda: self.file(MANY), 6)
        self.assertEqual(opening(), FEW + MANY)

    def test_form(self):
        """However long its ledger, and however many slips and requests it has."""
        specification = self.specification("form")
        dossier = self.as_user("leader", self.dossiers[-1])

        def opening():
            [values] = dossier.web_read(specification)
            return len(values["event_ids"])

        def ask(times=MANY):
            for number in range(times):
                dossier.action_ask_agency("Xác minh", f"Cơ quan {number}", "2023-06-09")

        ask(1)
        self.assertEqual(opening(), 6)
        self.check(opening, ask, 24)
        self.assertEqual(opening(), 6 + MANY)
