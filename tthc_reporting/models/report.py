from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..rules.matrix import Row
from ..rules.settlement import II_06A, settlement_matrix

ALL_SECTORS = ("statistician", "leader", "auditor", "counter")
DECIDED = ("settled", "returned")  # with a result
DAY = timedelta(days=1)


class TthcReport(models.AbstractModel):
    """The figures of official forms, computed from the ledger as it stood at the cut-off."""

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
        return self._settlement(form, date_from, date_to, company_id).as_dict()

    @api.model
    def get_dossier_ids(self, form, column, date_from, date_to, row_key=None, company_id=None):
        """The ids of the dossiers behind a cell; of the total row when ``row_key`` is None.

        :raises AccessError, UserError: as for ``get_figures``; also an unknown column or row
        """
        scope = self._scope(form, date_from, date_to, company_id)
        if column not in II_06A.figures:
            raise UserError(
                self.env._(
                    "Form %(form)s has no column “%(column)s” of figures.", form=form, column=column
                )
            )
        if row_key is not None and not isinstance(row_key, int):
            raise UserError(
                self.env._("Form %(form)s has no row “%(row)s”.", form=form, row=row_key)
            )
        row = SQL("sector_id = %s", row_key) if row_key is not None else SQL("TRUE")
        self.env.cr.execute(
            SQL(
                "%s SELECT id FROM scope WHERE in_scope AND %s AND %s ORDER BY id",
                scope,
                _COLUMNS[column],
                row,
            )
        )
        return [dossier_id for (dossier_id,) in self.env.cr.fetchall()]

    @api.private
    @api.model
    def sees_all_sectors(self):
        """Whether the user's figures are those of the whole commune."""
        return self.env.su or any(
            self.env.user.has_group(f"tthc_onestop.group_{group}") for group in ALL_SECTORS
        )

    def _settlement(self, form, date_from, date_to, company_id=None):
        scope = self._scope(form, date_from, date_to, company_id)
        counts = SQL(", ").join(
            SQL("COUNT(*) FILTER (WHERE in_scope AND %s)", _COLUMNS[column])
            for column in II_06A.figures
        )
        self.env.cr.execute(
            SQL(
                """%s
                SELECT GROUPING(sector_id), sector_id, (SELECT pending FROM opening), %s
                  FROM scope GROUP BY GROUPING SETS ((sector_id), ())""",
                scope,
                counts,
            )
        )
        found = self.env.cr.fetchall()
        # names of sectors are no secret; an archived one still has its past figures
        sectors = self.env["tthc.sector"].sudo().with_context(active_test=False)
        sectors = sectors.browse(key for _, key, *_ in found if key)
        names = {sector.id: sector.name for sector in sectors.sorted()}
        order = {key: number for number, key in enumerate(names)}
        rows, total, before = [], None, 0
        for is_total, key, pending_before, *values in found:
            figures = dict(zip(II_06A.figures, values, strict=True))
            if is_total:
                total, before = Row(None, "Tổng số", figures), pending_before
            elif any(values):
                rows.append(Row(key, names.get(key, ""), figures))
        rows.sort(key=lambda row: order.get(row.key, len(order)))
        return settlement_matrix(rows, total, before)

    def _scope(self, form, date_from, date_to, company_id):
        """The dossiers of a period, each as it stood at the cut-off and on the eve of the period.

        One dossier received by the last day, one row: what its last event by that day says. A
        dossier decided before the period can have no figure in it, so the history is not scanned.
        """
        if form != II_06A.code:
            raise UserError(self.env._("There is no report form “%(code)s”.", code=form))
        first, last = self._days(date_from, date_to)
        company, sectors = self._readable(company_id)
        settings = self.env["tthc.report.form"].sudo().in_force_on(form, last)
        eve = self.env["tthc.report.form"].sudo().in_force_on(form, first - DAY)
        self.env.flush_all()
        return SQL(
            """
            WITH scope AS (
                SELECT *,
                       entered_in_period OR pending_before AS in_scope,
                       status IN %(pending)s AS pending,
                       entered_in_period AND NOT pending_before AS received_in_period,
                       due_on < %(last)s AND status NOT IN %(never_late)s AS overdue
                  FROM (
                    SELECT dossier.id, dossier.sector_id, dossier.channel,
                           -- what is opened again comes in again: its first end is told already
                           dossier.entered_on >= %(first)s
                           OR (dossier.reopened_on >= %(first)s AND EXISTS (
                               SELECT FROM tthc_dossier_event
                                WHERE dossier_id = dossier.id AND kind = 'reopen'
                                  AND happened_on BETWEEN %(first)s AND %(last)s)
                           ) IS TRUE AS entered_in_period,
                           cut.to_status AS status, cut.due_on, cut.outcome,
                           COALESCE(eve.to_status IN %(pending_eve)s, FALSE) AS pending_before
                      FROM tthc_dossier dossier
                      JOIN LATERAL (
                            SELECT to_status, due_on, outcome FROM tthc_dossier_event
                             WHERE dossier_id = dossier.id AND happened_on <= %(last)s
                          ORDER BY position DESC LIMIT 1) cut ON TRUE
                 LEFT JOIN LATERAL (
                            SELECT to_status FROM tthc_dossier_event
                             WHERE dossier_id = dossier.id AND happened_on < %(first)s
                               AND dossier.received_on < %(first)s
                          ORDER BY position DESC LIMIT 1) eve ON TRUE
                     WHERE dossier.company_id = %(company)s
                       AND dossier.received_on <= %(last)s AND dossier.entered_on <= %(last)s
                       AND (dossier.settled_on IS NULL OR dossier.settled_on >= %(first)s)
                       AND %(sectors)s
                  ) AS stood
            ), opening AS (
                -- column 11 of the eve, from what came into and left the pending until then
                SELECT COALESCE(SUM((to_status IN %(pending_eve)s)::int
                              - (COALESCE(from_status, '') IN %(pending_eve)s)::int), 0) AS pending
                  FROM tthc_dossier_event event
                  JOIN tthc_dossier dossier ON dossier.id = event.dossier_id
                 WHERE event.company_id = %(company)s AND event.happened_on < %(first)s
                   AND dossier.received_on < %(first)s AND %(sectors)s
            )""",
            first=first,
            last=last,
            pending=settings.pending_statuses(),
            pending_eve=eve.pending_statuses(),
            never_late=("supplement", "stopped", "withdrawn"),  # waiting for the citizen, or over
            company=company.id,
            sectors=sectors,
        )

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


# what each column counts among the dossiers in scope
_COLUMNS = {
    "3": SQL("TRUE"),
    "4": SQL("received_in_period AND channel = 'online'"),
    "5": SQL("received_in_period AND channel != 'online'"),
    "6": SQL("NOT received_in_period"),
    "7": SQL("NOT pending"),
    "8": SQL("NOT pending AND outcome = 'early'"),
    "9": SQL("NOT pending AND (outcome = 'on_time' OR status NOT IN %s)", DECIDED),
    "10": SQL("NOT pending AND outcome = 'late'"),
    "11": SQL("pending"),
    "12": SQL("pending AND overdue IS NOT TRUE"),
    "13": SQL("pending AND overdue"),
}
