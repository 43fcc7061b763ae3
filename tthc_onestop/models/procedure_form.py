from odoo import models

from .procedure_version import LIVING


class TthcProcedure(models.Model):
    """The form of a version: what was decided is shown, not edited."""

    _inherit = "tthc.procedure"

    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            # each field that a part of the catalogue brings, without saying so at each
            for node in arch.xpath("//field[not(ancestor::field)][not(@readonly)]"):
                if node.get("name") not in LIVING:
                    node.set("readonly", "state != 'draft'")
        return arch, view

    def action_open_versions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tthc_onestop.procedure_action")
        return action | {"domain": [("code", "=", self.code)], "context": {}}

    def action_show_changes(self):
        return self._opened() | {
            "name": self.env._("What changes"),
            "views": [(self.env.ref("tthc_onestop.procedure_view_form_changes").id, "form")],
            "target": "new",
        }
