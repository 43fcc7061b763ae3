import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules.forms import FORMS

# whose figures can be looked behind
SHEETS = ("tthc.report.period", "tthc.report.hand.in", "tthc.report.seal")


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
    @api.readonly
    def web_search_read(self, domain, *args, **kwargs):
        """As ever; what is behind a figure is found once, for the page and for their number."""

        def found(condition):
            if (condition.field_expr, condition.operator) == ("behind_figure", "="):
                return self._behind_figure(condition.value)
            return condition

        domain = Domain(domain).map_conditions(found)
        return super().web_search_read(domain, *args, **kwargs)

    @api.model
    def _behind_figure(self, figure):
        """The domain of the records behind a figure: a sheet, its id, form, column and row as JSON.

        :raises AccessError: the user may not read the sheet
        :raises UserError: there is no such figure, or it counts something else
        """
        try:
            sheet, sheet_id, form, column, row_key = json.loads(figure)
            known = sheet in SHEETS and f"tthc.{FORMS[form].counts}" == self._name
            sheet_id = int(sheet_id)
        except (KeyError, TypeError, ValueError):
            known = False
        if not known:
            raise UserError(self.env._("There is no such figure: %s.", figure))
        self.env.cr.execute(self.env[sheet].browse(sheet_id).cell_query(form, column, row_key))
        # one value instead of as many as there are ids, and read by the index in its order
        ids = f"{{{','.join(str(found) for (found,) in self.env.cr.fetchall())}}}"
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "%s = ANY((SELECT %s::int[])::int[])", SQL.identifier(alias, "id"), ids
            )
        )


class TthcDossier(models.Model):
    _name = "tthc.dossier"
    _inherit = ["tthc.dossier", "tthc.report.counted"]


class TthcProcedure(models.Model):
    _name = "tthc.procedure"
    _inherit = ["tthc.procedure", "tthc.report.counted"]


class TthcFeedback(models.Model):
    _name = "tthc.feedback"
    _inherit = ["tthc.feedback", "tthc.report.counted"]
