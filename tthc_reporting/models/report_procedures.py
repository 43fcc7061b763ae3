from odoo import models
from odoo.tools import SQL

from .report import Facts, Level

NONE, ALL = SQL("FALSE"), SQL("TRUE")
AT_DESK, WITH_WORKFLOW = SQL("at_desk"), SQL("has_workflow")


class TthcReport(models.AbstractModel):
    _inherit = "tthc.report"

    def _facts_procedures(self, scope):
        """Form II.07b: the catalogue of a commune; the columns of other levels are not its own."""
        return Facts(
            SQL("WITH %s, scope AS (SELECT * FROM catalogue)", self._catalogue(scope)),
            {
                **{"3": ALL, "4": NONE, "5": NONE, "6": ALL},
                **{"7": AT_DESK, "8": NONE, "9": NONE, "10": AT_DESK},
                **{"11": WITH_WORKFLOW, "12": NONE, "13": NONE, "14": WITH_WORKFLOW},
            },
            levels=(Level(SQL("company_id"), "res.company"),),
        )

    def _catalogue(self, scope):
        """The procedures in force in the commune on the last day, as a named query.

        The versions are those of the day; what the commune does of each is what it says now.
        """
        self.env.flush_all()
        return SQL(
            """
            catalogue AS (
                SELECT procedure.id, procedure.version AS position, procedure.sector_id,
                       %(company)s::int AS company_id, fact.at_desk IS NOT FALSE AS at_desk,
                       COALESCE(fact.workflow_number, '') <> '' AS has_workflow
                  FROM tthc_procedure procedure
                  LEFT JOIN tthc_procedure_commune fact
                    ON fact.code = procedure.code AND fact.company_id = %(company)s
                 WHERE procedure.id IN %(in_force)s AND procedure.level = 'commune'
            )""",
            company=scope.company.id,
            in_force=self.env["tthc.procedure"].ids_in_force(scope.date_to),
        )

    def _facts_publication(self, scope):
        """Form II.03b: the versions that were decided in the period, and which hang at the desk."""
        self.env.flush_all()
        return Facts(
            SQL(
                """
                WITH scope AS (
                    SELECT procedure.id, procedure.version AS position, procedure.sector_id,
                           procedure.change_kind,
                           EXISTS (SELECT FROM tthc_posting
                                    WHERE procedure_id = procedure.id AND company_id = %(company)s
                                      AND posted_on <= %(last)s
                                      AND (taken_down_on <= %(last)s) IS NOT TRUE) AS posted
                      FROM tthc_procedure procedure
                      JOIN tthc_procedure_decision decision ON decision.id = procedure.decision_id
                     WHERE decision.signed_on BETWEEN %(first)s AND %(last)s
                       AND procedure.state != 'draft'
                )""",
                company=scope.company.id,
                first=scope.date_from,
                last=scope.date_to,
            ),
            {
                "3": ALL,
                "4": SQL("change_kind = 'new'"),
                "5": SQL("change_kind = 'amended'"),
                "6": SQL("change_kind = 'replaced'"),
                "7": SQL("change_kind = 'abolished'"),
                "8": SQL("posted"),
            },
        )
