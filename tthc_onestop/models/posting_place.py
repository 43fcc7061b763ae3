from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.posting import post_by


class TthcPostingPlace(models.Model):
    _name = "tthc.posting.place"
    _description = "Place of posting"
    _inherit = ["mail.thread", "mail.activity.mixin", "tthc.commune.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("board", "Board at the desk"),
            ("village", "Village house"),
            ("loudspeaker", "Loudspeaker"),
            ("commune_portal", "Commune portal"),
            ("service_portal", "Public service portal"),
        ],
        required=True,
        default="board",
        help="NĐ 63/2010 Đ17: at the office that receives procedures, by notice or electronic "
        "means, and on portals. What a loudspeaker has said need not be taken down.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Who posts here, and is told when something has to be posted or taken down.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        string="Commune",
    )
    url = fields.Char(string="Web address", help="Of a portal: where its procedures are shown.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    posting_ids = fields.One2many("tthc.posting", "place_id", string="Postings")
    posted_count = fields.Integer(compute="_compute_counts", string="Posted")
    needed_count = fields.Integer(compute="_compute_counts", string="To be posted")
    overdue_count = fields.Integer(compute="_compute_counts", string="Overdue")
    outdated_count = fields.Integer(compute="_compute_counts", string="To be taken down")

    _name_uniq = models.Constraint(
        "UNIQUE(company_id, name)", "The commune has a place with this name already."
    )

    @api.depends("posting_ids.state", "posting_ids.due_on")
    def _compute_counts(self):
        standing = self.env["tthc.posting"]._standing(self)
        for place in self:
            place.update(standing[place.id].counts())

    @api.constrains("user_id", "company_id")
    def _check_user(self):
        for place in self:
            if place.company_id not in place.user_id.sudo().company_ids:  # of users all may know
                raise UserError(
                    self.env._(
                        "%(user)s does not work in %(commune)s: choose somebody who does.",
                        user=place.user_id.name,
                        commune=place.company_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        places = super().create(vals_list)
        self.env["tthc.posting"]._sync(places=places)
        return places

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"active", "kind", "user_id", "company_id"}:
            self.env["tthc.posting"]._sync(places=self)
        return result

    @api.ondelete(at_uninstall=False)
    def _check_nothing_posted(self):
        if self.posting_ids.filtered("posted_on"):
            raise UserError(
                self.env._("Something has been posted here: archive the place instead.")
            )

    def action_open_needed(self):
        return self._open({"search_default_needed": 1})

    def action_open_outdated(self):
        return self._open({"search_default_outdated": 1})

    def action_open_posted(self):
        return self._open({"search_default_posted": 1})

    def action_mark(self):
        """Ask when what is to be posted here was posted, and what shows it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tthc_onestop.posting_mark_action")
        return action | {"context": {"default_place_id": self.id}}

    def action_print(self):
        """The board of this place, with what changed since the last posting."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tthc_onestop.posting_board_action")
        return action | {"context": {"default_place_id": self.id, "default_changed_only": True}}

    def _open(self, context):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tthc_onestop.posting_action")
        return action | {
            "display_name": self.name,
            "context": context | {"default_place_id": self.id},
            "domain": [("place_id", "=", self.id)],
        }

    # ---------------------------------------------------------------- what is to be done

    @api.private
    def _remind(self):
        """One open activity for each place that has something to do, and none for the others."""
        kind = self.env.ref("tthc_onestop.mail_activity_posting")
        told = self.env["tthc.reminder"]._in_vietnamese().env
        found = (
            self.env["mail.activity"]
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "=", kind.id),
                ]
            )
            .grouped("res_id")
        )
        standing = self.env["tthc.posting"]._standing(self)
        needless, added = self.env["mail.activity"], []
        for place in self.with_env(told):
            old, state = found.get(place.id, needless), standing[place.id]
            if not place.active or not state.to_do:
                needless += old
                continue
            values = {
                "summary": place._to_do(state),
                "date_deadline": place._deadline(state),
                "user_id": place.user_id.id,
            }
            if not old:
                added.append(values | {"res_id": place.id})
            elif (old.summary, old.date_deadline, old.user_id.id) != tuple(values.values()):
                old.with_context(mail_activity_quick_update=True).write(values)
        needless.unlink()
        fixed = {
            "activity_type_id": kind.id,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "automated": True,
        }
        quick = told["mail.activity"].with_context(mail_activity_quick_update=True)
        quick.create([fixed | values for values in added])

    def _to_do(self, state):
        parts = []
        if state.needed:
            parts.append(self.env._("post %(count)s procedure(s)", count=state.needed))
        if state.outdated:
            parts.append(self.env._("take down %(count)s procedure(s)", count=state.outdated))
        text = ", ".join(parts)
        return text[:1].upper() + text[1:]

    def _deadline(self, state):
        days = [state.due_on]
        if state.outdated_on:
            company = self.company_id
            calendar = company.tthc_work_calendar()
            days.append(post_by(calendar, state.outdated_on, company.tthc_posting_days))
        return min(filter(None, days))
