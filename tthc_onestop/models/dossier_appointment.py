from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..rules.appointment import DESK, SIGNING, duty_of, holds
from .res_company import local_today


class TthcDossier(models.Model):
    """Who may receive and sign follows from the appointments, where the commune has set it so."""

    _inherit = "tthc.dossier"

    lacks_desk = fields.Boolean(
        compute="_compute_lacks", exportable=False, string="You are not appointed to the desk"
    )
    lacks_signing = fields.Boolean(
        compute="_compute_lacks", exportable=False, string="You are not appointed to sign"
    )

    @api.depends("company_id", "sector_id")
    @api.depends_context("uid")
    def _compute_lacks(self):
        """Told on the form, before anything is typed that the user may not receive."""
        for dossier in self:
            asks = dossier.company_id.tthc_asks_appointment()
            dossier.lacks_desk = asks and not dossier._appointed_as(DESK)
            dossier.lacks_signing = asks and not dossier._appointed_as(SIGNING)

    def _check_mover(self, name, needed=None):
        """:raises AccessError: the user is not appointed to the duty, nor stands in for who is"""
        roles = super()._check_mover(name, needed)
        if not self.env.su:
            for dossier in self:
                dossier._check_appointed(name)
        return roles

    def _check_appointed(self, name):
        if not self.company_id.tthc_asks_appointment():
            return
        signed = name == "settle" and self.procedure_id.terms(self.case_id).signed
        duty = duty_of(name, signed)
        if not duty or self._appointed_as(duty):
            return
        values = {"move": self._move_label(name), "commune": self.company_id.name}
        if duty == DESK:
            raise AccessError(
                self.env._(
                    "You may not do “%(move)s” today: in %(commune)s only who is appointed to the "
                    "one-stop desk may, or who stands in for them. Ask the office to enter the "
                    "decision (Plan, Staffing of the desk) or the substitution.",
                    **values,
                )
            )
        raise AccessError(
            self.env._(
                "You may not do “%(move)s” today: in %(commune)s only a leader who is appointed to "
                "sign may, or who stands in for one. Ask the office to enter the decision (Plan, "
                "Staffing of the desk) or the substitution.",
                **values,
            )
        )

    def _appointed_as(self, duty):
        """Under whose appointment the user acts; the id of a user, None without one."""
        appointed = self.env["tthc.desk.appointment"].holders_on(self.company_id.id, local_today())
        running = self._running_substitutions()
        return holds(appointed[duty], running, self.env.uid, self.sector_id.id or None)

    def _on_behalf_of(self, name):
        """At the desk too: the absent colleague under whose appointment the user acts."""
        absent = super()._on_behalf_of(name)
        if absent or duty_of(name, signed=False) != DESK:
            return absent
        if not self.company_id.tthc_asks_appointment():
            return False
        appointed = self._appointed_as(DESK)
        return appointed if appointed and appointed != self.env.uid else False
