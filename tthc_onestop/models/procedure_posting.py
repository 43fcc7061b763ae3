from odoo import api, fields, models
from odoo.exceptions import UserError


class TthcProcedure(models.Model):
    """Where a version hangs, and what its coming into force or going out of it asks for."""

    _inherit = "tthc.procedure"

    posting_ids = fields.One2many("tthc.posting", "procedure_id", string="Postings")
    to_post_count = fields.Integer(
        compute="_compute_to_post_count",
        string="To be posted or taken down",
        help="At how many places of the commune it is still to be posted or taken down.",
    )

    @api.depends("posting_ids.state")
    def _compute_to_post_count(self):
        counts = dict(
            self.env["tthc.posting"]._read_group(
                [("procedure_id", "in", self.ids), ("state", "in", ("needed", "outdated"))],
                ["procedure_id"],
                ["__count"],
            )
        )
        for procedure in self:
            procedure.to_post_count = counts.get(procedure._origin, 0)

    @api.private
    @api.model
    def _published_changed(self, procedures):
        """These came into force or went out of it: communes have it and its postings to do."""
        self.env["tthc.procedure.commune"]._sync(procedures=procedures)
        self.env["tthc.posting"]._sync(procedures=procedures)

    @api.model
    def _project_states(self, codes):
        """Whatever brings the states up to date: the places and the communes follow."""
        result = super()._project_states(codes)
        decided = self.sudo().with_context(active_test=False)  # as the states: they follow dates
        self._published_changed(
            decided.search([("code", "in", list(codes)), ("state", "!=", "draft")])
        )
        return result

    @api.ondelete(at_uninstall=False)
    def _check_never_posted(self):
        if posted := self.filtered(lambda each: any(each.sudo().posting_ids.mapped("posted_on"))):
            raise UserError(
                self.env._(
                    "%(code)s has been posted, so it cannot be deleted: abolish it instead.",
                    code=posted[0].code,
                )
            )

    def action_open_postings(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tthc_onestop.posting_action")
        return action | {
            "display_name": self.code,
            "domain": [("procedure_id", "=", self.id)],
            "context": {"search_default_by_state": 1},
        }
