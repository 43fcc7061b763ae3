from datetime import datetime
from typing import NamedTuple

from odoo import api, fields, models, tools

from ..rules.public_text import tariff_in_words, without_remarks
from ..rules.reuse import paper_key
from ..rules.search_text import Text, text_of

# what the public may know as it is written
TEXTS = (
    "level",
    "sets",
    "duration_text",
    "duration_max_text",
    "fee_text",
    "result_name",
    "result_code",
    "national_code",
    "process_text",
    "conditions",
    "audience",
    "authority",
    "partner_agencies",
)
CHANNEL = ("channel", "duration_text", "fee_text", "description")
DECISION = ("number", "name", "issuer", "signed_on", "effective_on")
CASE = ("name", "duration", "duration_unit")
FEE = ("name", "rule", "amount", "from_page", "amount_beyond", "ceiling")
EXEMPTION = ("name", "percent", "legal_basis")
PAPER = ("name", "kind", "originals", "copies", "case", "form_name")
ENDED = ("superseded", "abolished")


def present(record, names):
    """The values of these fields without remarks, None for what is empty."""
    values = {name: record[name] or None for name in names}
    return {
        name: without_remarks(value) if isinstance(value, str) else value
        for name, value in values.items()
    }


class Listed(NamedTuple):
    """A procedure in force, as the public list shows it; ``modified`` is a moment in UTC."""

    code: str
    name: str
    text: Text
    sector_id: int
    sector: str
    events: tuple[str, ...]
    duration: float
    duration_unit: str | bool
    duration_text: str
    fee_text: str
    online_level: str | bool
    unverified: tuple[str, ...]
    modified: datetime


