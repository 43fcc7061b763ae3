from typing import NamedTuple

from odoo import Command, api, fields, models, tools
from odoo.fields import Domain
from odoo.tools import file_open

from ..rules.catalogue import UNVERIFIED, read_catalogue
from ..rules.versions import Version


class Terms(NamedTuple):
    """What receiving and settling a dossier need to know of its procedure."""

    name: str
    history: tuple[Version, ...]  # of its code: which version is in force depends on the day
    sector_id: int
    duration: float
    duration_unit: str | bool
    duration_text: str | bool
    sets: int  # of papers; 0: not stated
    unverified_fields: str | bool
    signed: bool  # a leader's signature settles it
    papers: tuple[dict, ...]
    steps: tuple[tuple[str, str, float], ...]  # name, role and term of each, in their order
    has_cases: bool  # with terms of their own
    fees: tuple[tuple[int, bool], ...]  # each, and whether it is due on request only


class TthcProcedure(models.Model):
    _name = "tthc.procedure"
    _description = "Administrative procedure"
    _inherit = ["mail.thread", "tthc.cached.mixin"]
    _order = "sector_id, code"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True, index=True, help="Code on the national database: d.dddddd")
    name = fields.Char(required=True)
    version = fields.Integer(required=True, default=1, aggregator=None)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("waiting", "Published, not in effect yet"),
            ("published", "In force"),
            ("superseded", "Superseded"),
            ("abolished", "Abolished"),
        ],
        required=True,
        default="published",
        readonly=True,
        index=True,
        copy=False,
    )
    sector_id = fields.Many2one("tthc.sector", required=True, ondelete="restrict", index=True)
    duration = fields.Float(
        digits=(8, 2), aggregator=None, help="0: no term is published, so there is no due date."
    )
    duration_unit = fields.Selection(
        [
            ("hour", "Working hours"),
            ("working_day", "Working days"),
            ("day", "Calendar days"),
            ("same_day", "Same day"),
        ]
    )
    duration_text = fields.Char(string="Term as published")
    duration_max_text = fields.Char(string="Term with verification")
    online_level = fields.Selection(
        [("none", "At the desk only"), ("partial", "Partly online"), ("full", "Fully online")]
    )
    fee_text = fields.Text(string="Fee")
    result_name = fields.Char(string="Result")
    document_ids = fields.One2many(
        "tthc.procedure.document", "procedure_id", string="Papers", copy=True
    )
    step_ids = fields.One2many("tthc.procedure.step", "procedure_id", string="Workflow", copy=True)
    fee_ids = fields.One2many("tthc.procedure.fee", "procedure_id", string="Fees", copy=True)
    legal_basis_ids = fields.One2many(
        "tthc.procedure.legal.basis", "procedure_id", string="Legal bases", copy=True
    )
    source = fields.Text(help="Where the verified parts were read.")
    unverified_fields = fields.Char(
        help="The parts that no source confirms, as code,name,duration,… They are shown as such "
        "until somebody checks them and empties this list."
    )
    unverified_label = fields.Char(compute="_compute_unverified_label", string="Unverified")
    note = fields.Text()
    active = fields.Boolean(default=True)

    _code_version_uniq = models.Constraint(
        "UNIQUE(code, version)", "This version of the procedure is in the catalogue already."
    )
    _term_complete = models.Constraint(
        "CHECK(duration >= 0 AND (duration = 0 OR duration_unit IS NOT NULL))",
        "A term is a positive number with its unit.",
    )

    @api.private
    def terms(self, case=None) -> Terms | None:
        """The ``Terms`` of one procedure, None when there is no such procedure.

        :param case: the ``tthc.procedure.case`` whose term and steps apply; empty: no special case
        """
        case_id = case._origin.id if case else None
        return self._terms(self._origin.id, case_id) if self._origin else None

    @api.model
    @tools.ormcache("procedure_id", "case_id")
    def _terms(self, procedure_id, case_id):
        procedure = self.sudo().browse(procedure_id).exists()
        case = procedure.case_ids.filtered(lambda case: case.id == case_id)
        steps = procedure.steps_of(case) if case else procedure.main_steps()
        return procedure and Terms(
            procedure.name,
            tuple(procedure.histories([procedure.code]).get(procedure.code, ())),
            procedure.sector_id.id,
            (case or procedure).duration,
            (case or procedure).duration_unit,
            procedure.duration_text,
            procedure.sets,
            procedure.unverified_fields,
            "leader" in steps.mapped("role"),
            tuple(
                {
                    "procedure_document_id": paper.id,
                    "sequence": paper.sequence,
                    "name": f"{paper.name} ({paper.case})" if paper.case else paper.name,
                    "kind": paper.kind,
                    "kind_id": paper.kind_id.id,
                    "originals": paper.originals,
                    "copies": paper.copies,
                }
                for paper in procedure.document_ids
                if paper.kind != "note"
            ),
            tuple((step.name, step.role, step.duration) for step in steps),
            bool(procedure.case_ids),
            tuple((fee.id, fee.on_request) for fee in procedure.fee_ids),
        )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for procedure in self:
            procedure.display_name = f"{procedure.code} – {procedure.name}"

    @api.depends("unverified_fields")
    def _compute_unverified_label(self):
        labels = self._unverified_labels()
        for procedure in self:
            parts = (procedure.unverified_fields or "").split(",")
            procedure.unverified_label = ", ".join(labels[part] for part in parts if part in labels)

    def _unverified_labels(self):
        env = self.env
        labels = (
            env._("code"),
            env._("name"),
            env._("term"),
            env._("term with verification"),
            env._("fee"),
            env._("online level"),
            env._("papers"),
            env._("result"),
        )
        return dict(zip(UNVERIFIED, labels, strict=True))

    @api.model
    def _search_display_name(self, operator, value):
        """Find by the code or by words of the name in any order; diacritics do not matter."""
        if operator != "ilike" or not isinstance(value, str):
            return super()._search_display_name(operator, value)
        return Domain.AND(
            Domain("code", "ilike", word) | Domain("name", "ilike", word) for word in value.split()
        )

    # ---------------------------------------------------------------- the published list

    @api.private
    @api.model
    def load_shipped_catalogue(self):
        """Load what the addon ships; what is in the catalogue already stays as it is."""
        with file_open("tthc_onestop/data/procedures_commune.csv") as file:
            self.load_catalogue(file.read(), parts=self._shipped_parts())

    @api.private
    @api.model
    def load_catalogue(self, text, dry_run=False, parts=None):
        """Add the procedures of a published list (``rules.catalogue``) that are not known yet.

        :param parts: more values of some, by code
        :return: (new codes, codes known already, messages about the rows that were left out)
        """
        rows, problems = read_catalogue(text)
        known = set(
            self.with_context(active_test=False)
            .search([("code", "in", [row.code for row in rows])])
            .mapped("code")
        )
        new = [row for row in rows if row.code not in known]
        if not dry_run:
            sectors = self._sectors_named({row.sector: None for row in new})
            self.with_context(tracking_disable=True, mail_create_nolog=True).create(
                [
                    self._values_of(row, sectors[row.sector]) | (parts or {}).get(row.code, {})
                    for row in new
                ]
            )
        messages = [self.problem_message(problem) for problem in problems]
        return [row.code for row in new], sorted(known), messages

    def _sectors_named(self, names):
        sectors = self.env["tthc.sector"].with_context(active_test=False)
        found = {sector.name: sector.id for sector in sectors.search([("name", "in", list(names))])}
        missing = [name for name in names if name not in found]
        created = sectors.create([{"name": name} for name in missing])
        return found | {sector.name: sector.id for sector in created}

    def _values_of(self, row, sector_id):
        return {
            "code": row.code,
            "name": row.name,
            "sector_id": sector_id,
            "duration": row.duration,
            "duration_unit": row.duration_unit,
            "duration_text": row.duration_text,
            "duration_max_text": row.duration_max_text,
            "online_level": row.online_level,
            "fee_text": row.fee_text,
            "result_name": row.result_name,
            "note": row.note,
            "source": row.source,
            "unverified_fields": ",".join(row.unverified),
            "document_ids": [
                Command.create(
                    {
                        "sequence": 10 * number,
                        "name": paper.name,
                        "kind": paper.kind,
                        "originals": paper.originals,
                        "copies": paper.copies,
                    }
                )
                for number, paper in enumerate(row.papers, 1)
            ],
            "legal_basis_ids": [
                Command.create({"sequence": 10 * number, "name": name})
                for number, name in enumerate(row.legal_bases, 1)
            ],
        }

    @api.private
    def problem_message(self, problem):
        env = self.env
        if not problem.row:
            return env._("The column “%(field)s” is missing.", field=problem.field)
        reasons = {
            "missing": env._("is empty"),
            "bad_code": env._("“%s” is not a procedure code (d.dddddd)", problem.value),
            "duplicate": env._("“%s” stands in the list twice", problem.value),
            "bad_number": env._("“%s” is not a positive number", problem.value),
            "bad_unit": env._("“%s” is not gio, ngay_lam_viec, ngay or trong_ngay", problem.value),
            "unreadable": env._("the file cannot be read on (%s)", problem.value),
            "no_unit": env._("the term “%s” has no unit", problem.value),
            "unknown": env._("“%s” is to be abolished and is not in the catalogue", problem.value),
            "workflow": env._(
                "the steps of its workflow take %s: make this version by hand", problem.value
            ),
        }
        return env._(
            "Row %(row)s, %(field)s: %(reason)s.",
            row=problem.row,
            field=problem.field,
            reason=reasons[problem.code],
        )
