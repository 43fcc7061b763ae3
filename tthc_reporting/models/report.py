from collections.abc import Mapping
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..rules.forms import FORMS
from ..rules.matrix import Form, Matrix, Row

ALL_SECTORS = ("statistician", "leader", "auditor", "counter")


class Scope(NamedTuple):
    """Of what a form is asked: the commune, a closed interval of local days, the sectors."""

    form: Form
    date_from: fields.Date
    date_to: fields.Date
    company: models.Model
    sectors: SQL  # a condition on ``dossier``


class Facts(NamedTuple):
    """The dossiers that a form counts, and what each of its columns counts among them."""

    statement: SQL  # WITH scope AS (… id, sector_id, position …): one row a dossier
    columns: Mapping[str, SQL]  # a condition on ``scope``
    apart: SQL = SQL("NULL")  # the carried column, counted in another way


class TthcReport(models.AbstractModel):
    """The figures of official forms, computed from the ledger as it stood at the cut-off.

    A form of dossiers has a method ``_facts_<source>``, any other ``_matrix_<source>``; both are
    given a ``Scope``.
    """

    _name = "tthc.report"
    _description = "Figures of the official forms"

    @api.model
    def get_figures(self, form, date_from, date_to, company_id=None):
        """The sheet of a form for a closed interval of local days.

        :return: columns, rows (one per sector that has a figure), total and identities, as in
            ``rules.matrix.Matrix.as_dict``
        :raises AccessError: the user's roles give no figures of the commune
        :raises UserError: unknown form, bad days
        """
        return self._matrix(self._scope(form, date_from, date_to, company_id)).as_dict()

    @api.model
    def get_dossier_ids(self, form, column, date_from, date_to, row_key=None, company_id=None):
        """The ids of the dossiers behind a cell; of the total row when ``row_key`` is None.

        :raises AccessError, UserError: as for ``get_figures``; also an unknown column or row
        """
        scope = self._scope(form, date_from, date_to, company_id)
        facts = self._facts(scope)
        if column not in facts.columns:
            raise UserError(
                self.env._(
                    "Form %(form)s has no column “%(column)s” of dossiers.",
                    form=form,
                    column=column,
                )
            )
        if row_key is not None and not isinstance(row_key, int):
            raise UserError(
                self.env._("Form %(form)s has no row “%(row)s”.", form=form, row=row_key)
            )
        row = SQL("sector_id = %s", row_key) if row_key is not None else SQL("TRUE")
        self.env.cr.execute(
            SQL(
                "%s SELECT id FROM scope WHERE %s AND %s ORDER BY id",
                facts.statement,
                facts.columns[column],
                row,
            )
        )
        return [dossier_id for (dossier_id,) in self.env.cr.fetchall()]

    @api.private
    @api.model
    def behind(self, form, date_from, date_to, company_id):
        """What the figures of a form are made of, to be kept with them.

        :return: of each dossier its id, the position in its ledger that counts, its row and the
            columns that it is in, ordered by id; empty for a form that counts no dossiers
        """
        query = self.behind_query(form, date_from, date_to, company_id)
        if not query:
            return []
        self.env.cr.execute(query)
        return [list(line) for line in self.env.cr.fetchall()]

    @api.private
    @api.model
    def behind_query(self, form, date_from, date_to, company_id):
        """The rows of ``behind`` as a statement; None for a form that counts no dossiers."""
        facts = self._facts(self._scope(form, date_from, date_to, company_id))
        if not facts.columns:
            return None
        columns = SQL(", ").join(
            SQL("CASE WHEN %s THEN %s END", condition, column)
            for column, condition in facts.columns.items()
        )
        return SQL(
            """%s
            SELECT * FROM (
                SELECT id, position, sector_id, ARRAY_REMOVE(ARRAY[%s]::text[], NULL) AS cells
                  FROM scope) AS counted
             WHERE cells != '{}' ORDER BY id""",
            facts.statement,
            columns,
        )

    @api.private
    @api.model
    def sees_all_sectors(self):
        """Whether the user's figures are those of the whole commune."""
        return self.env.su or any(
            self.env.user.has_group(f"tthc_onestop.group_{group}") for group in ALL_SECTORS
        )

    def _facts(self, scope):
        of_form = getattr(self, f"_facts_{scope.form.source}", None)
        return of_form(scope) if of_form else Facts(SQL(), {})

    def _matrix(self, scope):
        of_form = getattr(self, f"_matrix_{scope.form.source}", None)
        return of_form(scope) if of_form else self._matrix_of_dossiers(scope)

    def _matrix_of_dossiers(self, scope):
        form, facts = scope.form, self._facts(scope)
        counts = SQL(", ").join(
            SQL("COUNT(*) FILTER (WHERE %s)", facts.columns[column]) for column in form.figures
        )
        self.env.cr.execute(
            SQL(
                """%s
                SELECT GROUPING(sector_id), sector_id, %s, %s
                  FROM scope GROUP BY GROUPING SETS ((sector_id), ())""",
                facts.statement,
                facts.apart,
                counts,
            )
        )
        found = self.env.cr.fetchall()
        # names of sectors are no secret; an archived one still has its past figures
        sectors = self.env["tthc.sector"].sudo().with_context(active_test=False)
        sectors = sectors.browse(key for _, key, *_ in found if key)
        names = {sector.id: sector.name for sector in sectors.sorted()}
        order = {key: number for number, key in enumerate(names)}
        rows, total, apart = [], None, None
        for is_total, key, counted_apart, *values in found:
            figures = dict(zip(form.figures, values, strict=True))
            if is_total:
                total, apart = Row(None, "Tổng số", figures), counted_apart
            elif any(values):
                rows.append(Row(key, names.get(key, ""), figures))
        rows.sort(key=lambda row: order.get(row.key, len(order)))
        return Matrix.of(form, rows, total, apart)

    def _scope(self, form, date_from, date_to, company_id):
        if form not in FORMS:
            raise UserError(self.env._("There is no report form “%(code)s”.", code=form))
        first, last = self._days(date_from, date_to)
        return Scope(FORMS[form], first, last, *self._readable(company_id))

    def _days(self, date_from, date_to):
        try:
            first, last = fields.Date.to_date(date_from), fields.Date.to_date(date_to)
        except (TypeError, ValueError):
            first = last = None
        if not first or not last:
            raise UserError(self.env._("Enter the first and the last day of the period."))
        if first > last:
            raise UserError(self.env._("The period ends before it begins: correct its days."))
        return first, last

    def _readable(self, company_id):
        """The commune asked for, and a condition: the sectors whose figures the user may see."""
        company = self.env["res.company"].browse(company_id) if company_id else self.env.company
        if not self.env.su and company not in self.env.companies:
            raise AccessError(self.env._("You have no access to the figures of this commune."))
        if self.sees_all_sectors():
            return company, SQL("TRUE")
        if self.env.user.has_group("tthc_onestop.group_officer"):
            sectors = self.env.user.tthc_sector_ids.ids
            return company, SQL("dossier.sector_id IN %s", tuple(sectors or [0]))
        raise AccessError(self.env._("Your role gives no access to the figures of the commune."))
