from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.res_company import local_today


class TthcPostingMark(models.TransientModel):
    """Says of many procedures at once that they hang, with one photo or link that shows it."""

    _name = "tthc.posting.mark"
    _description = "Mark as posted"

    place_id = fields.Many2one("tthc.posting.place")
    posting_ids = fields.Many2many(
        "tthc.posting",
        string="Procedures",
        compute="_compute_posting_ids",
        store=True,
        readonly=False,
    )
    posted_on = fields.Date(required=True, default=lambda self: local_today())
    url = fields.Char(string="Link")
    file = fields.Binary(string="Photo", attachment=False)
    filename = fields.Char()
    note = fields.Char()

    @api.depends("place_id")
    def _compute_posting_ids(self):
        """All that is to be posted at the place chosen."""
        for mark in self.filtered("place_id"):
            mark.posting_ids = self.env["tthc.posting"].search(
                [("place_id", "=", mark.place_id.id), ("state", "=", "needed")]
            )

    def action_save(self):
        self.ensure_one()
        if not self.posting_ids:
            raise UserError(self.env._("Choose what was posted."))
        # None: what a client leaves out
        self.posting_ids.action_post(
            self.posted_on, self.url, self.filename, self.file or None, self.note
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(count)s marked as posted.", count=len(self.posting_ids)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
