from odoo import api, fields, models


class TthcTrainingParticipant(models.Model):
    """Somebody who takes part in a training session: an officer, or somebody from outside."""

    _name = "tthc.training.participant"
    _description = "Participant of a training session"
    _inherit = "tthc.commune.mixin"
    _commune_field = "session_id"
    _order = "session_id, name, id"

    session_id = fields.Many2one(
        "tthc.training.session", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="session_id.company_id", store=True, index=True, string="Commune"
    )
    date = fields.Date(related="session_id.date_to", store=True, string="Day")
    user_id = fields.Many2one(
        "res.users",
        string="Officer of the commune",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: somebody who has no account here.",
    )
    name = fields.Char(
        required=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        string="Participant",
    )
    hours = fields.Float(
        compute="_compute_hours", store=True, readonly=False, precompute=True, aggregator=None
    )
    result = fields.Selection(
        [
            ("attended", "Took part"),
            ("passed", "Passed"),
            ("failed", "Did not pass"),
            ("absent", "Did not come"),
        ],
        required=True,
        default="attended",
    )
    hours_taken = fields.Float(
        compute="_compute_hours_taken",
        store=True,
        string="Hours taken part",
        help="Of sessions that were held; none of who was absent.",
    )
    certificate = fields.Char(help="Its number.")
    certificate_file = fields.Binary(attachment=True)
    certificate_filename = fields.Char()

    _once = models.UniqueIndex(
        "(session_id, user_id) WHERE user_id IS NOT NULL", "This officer is entered already."
    )
    _hours_range = models.Constraint("CHECK(hours >= 0)", "Hours are not below 0.")

    @api.depends("user_id")
    def _compute_name(self):
        for each in self:
            each.name = each.user_id.name or each.name

    @api.depends("session_id.hours")
    def _compute_hours(self):
        for each in self:
            each.hours = each.session_id.hours

    @api.depends("hours", "result", "session_id.state")
    def _compute_hours_taken(self):
        for each in self:
            took_part = each.session_id.state == "held" and each.result != "absent"
            each.hours_taken = each.hours if took_part else 0

    @api.model_create_multi
    def create(self, vals_list):
        participants = super().create(vals_list)
        participants._check_open()
        return participants

    def write(self, vals):
        self.check_access("write")  # before anything is said about the session
        # certificates come later
        if vals.keys() - {"certificate", "certificate_file", "certificate_filename"}:
            self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_open(self):
        self.session_id.deliverable_ids._check_open()
