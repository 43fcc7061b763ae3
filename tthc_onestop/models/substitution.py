from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..rules.substitution import Substitution
from .res_company import local_today

# the groups whose work a substitute does; a substitution gives none of them
OFFICER, LEADER = "tthc_onestop.group_officer", "tthc_onestop.group_leader"
ROLES = (OFFICER, LEADER, "tthc_onestop.group_counter")


class TthcSubstitution(models.Model):
    """Somebody does the work of somebody absent, from a local day to another."""

    _name = "tthc.substitution"
    _description = "Substitute while absent"
    _inherit = ["tthc.cached.mixin", "tthc.commune.mixin"]
    _order = "date_from desc, id desc"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        string="Commune",
    )
    absent_id = fields.Many2one("res.users", required=True, ondelete="restrict", index=True)
    substitute_id = fields.Many2one("res.users", required=True, ondelete="restrict", index=True)
    date_from = fields.Date(required=True, string="From")
    date_to = fields.Date(required=True, string="To")
    scope = fields.Selection(
        [("all", "All sectors"), ("sectors", "Some sectors")], required=True, default="all"
    )
    sector_ids = fields.Many2many("tthc.sector", string="Sectors")
    reason = fields.Char(required=True)
    running = fields.Boolean(compute="_compute_running", string="Runs today")

    _dates_order = models.Constraint(
        "CHECK(date_from <= date_to)", "A substitution ends after it begins."
    )
    _two_people = models.Constraint(
        "CHECK(absent_id <> substitute_id)", "Nobody is their own substitute."
    )
    _running_idx = models.Index("(date_to, date_from)")

    @api.depends("date_from", "date_to")
    def _compute_running(self):
        today = local_today()
        for record in self:
            dated = record.date_from and record.date_to
            record.running = bool(dated) and record.date_from <= today <= record.date_to

    @api.depends("absent_id", "substitute_id")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.absent_id.name} → {record.substitute_id.name}"

    @api.constrains("scope", "sector_ids")
    def _check_sectors(self):
        if any(record.scope == "sectors" and not record.sector_ids for record in self):
            raise ValidationError(self.env._("Choose the sectors of the substitution."))

    @api.constrains("company_id", "absent_id", "substitute_id")
    def _check_people(self):
        for record in self:
            for user in (record.absent_id, record.substitute_id):
                if record.company_id not in user.sudo().company_ids:  # communes of a colleague
                    raise ValidationError(
                        self.env._(
                            "%(user)s does not work in %(commune)s.",
                            user=user.name,
                            commune=record.company_id.name,
                        )
                    )
            roles = [role for role in ROLES if record.absent_id.has_group(role)]
            if not any(record.substitute_id.has_group(role) for role in roles):
                raise ValidationError(
                    self.env._(
                        "%(substitute)s lacks the role of %(absent)s: a substitution gives none. "
                        "Choose a specialist for a specialist, a leader for a leader, an officer "
                        "of the desk for one of the desk.",
                        substitute=record.substitute_id.name,
                        absent=record.absent_id.name,
                    )
                )

    def write(self, vals):
        if {"company_id", "absent_id", "substitute_id"} & vals.keys():
            self._check_not_begun()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_not_begun(self):
        today = local_today()
        if any(record.date_from <= today for record in self):
            raise UserError(
                self.env._(
                    "A substitution that has begun says why somebody acted: end it by its last "
                    "day instead."
                )
            )

    @api.private
    @api.model
    def running_on(self, company_id, day) -> tuple[Substitution, ...]:
        """Who stands in for whom in a commune on a local day, cached until it changes."""
        return self._running_by_commune(day).get(company_id, ())

    @api.private
    @api.model
    def involves(self, user_id) -> bool:
        """Whether a user has ever been somebody's substitute or had one, cached."""
        return user_id in self._involved()

    @api.model
    @tools.ormcache()
    def _involved(self):
        people = ("absent_id:recordset", "substitute_id:recordset")
        # the signer may not see all of them: what they did long ago counts
        [(absent, substitutes)] = self.sudo()._read_group([], aggregates=people)
        return frozenset((absent | substitutes).ids)

    @api.model
    @tools.ormcache("day")
    def _running_by_commune(self, day):
        domain = [("date_from", "<=", day), ("date_to", ">=", day)]
        # who stands in for whom is known to the whole commune
        records = self.sudo().search(domain, order="id")
        absent = records.absent_id.with_context(active_test=False)
        officers, leaders = (
            absent.search([("id", "in", absent.ids), ("all_group_ids", "in", group.ids)])
            for group in map(self.env.ref, (OFFICER, LEADER))
        )
        return {
            company.id: tuple(
                Substitution(
                    absent=record.absent_id.id,
                    substitute=record.substitute_id.id,
                    scope=frozenset(record.sector_ids.ids) if record.scope == "sectors" else None,
                    sectors=frozenset(record.absent_id.tthc_sector_ids.ids),
                    officer=record.absent_id in officers,
                    leads=record.absent_id in leaders,
                )
                for record in of_company
            )
            for company, of_company in records.grouped("company_id").items()
        }
