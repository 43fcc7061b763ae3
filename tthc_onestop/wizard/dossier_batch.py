from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class TthcDossierMove(models.TransientModel):
    """A move of many dossiers at once: what can be done is done, and what cannot is named."""

    _inherit = "tthc.dossier.move"

    done_count = fields.Integer(string="Done", readonly=True)
    refused_count = fields.Integer(string="Not done", readonly=True)
    refusals = fields.Text(string="Reasons", readonly=True)

    def action_confirm(self):
        """Make the move, on many dossiers each for itself.

        :return: the dialogue again, with those that were refused and why, unless all were done
        """
        self.ensure_one()
        if len(self.dossier_ids) < 2:
            return super().action_confirm()
        chosen = self.dossier_ids
        refusals = self._make_each(chosen)
        self.dossier_ids = chosen.browse(refusals)
        self.done_count = len(chosen) - len(refusals)
        self.refused_count = len(refusals)
        lines = []
        for dossier in self.dossier_ids:
            name, reason = dossier.display_name, refusals[dossier.id]
            told = reason if name in reason else f"{name}: {reason}"
            lines.append(f"{dossier.applicant_name}: {told}")
        self.refusals = "\n".join(lines)
        close = {"type": "ir.actions.act_window_close"}
        if not refusals:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "type": "success",
                    "message": self.env._("%(count)s dossiers done.", count=self.done_count),
                    "next": close,
                },
            }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Not all was done"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _make_each(self, dossiers):
        """Make the move on as many as it can be made on; a half that is refused is halved again.

        :return: the ids of those it was refused for, and why
        """
        try:
            with self.env.cr.savepoint():
                self._make(dossiers)
        except AccessError:  # the user may not do it at all
            raise
        except UserError as refused:
            if len(dossiers) == 1:
                return {dossiers.id: str(refused)}
            middle = len(dossiers) // 2
            return self._make_each(dossiers[:middle]) | self._make_each(dossiers[middle:])
        return {}
