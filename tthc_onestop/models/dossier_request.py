from odoo import api, fields, models

from .res_company import local_today


class TthcDossierRequest(models.Model):
    """What another agency is asked for, by when, and what it answered. Written by the gate alone.

    NĐ 61/2018 Đ19.5 (opinions), Đ19.6 and Đ19.7 (parts of an inter-agency dossier).
    """

    _name = "tthc.dossier.request"
    _description = "Request to another agency"
    _order = "id"
    _rec_name = "agency"

    dossier_id = fields.Many2one("tthc.dossier", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    kind = fields.Selection(
        [
            ("opinion", "Opinion"),
            ("same_level", "Part of an agency of the same level"),
            ("cross_level", "Part of an agency of another level"),
        ],
        required=True,
        default="opinion",
        help="A dossier may be settled without an opinion, not without the part of an agency.",
    )
    agency = fields.Char(required=True)
    is_lead = fields.Boolean(string="Leads the handling")
    content = fields.Text(required=True, string="Asked for")
    asked_at = fields.Datetime(required=True)
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="Asked by")
    due_on = fields.Date(required=True, string="Answer by")
    answered_on = fields.Date()
    answer = fields.Text()
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("overdue", "Overdue"),
            ("answered", "Answered"),
            ("late", "Answered late"),
        ],
        compute="_compute_state",
    )

    @api.depends("due_on", "answered_on")
    def _compute_state(self):
        today = local_today()
        for request in self:
            if request.answered_on:
                request.state = "late" if request.answered_on > request.due_on else "answered"
            else:
                request.state = "overdue" if today > request.due_on else "waiting"

    @api.depends("agency", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for request in self:
            request.display_name = f"{request.agency} ({kinds.get(request.kind)})"
