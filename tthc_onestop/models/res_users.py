from odoo import api, fields, models, tools
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .procedure_version import APPROVERS
from .res_company import local_today


class ResUsers(models.Model):
    _inherit = "res.users"

    tthc_sector_ids = fields.Many2many(
        "tthc.sector",
        relation="tthc_sector_user_rel",
        column1="user_id",
        column2="sector_id",
        string="Assigned sectors",
        help="The sectors whose dossiers a specialist sees and handles.",
    )

    tthc_signer_title = fields.Text(
        string="Title over the signature",
        help="Of a leader, on what is signed for the commune: for a vice-chairperson two lines, "
        "KT. CHỦ TỊCH and PHÓ CHỦ TỊCH (NĐ 30/2020 Đ13). Empty: the title in the settings of the "
        "commune.",
    )

    @api.private
    def tthc_name(self) -> str:
        """The name of the user for official papers, cached until it changes."""
        return self._tthc_on_papers(self.id)[0]

    @api.private
    def tthc_signs_as(self) -> str:
        """The user's own title over a signature, or "": cached until it changes."""
        return self._tthc_on_papers(self.id)[1]

    @api.private
    @api.model
    def tthc_holders(self, groups, commune):
        """The users of a commune who are in one of these groups."""
        # who holds an office is no secret within the commune
        return self.sudo().search(
            [("all_group_ids", "in", groups.ids), ("company_ids", "in", commune.ids)]
        )

    @api.private
    @api.model
    def tthc_check_role(self, group):
        """:raises AccessError: whoever acts is not of the group (its xmlid)"""
        if not self.env.su and not self.env.user.has_group(group):
            raise AccessError(
                self.env._("This is done by: %(role)s.", role=self.env.ref(group).sudo().name)
            )

    @api.model
    @tools.ormcache("user_id")
    def _tthc_on_papers(self, user_id: int) -> tuple[str, str]:
        user = self.sudo().browse(user_id)
        return user.name, user.tthc_signer_title or ""

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        if users.tthc_sector_ids:
            self.env.registry.clear_cache()  # as a change of them does
        return users

    @api.model
    def _get_invalidation_fields(self):
        # record rules and substitutions are cached with the sectors of each specialist
        return super()._get_invalidation_fields() | {"tthc_sector_ids", "tthc_signer_title"}

    @api.private
    def tthc_handled(self, prefix):
        """The domain of the dossiers that a specialist handles today, for record rules.

        Theirs are those of their sectors and those assigned in person; to these come, within the
        scope of a substitution, those of each absent specialist.

        :param prefix: the path to the dossier, as in "dossier_id.", or ""
        """
        self.ensure_one()
        today = local_today()
        handled = [
            Domain(f"{prefix}sector_id", "in", self.tthc_sector_ids.ids),
            Domain(f"{prefix}officer_id", "=", self.id),
        ]
        for company in self.company_ids:
            for each in self.env["tthc.substitution"].running_on(company.id, today):
                if each.substitute != self.id or not each.officer:
                    continue
                assigned = Domain(f"{prefix}officer_id", "=", each.absent)
                if each.scope is not None:
                    assigned &= Domain(f"{prefix}sector_id", "in", list(each.scope))
                of_sectors = Domain(f"{prefix}sector_id", "in", list(each.covered))
                commune = Domain(f"{prefix}company_id", "=", company.id)
                handled.append(commune & (of_sectors | assigned))
        return Domain.OR(handled)

    @api.private
    def tthc_feedback(self, prefix):
        """The domain of the feedback that a user sees, for record rules.

        Nobody sees what is about them. Leaders and auditors see the rest. Of the others: what they
        handle, and what they have entered until it is looked at; what is sensitive nobody else.
        Until somebody has looked at it, a feedback may be about anybody at the desk: the focal
        point alone sees it. Desk officers see what was looked at, specialists what of it is of
        their sectors.

        :param prefix: the path to the feedback, as in "feedback_id.", or ""
        """
        self.ensure_one()
        screened = Domain(f"{prefix}status", "!=", "received")
        ordinary = Domain(f"{prefix}sensitive", "=", False)
        seen = Domain(f"{prefix}officer_id", "=", self.id)
        seen |= Domain(f"{prefix}create_uid", "=", self.id) & ~screened
        if self.has_groups("tthc_onestop.group_leader,tthc_onestop.group_auditor"):
            seen = Domain.TRUE
        if self.has_group("tthc_onestop.group_statistician"):
            seen |= ordinary
        if self.has_group("tthc_onestop.group_counter"):
            seen |= ordinary & screened
        if self.has_group("tthc_onestop.group_officer"):
            seen |= ordinary & screened & self.tthc_handled(prefix)
        return seen & Domain(f"{prefix}accused_ids", "not in", self.ids)

    @api.private
    def tthc_proposed(self, prefix):
        """The domain of the versions of procedures that a user may change, for record rules.

        Who approves changes any; others their own proposals that are not handed in.

        :param prefix: the path to the procedure, as in "procedure_id.", or ""
        """
        self.ensure_one()
        if self.has_groups(APPROVERS):
            return Domain.TRUE
        return (
            Domain(f"{prefix}state", "=", "draft")
            & Domain(f"{prefix}create_uid", "=", self.id)
            & Domain(f"{prefix}proposal_state", "in", ("open", "returned"))
        )
