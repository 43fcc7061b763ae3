from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class TthcProcedureCommune(models.Model):
    """What a commune does of a procedure, whichever its version: entered once by the software."""

    _name = "tthc.procedure.commune"
    _description = "Procedure in a commune"
    _inherit = ["tthc.commune.mixin"]
    _order = "code"
    _rec_name = "code"

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True, string="Commune"
    )
    code = fields.Char(required=True, readonly=True)
    procedure_id = fields.Many2one(
        "tthc.procedure",
        string="Version in force",
        readonly=True,
        index=True,
        ondelete="set null",
        help="None: no version is in force now.",
    )
    name = fields.Char(related="procedure_id.name")
    sector_id = fields.Many2one(related="procedure_id.sector_id")
    online_level = fields.Selection(related="procedure_id.online_level")
    has_steps = fields.Boolean(related="procedure_id.has_workflow", string="Steps entered")
    at_desk = fields.Boolean(
        string="Received at the desk",
        default=True,
        help="NĐ 61/2018 Đ14: the desk receives what the commune handles; not what is received "
        "on the spot or away from the office. The plan asks for all.",
    )
    online_payment = fields.Boolean(help="Its fee can be paid on the portal.")
    workflow_number = fields.Char(
        string="Decision on the workflow",
        help="The decision that issued the internal workflow (TT 01/2018 Đ8). Empty: none.",
    )
    workflow_on = fields.Date(string="Workflow issued on")
    posted = fields.Boolean(
        compute="_compute_posted",
        search="_search_posted",
        string="Posted everywhere",
        help="The version in force hangs at every place of the commune.",
    )
    note = fields.Char()

    _code_uniq = models.Constraint(
        "UNIQUE(company_id, code)", "The commune has this procedure already."
    )

    @api.depends("procedure_id.posting_ids.state")
    def _compute_posted(self):
        posted = self.search([("id", "in", self.ids), ("posted", "=", True)])
        for each in self:
            each.posted = each in posted

    def _search_posted(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._posted_domain() if True in value else ~self._posted_domain()

    @api.model
    def _posted_domain(self):
        return Domain(
            "id",
            "in",
            SQL("(SELECT f.id FROM tthc_procedure_commune f WHERE %s)", self._posted_condition()),
        )

    @api.private
    @api.model
    def _posted_condition(self):
        """Whether the version in force of ``f`` hangs at every place, of which there is one."""
        return SQL(
            """EXISTS (SELECT FROM tthc_posting k
                        WHERE k.procedure_id = f.procedure_id
                          AND k.company_id = f.company_id AND k.state = 'posted')
               AND NOT EXISTS (SELECT FROM tthc_posting k
                                WHERE k.procedure_id = f.procedure_id
                                  AND k.company_id = f.company_id AND k.state = 'needed')"""
        )

    @api.private
    @api.model
    def _sync(self, procedures=None, companies=None):
        """Give each commune every procedure that has a version in force, and that version."""
        self.env.flush_all()
        codes, communes = SQL("TRUE"), SQL("TRUE")
        if procedures is not None:
            codes = SQL("code = ANY(%s)", procedures.mapped("code"))
        if companies is not None:
            communes = SQL("c.id = ANY(%s)", companies.ids)
        in_force = SQL(
            """SELECT DISTINCT ON (code) code, id FROM tthc_procedure
                WHERE state = 'published' AND active AND %s ORDER BY code, version DESC""",
            codes,
        )
        self.env.cr.execute(
            SQL(
                """INSERT INTO tthc_procedure_commune AS f
                          (company_id, code, procedure_id, at_desk, create_uid, create_date)
                   SELECT c.id, v.code, v.id, TRUE, %s, now() at time zone 'UTC'
                     FROM res_company c, (%s) v WHERE c.active AND %s
                ON CONFLICT (company_id, code) DO UPDATE SET procedure_id = EXCLUDED.procedure_id
                    WHERE f.procedure_id IS DISTINCT FROM EXCLUDED.procedure_id""",
                self.env.uid,
                in_force,
                communes,
            )
        )
        self.env.cr.execute(
            SQL(
                """UPDATE tthc_procedure_commune f SET procedure_id = NULL
                    WHERE f.procedure_id IS NOT NULL AND %s
                      AND NOT EXISTS (SELECT FROM (%s) v WHERE v.id = f.procedure_id)""",
                codes,
                in_force,
            )
        )
        self.invalidate_model()
