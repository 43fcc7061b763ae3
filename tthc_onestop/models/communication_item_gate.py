from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import is_html_empty

from .communication_item import ADDED, DECIDED, READ
from .plan import LEADER
from .res_company import local_today

# what dropping a card into a column means
DROPS = {
    "planned": "take_back",
    "written": "hand_in",
    "approved": "approve",
    "published": "publish",
    "cancelled": "cancel",
}


class TthcCommunicationItem(models.Model):
    """The gate of an item: every way into a column goes through it, a drop of the card too."""

    _inherit = "tthc.communication.item"

    def action_hand_in(self):
        """It is written: the leader may read it.

        :raises UserError: there is neither a text nor a file nor a link
        """
        self._check_makes()
        self._check_in("planned")
        for item in self:
            if is_html_empty(item.body) and not item.filename and not item.url:
                raise UserError(
                    self.env._("Enter the text of “%s”, a file or a link first.", item.name)
                )
        self._ask_no_more()
        self._set({"state": "written", "returned_reason": False})
        for company, items in self.filtered("needs_approval").grouped("company_id").items():
            leaders = self.env["tthc.plan"]._leaders_of(company)
            for item in items:
                item._ask(leaders, self.env._("To approve: %(name)s", name=item.name))
        return True

    def action_approve(self):
        self._check_leads()
        self._check_in("written")
        self._ask_no_more()
        return self._set(
            {"state": "approved", "approved_by_id": self.env.uid, "approved_on": local_today()}
        )

    def action_send_back(self, reason):
        """The leader wants something changed before it goes out.

        :raises UserError: without a reason
        """
        self._check_leads()
        self._check_in("written", "approved")
        self._check_reason(reason)
        self._ask_no_more()
        self._back({"returned_reason": reason})
        for item in self:
            item._tell_sent_back(reason, item.user_id)
        return True

    def action_publish(self):
        """It is out, today or on the day entered, and counts for its task.

        :raises UserError: the commune wants the leader to approve it first
        """
        self._check_makes()
        self._check_in("written", "approved")
        for item in self:
            if item.state == "written" and item.needs_approval:
                raise UserError(self.env._("“%s” waits for the leader.", item.name))
            day = item.date_published or local_today()
            # one that went over the loudspeakers did so once at least
            count = item.broadcast_count or (1 if item.channel == "radio" else 0)
            item._set({"state": "published", "date_published": day, "broadcast_count": count})
        self._ask_no_more()
        self._deliver()
        return True

    def action_cancel(self):
        self._check_makes()
        self._check_in("planned", "written", "approved")
        self._ask_no_more()
        return self._set({"state": "cancelled"})

    def action_take_back(self):
        """Plan it again: to change its text, or because it was set out or cancelled by mistake.

        :raises UserError: it is a deliverable that the leader was shown
        """
        self._check_makes()
        self._check_in("written", "approved", "published", "cancelled")
        self._ask_no_more()
        # nobody deletes a deliverable otherwise: it was made by setting the item out
        self.sudo().deliverable_ids.unlink()
        return self._back({"date_published": False})

    # ---------------------------------------------------------------- its parts

    def _back(self, vals):
        return self._set({"state": "planned", "approved_by_id": False, "approved_on": False} | vals)

    def _drop(self, state):
        if moved := self.filtered(lambda item: item.state != state):
            getattr(moved, f"action_{DROPS[state]}")()
        return True

    def _deliver(self):
        """Each is a deliverable of its task, unless the leader was shown those already."""
        for item in self.filtered("task_id"):
            # an item counts for its task, whoever works on that
            task = item.task_id.sudo()._time_of(item.date_published)
            if task.approval_state not in ("waiting", "approved"):
                task.deliverable_ids.create(
                    {
                        "task_id": task.id,
                        "kind": "news",
                        "name": item.name,
                        "date": item.date_published,
                        "url": item.url,
                        "communication_item_id": item.id,
                    }
                )

    def _check_open(self, vals):
        """:raises UserError: what these values change was handed in, or is out"""
        self._check_makes()
        if vals.keys() & DECIDED:
            raise UserError(self.env._("Use the buttons of the item."))
        if vals.keys() & READ:
            self._check_in("planned")
        if vals.keys() - ADDED:
            self._check_in("planned", "written", "approved")

    def _check_makes(self):
        """:raises AccessError: the leader, who may move a card, neither plans nor writes items"""
        self.check_access("write")
        if not self.browse().has_access("create"):
            raise AccessError(self.env._("The leader approves an item, others write it."))

    def _check_leads(self):
        self.check_access("write")
        self.env["res.users"].tthc_check_role(LEADER)
