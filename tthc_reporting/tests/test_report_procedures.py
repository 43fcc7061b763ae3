from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.tthc_onestop.tests.common import at

from ..models.report import Scope
from ..rules.forms import FORMS
from .history import behind
from .test_report_forms import Q2, FormsCase


@tagged("post_install", "-at_install")
class TestProcedures(FormsCase):
    def test_procedures_of_the_commune(self):
        """II.07b: the commune fills in its own line, of its own level, whoever asks."""
        facts = self.env["tthc.procedure.commune"].search([("company_id", "=", self.company.id)])
        own = facts.filtered(lambda fact: fact.code == self.procedures["days"].code)
        own.workflow_number = "12/QĐ-UBND"
        facts.filtered(lambda fact: fact.code == self.procedures["hours"].code).at_desk = False
        self.procedures["open"].action_abolish(self.decision().id)
        # of a version that takes effect after the period the one before still counts
        later = self.decision("2023-07-01")
        self.procedures["calendar"].copy({"decision_id": later.id}).action_publish()
        in_force = self.env["tthc.procedure"].search_count([("state", "=", "published")])
        days = Q2[0], Q2[1], self.company.id
        for group in ("statistician", "leader", "officer"):
            report = self.model(group, "tthc.report")
            sheet = report.get_figures("II.07b", *days)
            [row] = sheet["rows"]
            self.assertEqual((row["key"], row["label"]), (self.company.id, self.company.name))
            self.assertEqual(
                row["values"],
                {
                    "3": in_force, "4": 0, "5": 0, "6": in_force,
                    "7": in_force - 1, "8": 0, "9": 0, "10": in_force - 1,
                    "11": 1, "12": 0, "13": 0, "14": 1,
                },
            )  # fmt: skip
            self.assertTrue(all(identity["holds"] for identity in sheet["identities"]))

    def test_a_figure_opens_what_it_counts(self):
        self.received("2023-03-20")
        period = self.model("statistician", "tthc.report.period").create(
            {"kind": "quarter", "year": 2023, "quarter": 2}
        )
        with at("2023-06-15"):
            period.action_collect()
            period.action_prepare_hand_ins()
            shown = []
            for sealed in (False, True):
                if sealed:
                    period.action_ask_approval()
                    period.with_user(self.users["leader"]).action_approve()
                    period.action_seal()
                officer = period.with_user(self.users["officer"])
                self.assertEqual(officer.sheets["II.07b"], period.sheets["II.07b"])
                hand_in = officer.env["tthc.report.hand.in"].search([])
                for record, key in [(period, None), (officer, self.company.id), (hand_in, None)]:
                    action = record.action_open_dossiers("II.07b", "6", key)
                    self.assertEqual(action["res_model"], "tthc.procedure")
                    shown.append(behind(record, "II.07b", "6", key))
                    counted = record.sheets["II.07b"]["total"]["values"]["6"]
                    self.assertEqual(len(shown[-1]), counted)
                action = period.action_open_dossiers("II.08", "3", self.civil.id)
                self.assertEqual(action["res_model"], "tthc.dossier")
                self.assertEqual(len(behind(period, "II.08", "3", self.civil.id)), 1)
        self.assertTrue(shown[0])
        self.assertTrue(all(ids == shown[0] for ids in shown))


@tagged("post_install", "-at_install")
class TestPublication(FormsCase):
    """On tables of its own, with nothing but the columns that the form asks for."""

    def sheet(self, code, first, last):
        scope = Scope(FORMS[code], first, last, self.company, SQL("TRUE"))
        matrix = self.report._matrix(scope)
        self.assertTrue(all(identity.holds for identity in matrix.identities), matrix)
        return matrix

    def test_publication(self):
        """II.03b by hand: what was decided in the period, and what of it hangs by its last day."""
        self.env.flush_all()
        company = self.company.id
        self.env.cr.execute(
            """
            CREATE TEMP TABLE tthc_procedure_decision ON COMMIT DROP AS
                SELECT * FROM (VALUES (1, DATE '2023-03-14'), (2, DATE '2023-06-14'))
                    AS decided (id, signed_on);
            CREATE TEMP TABLE tthc_procedure ON COMMIT DROP AS
                SELECT id, 1 AS version, sector_id, 'published' AS state,
                       CASE WHEN id = %s THEN 1 ELSE 2 END AS decision_id,
                       CASE WHEN id = %s THEN 'abolished' ELSE 'new' END AS change_kind
                  FROM public.tthc_procedure WHERE id IN %s;
            CREATE TEMP TABLE tthc_posting ON COMMIT DROP AS
                SELECT * FROM (VALUES (%s, %s, DATE '2023-06-14', NULL::date),
                                      (%s, %s, '2023-06-15', NULL),
                                      (%s, %s, '2023-06-13', '2023-06-14'))
                    AS hung (procedure_id, company_id, posted_on, taken_down_on)""",
            [
                *(self.procedures["days"].id, self.procedures["open"].id),
                tuple(procedure.id for procedure in self.procedures.values()),
                *(self.procedures["calendar"].id, company),
                *(self.procedures["hours"].id, company),
                *(self.procedures["open"].id, company),
            ],
        )
        self.assertEqual(
            self.sheet("II.03b", *Q2).total.values,
            {"3": 3, "4": 2, "5": 0, "6": 0, "7": 1, "8": 1},
        )
