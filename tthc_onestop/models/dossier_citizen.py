from odoo import api, fields, models
from odoo.tools import format_datetime

from .dossier import PERSONAL


class TthcDossier(models.Model):
    """What a citizen is shown of a dossier, with an account and without."""

    _inherit = "tthc.dossier"

    citizen_id = fields.Many2one(
        "res.partner",
        string="Account of the citizen",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        groups=PERSONAL,
        domain=[("user_ids.share", "=", True)],
        help="Who follows this dossier on the portal: chosen by the desk, which has seen the "
        "applicant's papers. An identity number typed by somebody opens nothing.",
    )

    @api.private
    @api.model
    def of_citizen(self, partner):
        """The dossiers that this contact follows on the portal, past the rights of the user.

        For the controllers of the portal alone, which give the contact of the user who is logged
        in and show what ``citizen_values`` says and nothing else.
        """
        return self.sudo().search([("citizen_id", "=", partner.id)], order="id desc")

    @api.private
    def citizen_values(self):
        """What the citizen is shown of one dossier: words and moments, no record."""
        self.ensure_one()
        return {
            "id": self.id,
            "code": self.name,
            "procedure": self.procedure_id.name,
            "status": self._status_label(),
            "received": self._citizen_moment(self.received_at),
            "due": self._citizen_moment(self.due_at),
            "explanation": (self.deadline_explanation or "").splitlines(),
            "steps": [
                {
                    "at": self._citizen_moment(event.moment()),
                    "status": dict(event._fields["to_status"]._description_selection(self.env))[
                        event.to_status
                    ],
                    # what is asked of the citizen is on the slip; other reasons are the office's
                    "reason": event.reason if event.slip_id else "",
                }
                for event in self.event_ids.sorted("position")
                if event.from_status != event.to_status or event.slip_id
            ],
            "slips": [
                {"id": slip.id, "name": slip.display_name}
                for slip in self.slip_ids.sorted("id")
                if slip.attachment_id
            ],
        }

    @api.private
    @api.model
    def progress_of(self, code):
        """Code and status of a dossier, False when there is none: for everybody, logged in or not.

        TT 01/2018/TT-VPCP Đ16.2d: without login the code and the degree of completion alone.
        """
        found = self.sudo().search([("name", "=", (code or "").strip().upper())], limit=1)
        return found and {"code": found.name, "status": found._status_label()}

    def _status_label(self):
        return dict(self._fields["status"]._description_selection(self.env))[self.status]

    def _citizen_moment(self, moment):
        tz = "Asia/Ho_Chi_Minh"  # of the commune, wherever its citizen is
        return moment and format_datetime(self.env, moment, tz=tz, dt_format="HH:mm dd/MM/yyyy")
