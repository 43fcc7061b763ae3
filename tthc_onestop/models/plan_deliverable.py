from odoo import api, fields, models
from odoo.exceptions import UserError


class TthcPlanDeliverable(models.Model):
    """What a task delivers: expected first, then with its number, day, and file or link."""

    _name = "tthc.plan.deliverable"
    _description = "Deliverable of a plan task"
    _inherit = "tthc.commune.mixin"
    _commune_field = "task_id"
    _order = "task_id, sequence, id"

    task_id = fields.Many2one("tthc.plan.task", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(
        related="task_id.company_id", store=True, index=True, string="Commune"
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("this_plan", "This plan itself"),
            ("plan", "Plan"),
            ("decision", "Decision"),
            ("guidance", "Guidance document"),
            ("report", "Report, figures"),
            ("news", "News item"),
            ("training", "Training"),
            ("inspection", "Inspection record"),
            ("opinion", "Opinion on a draft"),
            ("initiative", "Initiative"),
            ("budget", "Budget item"),
            ("other", "Other"),
        ],
        required=True,
        default="report",
    )
    name = fields.Char(required=True, string="Deliverable")
    number = fields.Char(copy=False, help="Of the document, as in 12/QĐ-UBND.")
    date = fields.Date(copy=False, string="Day")
    file = fields.Binary(attachment=True, copy=False)
    filename = fields.Char(copy=False)
    url = fields.Char(string="Link", copy=False)
    delivered = fields.Boolean(compute="_compute_delivered", store=True)

    _url_safe = models.Constraint(
        "CHECK(url ~* '^https?://')", "A link begins with https:// or http://."
    )

    @api.depends("number", "date", "filename", "url")
    def _compute_delivered(self):
        """It has its day, and a number, file or link by which it is found."""
        for each in self:
            each.delivered = bool(each.date and (each.number or each.filename or each.url))

    @api.model_create_multi
    def create(self, vals_list):
        deliverables = super().create(vals_list)
        deliverables._check_open()
        return deliverables

    def write(self, vals):
        self.check_access("write")  # before anything is said about the task
        self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_open(self):
        """:raises UserError: the leader has approved, or is asked to approve, what is there"""
        if self.task_id.filtered(lambda task: task.approval_state in ("waiting", "approved")):
            raise UserError(
                self.env._("The leader was shown these deliverables: take the task back first.")
            )
