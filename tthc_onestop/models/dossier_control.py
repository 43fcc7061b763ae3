from collections import Counter

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..rules.control_slip import hand_overs
from ..rules.slip_form import form_of
from .dossier import _groups
from .res_company import to_local

ISSUERS = _groups("counter", "officer", "leader")


class TthcDossier(models.Model):
    """The control slip goes with a dossier from hand to hand (NĐ 61/2018 Đ18, Đ19).

    It is no move and no event: it repeats the ledger. It is issued when somebody asks for it, with
    a number of the yearly register, and says what the ledger said at that moment; asked for again
    there is a new one.
    """

    _inherit = "tthc.dossier"

    def action_issue_control_slip(self):
        """Issue the control slips of these dossiers and open them."""
        return self._issue_control_slips().action_print()

    def _issue_control_slips(self):
        if not self.env.su and not self.env.user.has_groups(ISSUERS):
            raise AccessError(self.env._("You may not issue control slips."))
        self.check_access("read")
        for dossier in self.filtered(lambda dossier: not dossier.received_at):
            raise UserError(
                self.env._(
                    "Dossier %(dossier)s has not been received: nobody has handed it over.",
                    dossier=dossier.display_name,
                )
            )
        now = fields.Datetime.now()
        today = to_local(now).date()
        form = form_of(self._regime().stop_form, "control")
        keys = [dossier._slip_key(form, today) for dossier in self]
        numbers = self.env["tthc.counter"].reserve(Counter(keys))
        dossiers = self.sudo()  # nobody may write slips; role and sight are checked above
        slips = dossiers._create_slips("control", form, numbers, now, [{} for _ in dossiers])
        return slips.with_env(self.env)

    def _hand_overs(self):
        return hand_overs(self._holding_ledgers().get(self.id, []))
