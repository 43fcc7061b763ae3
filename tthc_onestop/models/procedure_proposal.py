from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

from .procedure_version import APPROVERS

TODO = "mail.mail_activity_data_todo"


class TthcProcedure(models.Model):
    """Who works with a procedure proposes a change of it; those who edit the catalogue decide.

    A proposal is a draft version. Its author changes it until it is handed in, and again when it
    is sent back (record rules: ``res.users.tthc_proposed``).
    """

    _name = "tthc.procedure"
    _inherit = ["tthc.procedure", "mail.activity.mixin"]

    proposal_state = fields.Selection(
        [
            ("open", "Being written"),
            ("submitted", "Waiting for approval"),
            ("returned", "Sent back"),
            ("approved", "Approved"),
        ],
        string="Proposal",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    proposal_reason = fields.Text(string="Why", copy=False, help="Why the change is proposed.")
    proposal_answer = fields.Text(
        string="Why it is sent back", copy=False, help="What its author should do."
    )

    @api.model_create_multi
    def create(self, vals_list):
        proposal = {"proposal_state": False if self._approves() else "open"}
        return super().create([vals | proposal for vals in vals_list])

    def write(self, vals):
        if not self._approves() and vals.keys() & {"proposal_state", "proposal_answer"}:
            raise AccessError(self.env._("Hand the proposal in with its button."))
        return super().write(vals)

    def action_submit_proposal(self):
        """Hand drafts in to those who edit the catalogue: the author changes them no more."""
        self.check_access("write")
        for procedure in self:
            if procedure.state != "draft" or procedure.proposal_state not in ("open", "returned"):
                raise UserError(
                    self.env._("%(name)s is no open proposal.", name=procedure.display_name)
                )
            if not (procedure.proposal_reason or "").strip():
                raise UserError(self.env._("Say why the change is proposed, in “Publication”."))
        self.activity_unlink([TODO])
        for procedure in self:
            for approver in self._approvers():
                procedure._ask(
                    approver,
                    self.env._("Proposed change: %(name)s", name=procedure.name),
                    procedure.proposal_reason,
                )
        # the author may write, but not this column: from now on the others decide
        self.sudo().write({"proposal_state": "submitted", "proposal_answer": False})
        return True

    def action_return_proposal(self, answer=None):
        """Send proposals back to their authors with what they should do."""
        self._check_approver()
        for procedure in self:
            if procedure.proposal_state != "submitted":
                raise UserError(
                    self.env._("%(name)s was not handed in.", name=procedure.display_name)
                )
            if not (answer or procedure.proposal_answer or "").strip():
                raise UserError(self.env._("Say why it is sent back, in “Publication”."))
        self.write({"proposal_state": "returned"} | ({"proposal_answer": answer} if answer else {}))
        self.activity_unlink([TODO])
        for procedure in self:
            procedure._ask(
                procedure.create_uid,
                self.env._("Sent back: %(name)s", name=procedure.name),
                procedure.proposal_answer,
            )
        return True

    def _decide(self):
        self._check_approver()
        proposals = self.filtered("proposal_state")
        if proposals:
            proposals.write({"proposal_state": "approved"})
        result = super()._decide()
        proposals.activity_unlink([TODO])
        for proposal in proposals:
            proposal.message_notify(
                partner_ids=proposal.create_uid.partner_id.ids,
                subject=self.env._("Approved: %(name)s", name=proposal.name),
                body=self.env._(
                    "Your proposal is published, in effect from %(day)s.",
                    day=proposal.effective_on,
                ),
            )
        return result

    def _approvers(self):
        """Those of the commune who edit the catalogue."""
        groups = [self.env.ref(xmlid).id for xmlid in APPROVERS.split(",")]
        # who edits the catalogue is no secret within the commune
        return (
            self.env["res.users"]
            .sudo()
            .search([("all_group_ids", "in", groups), ("company_ids", "in", self.env.company.ids)])
        )

    def _ask(self, user, summary, note):
        # they find it in their list of activities, a letter is not needed
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            TODO, user_id=user.id, summary=summary, note=plaintext2html(note)
        )
