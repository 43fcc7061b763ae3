from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# what is counted, by its key; those that fulfil it
COUNTED = {
    "authority": Domain.TRUE,
    "at_desk": Domain("at_desk", "=", True),
    "workflow": Domain("workflow_number", "!=", False),
    "steps": Domain("has_steps", "=", True),
    "online": Domain("online_level", "in", ("partial", "full")),
    "partial": Domain("online_level", "=", "partial"),
    "full": Domain("online_level", "=", "full"),
    "payment": Domain("online_payment", "=", True),
    "posted": Domain("posted", "=", True),
}
TARGETS = {"at_desk": 100, "workflow": 100, "posted": 100}  # in percent; NĐ 61/2018, the plan


class TthcCoverage(models.Model):
    """The figures of form II.07b and of the plan on the procedures of a commune, as of now."""

    _name = "tthc.coverage"
    _description = "Coverage of the procedures"
    _auto = False
    _order = "company_id, id"
    _rec_name = "figure"

    company_id = fields.Many2one("res.company", string="Commune", readonly=True)
    figure = fields.Selection(
        [
            ("authority", "Procedures under the authority of the commune"),
            ("at_desk", "Received at the one-stop desk"),
            ("workflow", "With an internal workflow issued"),
            ("steps", "With the steps of the workflow entered"),
            ("online", "Online, partly or fully"),
            ("partial", "Partly online"),
            ("full", "Fully online"),
            ("payment", "With online payment"),
            ("posted", "Posted everywhere and up to date"),
        ],
        readonly=True,
    )
    counted = fields.Integer(readonly=True, aggregator=None)
    missing = fields.Integer(readonly=True, aggregator=None)
    total = fields.Integer(readonly=True, aggregator=None)
    rate = fields.Float(string="Rate (%)", readonly=True, aggregator=None)
    target = fields.Float(string="Target (%)", compute="_compute_target")
    below = fields.Boolean(compute="_compute_target", string="Below the target")

    _depends = {
        "tthc.procedure.commune": [
            "company_id",
            "procedure_id",
            "at_desk",
            "online_payment",
            "workflow_number",
        ],
        "tthc.procedure": ["has_workflow", "level", "online_level"],
        "tthc.posting": ["procedure_id", "company_id", "state"],
    }

    @property
    def _table_query(self):
        return SQL(
            """WITH counts AS (
                 SELECT f.company_id, count(*) AS authority,
                        count(*) FILTER (WHERE f.at_desk) AS at_desk,
                        count(*) FILTER (WHERE f.workflow_number <> '') AS workflow,
                        count(*) FILTER (WHERE p.has_workflow) AS steps,
                        count(*) FILTER (WHERE p.online_level = 'partial') AS partial,
                        count(*) FILTER (WHERE p.online_level = 'full') AS full,
                        count(*) FILTER (WHERE f.online_payment) AS payment,
                        count(*) FILTER (WHERE %s) AS posted
                   FROM tthc_procedure_commune f
                   JOIN tthc_procedure p ON p.id = f.procedure_id AND p.level = 'commune'
               GROUP BY f.company_id)
               SELECT c.company_id * 10 + each.number AS id, c.company_id, each.figure,
                      each.counted, c.authority - each.counted AS missing,
                      c.authority AS total, 100.0 * each.counted / c.authority AS rate
                 FROM counts c CROSS JOIN LATERAL (VALUES
                      (0, 'authority', c.authority), (1, 'at_desk', c.at_desk),
                      (2, 'workflow', c.workflow), (3, 'steps', c.steps),
                      (4, 'online', c.partial + c.full), (5, 'partial', c.partial),
                      (6, 'full', c.full), (7, 'payment', c.payment), (8, 'posted', c.posted)
                 ) AS each (number, figure, counted)""",
            self.env["tthc.procedure.commune"]._posted_condition(),
        )

    @api.depends("figure", "rate")
    def _compute_target(self):
        for each in self:
            each.target = TARGETS.get(each.figure, 0)
            each.below = each.rate < each.target

    def action_counted(self):
        return self._open(COUNTED[self.figure])

    def action_missing(self):
        return self._open(~COUNTED[self.figure])

    def _open(self, domain):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tthc_onestop.procedure_commune_action"
        )
        of_commune = Domain("company_id", "=", self.company_id.id)
        in_force = Domain("procedure_id.level", "=", "commune")
        labels = dict(self._fields["figure"]._description_selection(self.env))
        return action | {
            "display_name": labels[self.figure],
            "domain": list(of_commune & in_force & domain),
            "context": {"search_default_by_sector": 1},
        }
