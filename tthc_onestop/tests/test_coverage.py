from odoo import Command
from odoo.tests import tagged

from ..models.coverage import COUNTED
from .test_posting import LINK, PostingCase


@tagged("post_install", "-at_install")
class TestCoverage(PostingCase):
    def figures(self, group="statistician"):
        found = self.model(group, "tthc.coverage").search([("company_id", "=", self.company.id)])
        return {each.figure: each for each in found}

    def in_commune(self, name):
        return self.env["tthc.procedure.commune"].search(
            [("company_id", "=", self.company.id), ("code", "=", self.procedures[name].code)]
        )

    def slow(self):
        """The counts of every figure, procedure by procedure."""
        mine = self.env["tthc.procedure.commune"].search([("company_id", "=", self.company.id)])
        mine = [each for each in mine if each.procedure_id.state == "published"]
        places = self.board + self.loudspeaker

        def posted(each):
            hanging = each.procedure_id.posting_ids.filtered(lambda one: one.state == "posted")
            return hanging.place_id == places

        conditions = {
            "authority": lambda each: True,
            "at_desk": lambda each: each.at_desk,
            "workflow": lambda each: bool(each.workflow_number),
            "steps": lambda each: bool(each.procedure_id.step_ids),
            "online": lambda each: each.procedure_id.online_level in ("partial", "full"),
            "partial": lambda each: each.procedure_id.online_level == "partial",
            "full": lambda each: each.procedure_id.online_level == "full",
            "payment": lambda each: each.online_payment,
            "posted": posted,
        }
        return {
            name: (sum(map(holds, mine)), len(mine) - sum(map(holds, mine)))
            for name, holds in conditions.items()
        }

    def prepare(self):
        self.in_commune("days").write({"at_desk": False, "online_payment": True})
        self.in_commune("hours").write({"workflow_number": "12/QĐ-UBND"})
        self.revise("hours", online_level="full")
        self.revise("days", online_level="partial")
        self.revise("open", step_ids=[Command.create({"name": "Thẩm định"})])
        for place in self.board + self.loudspeaker:
            self.posting(place, self.procedures["days"]).action_post(url=LINK)
        self.posting(self.board, self.procedures["hours"]).action_post(url=LINK)

    def test_against_a_slow_count(self):
        self.prepare()
        self.env.flush_all()
        found = {name: (each.counted, each.missing) for name, each in self.figures().items()}
        self.assertEqual(found, self.slow())
        self.assertEqual(found["posted"][0], 1)

    def test_each_figure_opens_what_it_counts(self):
        self.prepare()
        figures = self.figures()
        self.assertEqual(figures.keys(), COUNTED.keys())
        for name, each in figures.items():
            for action, count in (
                (each.action_counted(), each.counted),
                (each.action_missing(), each.missing),
            ):
                with self.subTest(figure=name, title=action["display_name"]):
                    model = self.model("statistician", action["res_model"])
                    self.assertEqual(model.search_count(action["domain"]), count)
                    self.assertEqual(each.counted + each.missing, each.total)

    def test_targets(self):
        figures = self.figures()
        self.assertEqual((figures["at_desk"].rate, figures["at_desk"].below), (100, False))
        self.in_commune("days").at_desk = False
        self.env.invalidate_all()
        self.assertTrue(self.figures()["at_desk"].below)
        self.assertFalse(figures["full"].below, "nothing is asked of it")

    def test_the_facts_stay_with_the_code(self):
        facts = self.in_commune("days")
        self.assertTrue(facts.at_desk)
        facts.workflow_number = "12/QĐ-UBND"
        total = self.figures()["authority"].total
        new = self.new_version(self.procedures["days"])
        self.env.invalidate_all()
        self.assertEqual((facts.procedure_id, facts.workflow_number), (new, "12/QĐ-UBND"))
        self.assertEqual(self.figures()["authority"].total, total)
        self.abolish(new)
        self.env.invalidate_all()
        self.assertFalse(facts.procedure_id)
        self.assertEqual(self.figures()["authority"].total, total - 1)

    def test_a_new_commune_has_all(self):
        company = self.env["res.company"].create({"name": "UBND xã Mới"})
        facts = self.env["tthc.procedure.commune"].search([("company_id", "=", company.id)])
        in_force = self.env["tthc.procedure"].search([("state", "=", "published")])
        self.assertEqual(facts.procedure_id, in_force)
        self.assertTrue(all(facts.mapped("at_desk")))

    def test_queries(self):
        self.figures()  # fills the caches
        self.env.invalidate_all()
        with self.assertQueryCount(3):
            self.model("statistician", "tthc.coverage").web_search_read(
                [], {name: {} for name in ("figure", "counted", "missing", "rate", "below")}
            )

    def test_grouped_by_sector(self):
        groups = self.model("statistician", "tthc.procedure.commune").formatted_read_group(
            [("procedure_id", "!=", False)], ["sector_id"], ["__count"]
        )
        self.assertGreater(len(groups), 1)
