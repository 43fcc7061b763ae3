import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..rules.forms import FORMS

SHEETS = ("tthc.report.period", "tthc.report.hand.in")  # whose figures can be looked behind


class TthcReportCounted(models.AbstractModel):
    """What a form counts: searched by the figure, as its ids would not fit into a domain."""

    _name = "tthc.report.counted"
    _description = "Counted by a report form"

    behind_figure = fields.Char(
        store=False, search="_search_behind_figure", string="Behind a figure"
    )

    @api.model
    def _search_behind_figure(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._behind_figure(figure) for figure in value)

    @api.model
    def _behind_figure(self, figure):
        """The domain of the records behind a figure: a sheet, its id, form, column and row as JSON.

        :raises AccessError: the user may not read the sheet
        :raises UserError: there is no such figure, or it counts something else
        """
        try:
            sheet, sheet_id, form, column, row_key = json.loads(figure)
            known = sheet in SHEETS and f"tthc.{FORMS[form].counts}" == self._name
        except (KeyError, TypeError, ValueError):
            known = False
        if not known:
            raise UserError(self.env._("There is no such figure: %s.", figure))
        return self.env[sheet].browse(int(sheet_id)).behind_domain(form, column, row_key)


class TthcDossier(models.Model):
    _name = "tthc.dossier"
    _inherit = ["tthc.dossier", "tthc.report.counted"]


class TthcProcedure(models.Model):
    _name = "tthc.procedure"
    _inherit = ["tthc.procedure", "tthc.report.counted"]


class TthcFeedback(models.Model):
    _name = "tthc.feedback"
    _inherit = ["tthc.feedback", "tthc.report.counted"]
