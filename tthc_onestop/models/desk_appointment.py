from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..rules.appointment import DESK, FOCAL, SIGNING
from .res_company import local_today

# the role that each duty is done with; an appointment gives none of them
ROLES = {
    FOCAL: "tthc_onestop.group_statistician",
    DESK: "tthc_onestop.group_counter",
    SIGNING: "tthc_onestop.group_leader",
}
# what a decision that has taken effect says of whom
FIXED = {"company_id", "user_id", "duty", "date_from"}


class TthcDeskAppointment(models.Model):
    """A decision that appoints somebody to a duty at the desk, from a local day on."""

    _name = "tthc.desk.appointment"
    _description = "Appointment to the desk"
    _inherit = [
        *("mail.thread", "mail.activity.mixin"),
        *("tthc.cached.mixin", "tthc.commune.mixin"),
    ]
    _order = "date_from desc, id desc"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        string="Commune",
    )
    user_id = fields.Many2one(
        "res.users", required=True, ondelete="restrict", index=True, string="Appointed"
    )
    duty = fields.Selection(
        [
            (FOCAL, "Focal point for the control of procedures"),
            (DESK, "Officer of the one-stop desk"),
            (SIGNING, "Leader who signs results"),
        ],
        required=True,
        default=DESK,
    )
    date_from = fields.Date(required=True, string="From", tracking=True)
    date_to = fields.Date(string="To", tracking=True, help="Empty: until it is ended.")
    number = fields.Char(required=True, string="Decision", help="Its number, as in 12/QĐ-UBND.")
    date = fields.Date(string="Signed on", required=True)
    signer_name = fields.Char(string="Signed by", required=True)
    file = fields.Binary(attachment=True)
    filename = fields.Char()
    running = fields.Boolean(
        compute="_compute_running", search="_search_running", string="In force today"
    )
    substitute_ids = fields.Many2many(
        "res.users",
        compute="_compute_running",
        string="Substitutes today",
        help="Who stands in today for the appointed, who is absent.",
    )
    # of which last day the office was warned: of each once
    warned_of = fields.Date(readonly=True, copy=False)

    _dates_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_from <= date_to)", "An appointment ends after it begins."
    )
    # the initials of the duties differ; = beside && would need an extension of PostgreSQL
    _once_at_a_time = models.Constraint(
        """EXCLUDE USING gist (
            int4range(company_id, company_id, '[]') WITH &&,
            int4range(user_id, user_id, '[]') WITH &&,
            int4range(ascii(duty::text), ascii(duty::text), '[]') WITH &&,
            daterange(date_from, date_to, '[]') WITH &&
        )""",
        "This person is appointed to this duty already on some of these days: end the earlier "
        "appointment first.",
    )

    def _in_force(self, day):
        return [("date_from", "<=", day), "|", ("date_to", "=", False), ("date_to", ">=", day)]

    @api.depends("company_id", "user_id", "date_from", "date_to")
    def _compute_running(self):
        today = local_today()
        running = self.filtered_domain(self._in_force(today))
        substitutions = self.env["tthc.substitution"]
        for each in self:
            each.running = each in running
            each.substitute_ids = [
                stands_in.substitute
                for stands_in in substitutions.running_on(each.company_id.id, today)
                if stands_in.absent == each.user_id.id
            ]

    def _search_running(self, operator, value):
        return self._in_force(local_today()) if operator == "in" else NotImplemented

    @api.depends("user_id", "duty")
    def _compute_display_name(self):
        duties = dict(self._fields["duty"]._description_selection(self.env))
        for each in self:
            duty = duties.get(each.duty, "")
            each.display_name = f"{each.user_id.name}: {duty}" if each.user_id else duty

    @api.constrains("company_id", "user_id", "duty")
    def _check_user(self):
        for each in self:
            user = each.user_id.sudo()  # communes of a colleague
            if each.company_id not in user.company_ids:
                raise ValidationError(
                    self.env._(
                        "%(user)s does not work in %(commune)s.",
                        user=user.name,
                        commune=each.company_id.name,
                    )
                )
            if not user.has_group(ROLES[each.duty]):
                raise ValidationError(
                    self.env._(
                        "%(user)s lacks the role “%(role)s”: an appointment gives none. Ask the "
                        "administrator for it first.",
                        user=user.name,
                        role=self.env.ref(ROLES[each.duty]).sudo().name,
                    )
                )

    def write(self, vals):
        if FIXED & vals.keys():
            self._check_not_begun()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_not_begun(self):
        today = local_today()
        if any(each.date_from <= today for each in self):
            raise UserError(
                self.env._(
                    "An appointment that has begun says why somebody could receive or sign: end "
                    "it by its last day instead."
                )
            )

    @api.private
    @api.model
    @tools.ormcache("company_id", "day")
    def holders_on(self, company_id, day) -> dict[str, frozenset[int]]:
        """The ids of who holds each duty in a commune on a local day, cached until it changes."""
        # whoever makes a move, all appointments count
        found = self.sudo().search([("company_id", "=", company_id), *self._in_force(day)])
        of_duty = found.grouped("duty")
        return {duty: frozenset(of_duty.get(duty, found.browse()).user_id.ids) for duty in ROLES}
