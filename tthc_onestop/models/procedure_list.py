from datetime import date

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ..render.catalogue_xlsx import workbook
from ..rules import versions
from ..rules.catalogue import Listing, Problem, Procedure
from ..rules.catalogue_change import COLUMNS, Plan, cells_of, plan_of
from ..rules.catalogue_columns import fold
from ..rules.catalogue_papers import Paper
from ..rules.sheet import write_csv

BATCH = 200
# what a part of a list is in a version
FIELDS = {
    "name": ["name"],
    "sector": ["sector_id"],
    "duration": ["duration", "duration_unit"],
    "duration_text": ["duration_text"],
    "duration_max": ["duration_max_text"],
    "fee": ["fee_text"],
    "online_level": ["online_level"],
    "documents": ["document_ids"],
    "result": ["result_name"],
    "legal_bases": ["legal_basis_ids"],
    "source": ["source"],
    "note": ["note"],
}


class TthcProcedure(models.Model):
    """A published list of procedures compared with the catalogue, applied to it, made from it."""

    _inherit = "tthc.procedure"

    @api.private
    @api.model
    def plan_list(self, listing: Listing, abolish_missing: bool = False) -> Plan:
        """What a list would change in the catalogue. What waits for its day is in it already."""
        last, gone = self._last_versions()
        current = {each.code: each for each in last.as_listed()}
        plan = plan_of(listing, current, gone, abolish_missing)
        by_code = last.grouped("code")
        fitting = []
        for change in plan.changed:
            row, code, parts = change
            steps = sum(by_code[code].main_steps().mapped("duration"))
            if "duration" in parts and steps and abs(steps - row.duration) >= 0.01:
                plan.problems.append(
                    Problem(row.row, listing.columns["thoi_han_so"], "workflow", f"{steps:g}")
                )
            else:
                fitting.append(change)
        plan.changed = fitting
        return plan

    @api.private
    @api.model
    def apply_plan(self, plan: Plan, decision, progress=None):
        """Make and publish the versions of a plan, all or none of them.

        :param decision: under which they are published; without one, only what is new is taken
        :param progress: called with how many of how many versions are made
        :raises UserError: something changes or is abolished and there is no decision
        """
        if not decision and (plan.changed or plan.abolished):
            raise UserError(
                self.env._(
                    "Enter the decision that publishes the list: what changes or is abolished "
                    "has a new version under it."
                )
            )
        self.browse().check_access("create")
        last, _gone = self._last_versions()
        by_code = last.grouped("code")
        rows = [row for row in plan.new] + [row for row, _code, _parts in plan.changed]
        sectors = self._sectors_folded(row.sector for row in rows)
        numbers = self.next_versions([row.code for row in plan.new])
        first = {"state": "draft"} if decision else {}
        vals_list = [
            self._values_of(row, sectors[fold(row.sector)])
            | {"version": numbers[row.code], **first}
            for row in plan.new
        ]
        olds = self.browse(by_code[code].id for _row, code, _parts in plan.changed)
        for vals, old, (row, _code, parts) in zip(
            olds.copy_data(), olds, plan.changed, strict=True
        ):
            given = self._values_of(row, sectors[fold(row.sector)])
            vals |= {name: given[name] for part in parts for name in FIELDS[part]}
            unverified = set((old.unverified_fields or "").split(",")) - {"", *parts}
            vals["unverified_fields"] = ",".join(sorted(unverified))
            vals_list.append(vals)
        ended = self.browse(by_code[code].id for _row, code in plan.abolished)
        vals_list += ended.copy_data({"change_kind": "abolished"})
        made = self.browse()
        lean = self.with_context(tracking_disable=True, mail_create_nolog=True)
        for batch in split_every(BATCH, vals_list, list):
            made += lean.create(batch)
            if progress:
                progress(len(made), len(vals_list))
        if decision and made:
            made.publish_under(decision)
        return made

    @api.private
    def as_listed(self) -> list[Procedure]:
        """These versions as rows of a list, in their order."""
        return [
            Procedure(
                row=number,
                code=procedure.code,
                name=procedure.name,
                sector=procedure.sector_id.name,
                duration=procedure.duration,
                duration_unit=procedure.duration and procedure.duration_unit or None,
                duration_text=procedure.duration_text or "",
                duration_max_text=procedure.duration_max_text or "",
                online_level=procedure.online_level or None,
                fee_text=procedure.fee_text or "",
                result_name=procedure.result_name or "",
                note=procedure.note or "",
                source=procedure.source or "",
                unverified=tuple(filter(None, (procedure.unverified_fields or "").split(","))),
                papers=tuple(
                    Paper(paper.name, paper.kind, paper.originals, paper.copies)
                    for paper in procedure.document_ids
                    if paper.kind != "note"  # a list has none
                ),
                legal_bases=tuple(procedure.legal_basis_ids.mapped("name")),
            )
            for number, procedure in enumerate(self, 1)
        ]

    @api.private
    def listed_table(self) -> list[list[str]]:
        """A table of these versions in the shape of the published lists, with its headings."""
        return [COLUMNS, *(cells_of(each.row, each) for each in self.as_listed())]

    @api.private
    @api.model
    def export_list(self, kind: str) -> bytes:
        """The procedures in force as a list, csv or xlsx, that can be loaded again."""
        table = self.search([("in_force", "=", True)], order="sector_id, code").listed_table()
        if kind == "csv":
            return write_csv(table).encode("utf-8-sig")  # by which Excel knows it
        return workbook({"Danh mục TTHC": table})

    def _last_versions(self):
        """The version decided last of each procedure, whatever its day, and the codes abolished."""
        decided = self.with_context(active_test=False).search([("state", "!=", "draft")])
        last, gone = [], []
        for code, history in self.histories(set(decided.mapped("code"))).items():
            version = versions.last_on(history, date.max)
            if version.abolishes:
                gone.append(code)
            else:
                last.append(version.id)
        return self.browse(last), gone

    def _sectors_folded(self, names):
        """Each name of a sector, as ``fold`` has it, to the sector's id; made when missing."""
        # who may make procedures was checked: their list names the sectors
        sectors = self.env["tthc.sector"].sudo().with_context(active_test=False)
        found = {fold(sector.name): sector.id for sector in sectors.search([])}
        missing = {fold(name): name for name in names if fold(name) not in found}
        made = sectors.create([{"name": name} for name in missing.values()])
        return found | dict(zip(missing, made.ids, strict=True))
