from collections.abc import Collection

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules.identity import masked
from .dossier_document_reuse import REUSED
from .res_company import local_today

# what was handed in with these was found to be right
SETTLED = ("settled", "returned")
# a result has a line for each kind it stands for: its id and the kind's, beyond every id of a paper
RESULT_IDS = 1 << 31
KIND_BITS = 20


class TthcPaperHeld(models.Model):
    """The register of the papers that the commune has of a person, derived from the dossiers.

    Those handed in with a dossier that was settled, since nobody has said of the others that they
    are right, and the results that the commune itself gave. A paper that was reused is in it by
    its source. A dossier that is opened again takes its papers out of it by itself.
    """

    _name = "tthc.paper.held"
    _description = "Paper held"
    _auto = False
    _order = "accepted_on desc, id desc"
    _depends = {
        "tthc.dossier": [
            "applicant_identity",
            "applicant_name",
            "company_id",
            "name",
            "procedure_id",
            "sector_id",
            "settled_on",
            "status",
        ],
        "tthc.dossier.document": [
            "digitisation",
            "dossier_id",
            "handed_in",
            "issued_on",
            "kind",
            "kind_id",
            "name",
            "number",
            "valid_until",
        ],
        "tthc.dossier.result": [
            "corrects_id",
            "dossier_id",
            "number",
            "signed_on",
            "valid_from",
            "valid_until",
        ],
        "tthc.paper.kind": ["name", "same_as_id", "valid_days"],
        "tthc.paper.revocation": ["document_id", "result_id"],
        "tthc.procedure": ["result_kind_ids"],
        "res.company": ["tthc_reuse_days"],
    }

    company_id = fields.Many2one("res.company", readonly=True, string="Commune")
    dossier_id = fields.Many2one("tthc.dossier", readonly=True)
    sector_id = fields.Many2one("tthc.sector", readonly=True)
    document_id = fields.Many2one("tthc.dossier.document", readonly=True, string="Handed in as")
    result_id = fields.Many2one("tthc.dossier.result", readonly=True, string="Result document")
    kind_id = fields.Many2one("tthc.paper.kind", readonly=True, string="Kind of paper")
    name = fields.Char(readonly=True, string="Paper")
    holder_name = fields.Char(readonly=True, string="Of whom")
    identity = fields.Char(readonly=True, string="Identity number", exportable=False)
    identity_masked = fields.Char(
        string="Identity number (masked)", compute="_compute_identity_masked"
    )
    number = fields.Char(readonly=True)
    issued_on = fields.Date(readonly=True, string="Issued")
    accepted_on = fields.Date(
        readonly=True,
        string="Held since",
        help="The day the dossier it was handed in with was settled, or from which a result is "
        "in force.",
    )
    valid_until = fields.Date(
        readonly=True,
        help="Its own end; where it has none, the days its kind or the commune allows it.",
    )
    sha256 = fields.Char(compute="_compute_sha256", string="SHA-256 of the scan")
    revocation_id = fields.Many2one("tthc.paper.revocation", readonly=True, string="Revoked")
    revoked_reason = fields.Text(related="revocation_id.reason", string="Reason")
    revoked_by_id = fields.Many2one(related="revocation_id.user_id", string="Revoked by")
    revoked_at = fields.Datetime(related="revocation_id.revoked_at", string="Revoked at")
    state = fields.Selection(
        [("valid", "Valid"), ("expired", "Expired"), ("revoked", "Revoked")],
        compute="_compute_state",
        search="_search_state",
    )

    @property
    def _table_query(self):
        kept = SQL(
            """dossier.id AS dossier_id, dossier.sector_id,
               dossier.applicant_name AS holder_name, dossier.applicant_identity AS identity,
               COALESCE(kind.same_as_id, kind.id) AS kind_id"""
        )
        days = SQL(
            """COALESCE(NULLIF(COALESCE(same.valid_days, kind.valid_days), 0),
                        NULLIF(company.tthc_reuse_days, 0))"""
        )
        return SQL(
            """
            SELECT paper.id::bigint AS id, dossier.company_id, %(kept)s,
                   paper.id AS document_id, NULL::integer AS result_id,
                   paper.name, paper.number, paper.issued_on,
                   dossier.settled_on AS accepted_on,
                   COALESCE(paper.valid_until, dossier.settled_on + %(days)s) AS valid_until,
                   revocation.id AS revocation_id
              FROM tthc_dossier_document paper
              JOIN tthc_dossier dossier ON dossier.id = paper.dossier_id
              JOIN res_company company ON company.id = dossier.company_id
              LEFT JOIN tthc_paper_kind kind ON kind.id = paper.kind_id
              LEFT JOIN tthc_paper_kind same ON same.id = kind.same_as_id
              LEFT JOIN tthc_paper_revocation revocation ON revocation.document_id = paper.id
             WHERE paper.handed_in AND paper.kind = 'hand_in'
               AND paper.digitisation NOT IN %(reused)s AND dossier.status IN %(settled)s
            UNION ALL
            SELECT (result.id::bigint << %(bits)s) + kind.id + %(apart)s AS id,
                   result.company_id, %(kept)s,
                   NULL, result.id, kind.name, result.number, result.signed_on,
                   COALESCE(result.valid_from, result.signed_on),
                   COALESCE(result.valid_until,
                            COALESCE(result.valid_from, result.signed_on) + %(days)s),
                   revocation.id
              FROM tthc_dossier_result result
              JOIN tthc_dossier dossier ON dossier.id = result.dossier_id
              JOIN res_company company ON company.id = result.company_id
              JOIN tthc_procedure_result_kind_rel given
                ON given.procedure_id = dossier.procedure_id
              JOIN tthc_paper_kind kind ON kind.id = given.kind_id
              LEFT JOIN tthc_paper_kind same ON same.id = kind.same_as_id
              LEFT JOIN tthc_dossier_result correction ON correction.corrects_id = result.id
              LEFT JOIN tthc_paper_revocation revocation ON revocation.result_id = result.id
             WHERE correction.id IS NULL AND dossier.status IN %(settled)s
            """,
            kept=kept,
            days=days,
            reused=REUSED,
            settled=SETTLED,
            bits=KIND_BITS,
            apart=RESULT_IDS,
        )

    @api.depends("document_id", "result_id")
    def _compute_sha256(self):
        papers = self.sudo()  # a hash tells nothing of what the scan or the ledger says
        recorded = papers.env["tthc.dossier.event"].search_fetch(
            [
                ("dossier_id", "in", papers.result_id.dossier_id.ids),
                ("kind", "in", ("record_result", "correct_result")),
            ],
            ["details"],
        )
        of_result = {
            str(details["result"]): details.get("sha256") for details in recorded.mapped("details")
        }
        for paper in papers:
            scan = paper.document_id.file_ids.sorted("id")[-1:]
            paper.sha256 = scan.sha256 or of_result.get(str(paper.result_id.id))

    @api.depends("identity")
    def _compute_identity_masked(self):
        for paper in self:
            paper.identity_masked = masked(paper.identity or "")

    @api.depends("revocation_id", "valid_until")
    def _compute_state(self):
        today = local_today()
        for paper in self:
            expired = paper.valid_until and paper.valid_until < today
            paper.state = "revoked" if paper.revocation_id else "expired" if expired else "valid"

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        kept = Domain("revocation_id", "=", False)
        expired = Domain("valid_until", "<", local_today())
        domains = {
            "valid": kept & ~expired,
            "expired": kept & expired,
            "revoked": ~kept,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.model
    def _search(self, domain, *args, **kwargs):
        # an id of the register is reckoned: what it is reckoned from has an index
        domain = Domain(domain).map_conditions(
            lambda condition: (
                condition & _sources(condition.value)
                if (condition.field_expr, condition.operator) == ("id", "in")
                and isinstance(condition.value, Collection)
                else condition
            )
        )
        return super()._search(domain, *args, **kwargs)

    @api.model
    @api.readonly
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        """As ever; the first pages, newest first, without sorting the whole register for them."""
        recent = limit and not order and self._recent(offset + limit)
        if recent:
            found = self.search_fetch(
                Domain(domain) & recent, specification.keys(), offset=offset, limit=limit
            )
            if len(found) == limit:
                return self._format_web_search_read_results(
                    domain, found.web_read(specification), offset, limit, count_limit
                )
        return super().web_search_read(
            domain, specification, offset, limit, order=order, count_limit=count_limit
        )

    @api.model
    def _recent(self, count):
        """The domain of what is held since so many dossiers ago, empty when there are fewer."""
        since = self.env["tthc.dossier"].search_fetch(
            [("company_id", "in", self.env.companies.ids), ("settled_on", "!=", False)],
            ["settled_on"],
            order="settled_on desc",
            offset=count,
            limit=1,
        )
        return since and Domain("accepted_on", ">=", since.settled_on)

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        # a file leaves the system: no identity number in it, whoever exports; and what is derived
        # has no name to be imported by
        instead = {"identity": ["identity_masked"], "id": [".id"]}
        fields = [instead.get(path[0], path) for path in fields]
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    def action_ask_revoke(self):
        """Open the dialogue that asks why these papers count no more."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Revoke"),
            "res_model": "tthc.paper.revoke",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_document_ids": self.document_id.ids,
                "default_result_ids": self.result_id.ids,
            },
        }

    def action_revoke(self, reason):
        """Offer these papers no more. A result that stands for several kinds is revoked for all.

        :raises UserError: without a reason, or revoked already
        """
        self.env["tthc.paper.revoke"].check_access("create")
        self.check_access("read")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the paper counts no more."))
        if revoked := self.filtered("revocation_id"):
            raise UserError(
                self.env._(
                    "“%(paper)s” of %(dossier)s is revoked already.",
                    paper=revoked[0].name,
                    dossier=revoked[0].dossier_id.display_name,
                )
            )
        # who may revoke is said by the dialogue, of which papers by the rules of the register
        self.env["tthc.paper.revocation"].sudo().create(
            [
                {
                    "dossier_id": dossier.id,
                    "company_id": dossier.company_id.id,
                    "document_id": document.id,
                    "result_id": result.id,
                    "reason": reason.strip(),
                    "user_id": self.env.uid,
                    "revoked_at": fields.Datetime.now(),
                }
                for (dossier, document, result) in self.grouped(
                    lambda paper: (paper.dossier_id, paper.document_id, paper.result_id)
                )
            ]
        )
        self.invalidate_model()
        return True


def _sources(ids):
    """The domain of what is held as one of these papers or by one of these results."""
    ids = [id_ for id_ in ids if id_]
    papers = [id_ for id_ in ids if id_ <= RESULT_IDS]
    results = {(id_ - RESULT_IDS) >> KIND_BITS for id_ in ids if id_ > RESULT_IDS}
    return Domain("document_id", "in", papers) | Domain("result_id", "in", results)