class TthcProcedure(models.Model):
    """What the public may read of the catalogue: plain values without notes, cached until any
    part of it changes."""

    _inherit = "tthc.procedure"

    life_event_ids = fields.Many2many(
        "tthc.life.event",
        relation="tthc_life_event_procedure_rel",
        column1="procedure_id",
        column2="event_id",
        string="Events of life",
        help="When citizens need it: how the public pages find it.",
    )
    public_url = fields.Char(compute="_compute_public_url", string="Public page")

    @api.depends("code")
    @api.depends_context("company")
    def _compute_public_url(self):
        # where citizens come in is no secret
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        contact = self.env.company.tthc_contact(self.env.company.id)  # a province has none
        at = f"?xa={contact.company_id}" if contact else ""
        for procedure in self:
            procedure.public_url = f"{base}/thu-tuc-hanh-chinh/{procedure.code}{at}"

    @api.private
    @api.model
    @tools.ormcache()
    def public_list(self) -> tuple[Listed, ...]:
        """The procedures in force, by sector and code."""
        # what is published is public, and only these fields leave
        procedures = self.sudo().search([("state", "=", "published")])
        return tuple(
            Listed(
                code=procedure.code,
                name=procedure.name,
                text=text_of(
                    procedure.name,
                    procedure.code,
                    procedure.sector_id.name,
                    *procedure.life_event_ids.mapped("name"),
                ),
                sector_id=procedure.sector_id.id,
                sector=procedure.sector_id.name,
                events=tuple(procedure.life_event_ids.mapped("code")),
                duration=procedure.duration,
                duration_unit=procedure.duration_unit,
                duration_text=without_remarks(procedure.duration_text or ""),
                fee_text=without_remarks(procedure.fee_text or ""),
                online_level=procedure.online_level,
                unverified=procedure._unverified_parts(),
                modified=procedure.write_date,
            )
            for procedure in procedures
        )

    @api.private
    @api.model
    @tools.ormcache()
    def public_events(self) -> tuple[tuple[str, str], ...]:
        """The word and the name of each event of life."""
        # pylint: disable-next=no-search-all  # a dozen
        events = self.env["tthc.life.event"].sudo().search([])  # they head the public pages
        return tuple((event.code, event.name) for event in events)

    @api.private
    @api.model
    @tools.ormcache()
    def public_ids(self) -> dict[str, int]:
        """The procedure that the public page of each code shows: in force, or the last that was."""
        # as in public_list; what is archived stays readable too
        procedures = self.sudo().with_context(active_test=False)
        ended = procedures.search_fetch([("state", "in", ENDED)], ["code"], order="version")
        in_force = self.sudo().search_fetch([("state", "=", "published")], ["code"])
        return {procedure.code: procedure.id for procedure in (*ended, *in_force)}

    @api.private
    @api.model
    @tools.ormcache()
    def public_results(self) -> frozenset[str]:
        """The papers that the commune gives itself (``paper_key``): it has them already."""
        procedures = self.sudo().search_fetch([("state", "=", "published")], ["result_name"])
        names = (name for each in procedures for name in each._results())
        return frozenset(filter(None, map(paper_key, names)))

    @api.private
    @api.model
    @tools.ormcache("procedure_id")
    def public_page(self, procedure_id: int) -> dict:
        """All that the public may read of one procedure, as plain values."""
        procedure = self.sudo().browse(procedure_id)  # as in public_list
        papers, bases = procedure.document_ids, procedure.legal_basis_ids
        channels, decision = procedure.channel_ids, procedure.decision_id
        successor = procedure._successor()
        given = self.public_results()
        return present(procedure, TEXTS) | {
            "code": procedure.code,
            "name": procedure.name,
            "version": procedure.version,
            "state": procedure.state,
            "sector_id": procedure.sector_id.id,
            "sector": procedure.sector_id.name,
            "events": [(each.code, each.name) for each in procedure.life_event_ids],
            "duration": procedure.duration,
            "duration_unit": procedure.duration_unit or None,
            "online_level": procedure.online_level or None,
            "channels": [present(channel, CHANNEL) for channel in channels],
            "papers": [
                present(paper, PAPER)
                | {
                    "id": paper.id,
                    "held": paper.kind == "hand_in" and paper_key(paper.name) in given,
                }
                for paper in papers
            ],
            "cases": [present(case, CASE) for case in procedure.case_ids],
            "fees": [
                present(fee, FEE)
                | {
                    "text": tariff_in_words(fee.tariff()),
                    "on_request": fee.on_request,
                    "verified": fee.mark != "unverified",
                    "exemptions": [present(each, EXEMPTION) for each in fee.exemption_ids],
                }
                for fee in procedure.fee_ids
            ],
            "legal_bases": bases.mapped("display_name"),
            "decision": present(decision, DECISION) if decision else None,
            "replaced_by": {"code": successor.code, "name": successor.name} if successor else None,
            "unverified": procedure._unverified_parts(),
            "modified": max(
                (
                    procedure.write_date,
                    *papers.mapped("write_date"),
                    *bases.mapped("write_date"),
                    *channels.mapped("write_date"),
                )
            ),
        }

    @api.private
    @api.model
    @tools.ormcache()
    def public_modified(self) -> datetime:
        """The moment (UTC) of the last change in what ``public_list`` shows."""
        moments = (
            moment
            for model in (self, self.env["tthc.sector"], self.env["tthc.life.event"])
            # as in public_list; what ended changed the list too
            for [moment] in model.sudo()
            .with_context(active_test=False)
            ._read_group([], [], ["write_date:max"])
            if moment
        )
        return max(moments, default=datetime(1970, 1, 1))  # an empty catalogue never changed

    @api.private
    @api.model
    @tools.ormcache("key", cache="templates.cached_values")
    def public_html(self, key: tuple, render) -> str:
        """What ``render`` makes, kept until data, settings, views or assets change."""
        return str(render())

    def _successor(self):
        """The procedure that came instead of one that is no longer in force, if any."""
        found = self.replaced_by_id
        return found if found.state == "published" else self.browse()

    def _unverified_parts(self):
        return tuple(filter(None, (self.unverified_fields or "").split(",")))
