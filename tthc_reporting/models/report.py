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


class Level(NamedTuple):
    """What the lines of a form are told apart by."""

    key: SQL  # a column of ``scope``, never NULL
    labels: str | Mapping  # a model whose records the keys are, or what each key is called


class Facts(NamedTuple):
    """What a form counts, and what each of its columns counts among it."""

    # WITH scope AS (… id, position, sector_id …): one row for each dossier, or whatever is counted
    statement: SQL
    columns: Mapping[str, SQL]  # a condition on ``scope``
    counted: SQL = SQL("TRUE")  # another one: the rest bears on nothing but ``apart``
    apart: SQL = SQL("NULL")  # the carried column, counted in another way
    levels: tuple[Level, ...] = (Level(SQL("sector_id"), "tthc.sector"),)


class TthcReport(models.AbstractModel):
    """The figures of official forms, computed from the ledger as it stood at the cut-off.

    A form that counts dossiers, or other records, has a method ``_facts_<source>``, any other
    ``_matrix_<source>``; both are given a ``Scope``.
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
        """The ids of what a cell counts, dossiers or what the form says, by their order.

        :param row_key: the key of the line; None for the total

        :raises AccessError, UserError: as for ``get_figures``; also an unknown column or row
        """
        query = self.cell_query(form, column, date_from, date_to, row_key, company_id)
        self.env.cr.execute(SQL("%s ORDER BY id", query))
        return [dossier_id for (dossier_id,) in self.env.cr.fetchall()]

    @api.private
    @api.model
    def cell_query(self, form, column, date_from, date_to, row_key, company_id):
        """The ids of ``get_dossier_ids`` as a statement, in no order."""
        scope = self._scope(form, date_from, date_to, company_id)
        facts = self._facts(scope)
        if column not in facts.columns:
            raise UserError(
                self.env._(
                    "Form %(form)s has no column “%(column)s” to look behind.",
                    form=form,
                    column=column,
                )
            )
        return SQL(
            "%s SELECT id FROM scope WHERE %s AND %s AND %s",
            facts.statement,
            facts.counted,
            facts.columns[column],
            self._of_row(form, facts, row_key),
        )

    @api.private
    @api.model
    def behind(self, form, date_from, date_to, company_id):
        """What the figures of a form are made of, to be kept with them.

        :return: of each dossier its id, the position in its ledger that counts, its row and the
            columns that it is in, ordered by id; of another record its version in the place of
            the position; empty for a form that counts no records
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
                SELECT id, position, %s AS row,
                       ARRAY_REMOVE(ARRAY[%s]::text[], NULL) AS cells
                  FROM scope WHERE %s) AS counted
             WHERE cells != '{}' ORDER BY id""",
            facts.statement,
            self._path(facts),
            columns,
            facts.counted,
        )

    @api.private
    @api.model
    def sees_all_sectors(self):
        """Whether the user's figures are those of the whole commune."""
        return self.env.su or any(
            self.env.user.has_group(f"tthc_onestop.group_{group}") for group in ALL_SECTORS
        )

    def _facts(self, scope):
        # to compile these statements takes longer than to run them
        self.env.cr.execute("SET LOCAL jit = off")
        of_form = getattr(self, f"_facts_{scope.form.source}", None)
        return of_form(scope) if of_form else Facts(SQL(), {})

    def _matrix(self, scope):
        if scope.form.blank:
            total = Row(None, "Tổng số", dict.fromkeys(scope.form.figures, 0))
            return Matrix(scope.form, (), total, ())
        of_form = getattr(self, f"_matrix_{scope.form.source}", None)
        return of_form(scope) if of_form else self._matrix_of_facts(scope)

    def _matrix_of_facts(self, scope):
        form, facts = scope.form, self._facts(scope)
        depth = len(facts.levels)
        keys = SQL(", ").join(level.key for level in facts.levels)
        counts = SQL(", ").join(
            SQL("COUNT(*) FILTER (WHERE %s AND %s)", facts.counted, facts.columns[column])
            for column in form.figures
        )
        self.env.cr.execute(
            SQL(
                "%s SELECT %s, GROUPING(%s), %s, %s FROM scope GROUP BY ROLLUP (%s)",
                facts.statement,
                keys,
                keys,
                facts.apart,
                counts,
                keys,
            )
        )
        lines, total, apart = {}, None, None
        for line in self.env.cr.fetchall():
            summed, counted_apart, *values = line[depth:]
            figures = dict(zip(form.figures, values, strict=True))
            path = line[: depth - summed.bit_count()]
            if not path:
                total, apart = Row(None, "Tổng số", figures), counted_apart
            elif any(values):
                lines[path] = figures
        labels = [
            self._labels(level.labels, {path[number] for path in lines if len(path) > number})
            for number, level in enumerate(facts.levels)
        ]
        order = [{key: place for place, key in enumerate(known)} for known in labels]

        def place(path):  # a line comes before those that it is the sum of
            return [order[number].get(key, len(lines)) for number, key in enumerate(path)]

        rows = [
            Row(
                path[0] if depth == 1 else "/".join(map(str, path)),
                labels[len(path) - 1].get(path[-1], "Khác"),
                lines[path],
                len(path) - 1,
            )
            for path in sorted(lines, key=place)
        ]
        return Matrix.of(form, rows, total, apart)

    def _labels(self, labels, keys):
        """What the lines of these keys are called, in their order."""
        if not isinstance(labels, str):
            return labels
        # names of sectors and procedures are no secret; an archived one still has past figures
        records = self.env[labels].sudo().with_context(active_test=False)
        records = records.browse(key for key in keys if key)
        return {record.id: record.name for record in records.sorted()}

    def _path(self, facts):
        keys = [level.key for level in facts.levels]
        return SQL("CONCAT_WS('/', %s)", SQL(", ").join(keys)) if len(keys) > 1 else keys[0]

    def _of_row(self, form, facts, row_key):
        """A condition: what is counted in the line of a key, None for the total."""
        if row_key is None:
            return SQL("TRUE")
        if len(facts.levels) == 1 and isinstance(row_key, int):
            return SQL("%s = %s", facts.levels[0].key, row_key)
        parts = row_key.split("/") if isinstance(row_key, str) else []
        if len(facts.levels) == 1 or not 0 < len(parts) <= len(facts.levels):
            raise UserError(
                self.env._("Form %(form)s has no row “%(row)s”.", form=form, row=row_key)
            )
        return SQL(" AND ").join(
            SQL("%s::text = %s", level.key, part)
            for level, part in zip(facts.levels, parts, strict=False)
        )

    @api.private
    @api.model
    def offered(self):
        """The codes of the declared forms whose facts are kept here, in their order."""
        return [
            code
            for code, form in FORMS.items()
            if all(f"tthc.{model}" in self.env for model in (form.counts, *form.needs))
        ]

    def _scope(self, form, date_from, date_to, company_id):
        if form not in self.offered():
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
