from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.dossier_slip_content import BLANK, term_in_words
from ..models.procedure_public import present
from ..models.res_company import local_today
from ..render.pdf import html_to_pdf, qr_png
from ..rules.public_text import without_remarks

WITH_CONTENT = 60  # procedures written out in full in one file: about a minute of drawing
# the parts of a procedure that are text, in the order of NĐ 63/2010 Đ8.2
LAWFUL_PARTS = (
    ("Trình tự thực hiện", "process_text"),
    ("Số lượng hồ sơ (bộ)", "sets"),
    ("Đối tượng thực hiện", "audience"),
    ("Cơ quan giải quyết", "authority"),
    ("Cơ quan phối hợp", "partner_agencies"),
    ("Kết quả thực hiện", "result_name"),
    ("Yêu cầu, điều kiện", "conditions"),
)
PAPER_KINDS = {"hand_in": "Nộp", "show": "Xuất trình", "note": "Lưu ý"}


class TthcPostingBoard(models.TransientModel):
    """The board of procedures to hang up, with the notice on feedback that belongs to it.

    NĐ 63/2010 Đ13.2 and Đ17: name, legal basis, time, place, fee; NĐ 20/2008 Đ10.3: the notice.
    """

    _name = "tthc.posting.board"
    _description = "Board of procedures"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, string="Commune"
    )
    sector_ids = fields.Many2many("tthc.sector", string="Sectors", help="None: all of them.")
    paper = fields.Selection(
        [("A4", "A4"), ("A3", "A3")], required=True, default="A4", string="Paper size"
    )
    changed_only = fields.Boolean(
        string="Only what changed since the last posting",
        help="The versions in force that do not hang yet.",
    )
    place_id = fields.Many2one(
        "tthc.posting.place",
        string="At the place",
        domain="[('company_id', '=', company_id)]",
        help="None: at any place of the commune.",
    )
    with_content = fields.Boolean(
        string="With the content of each procedure", help="All its parts, and its forms."
    )
    unverified_count = fields.Integer(compute="_compute_unverified_count")

    @api.depends("sector_ids", "changed_only", "place_id", "company_id")
    def _compute_unverified_count(self):
        for board in self:
            unverified = board._procedures().filtered("unverified_fields")
            board.unverified_count = len(unverified)

    def action_print(self):
        self.ensure_one()
        self._check()  # said here, where it can be corrected
        return {"type": "ir.actions.act_url", "url": f"/tthc/board/{self.id}", "target": "new"}

    def _check(self):
        self.company_id.tthc_check_contacts()
        count = len(self._procedures())
        if not count:
            raise UserError(
                self.env._("Nothing has changed since the last posting.")
                if self.changed_only
                else self.env._("No procedure is in force in these sectors.")
            )
        if self.with_content and count > WITH_CONTENT:
            raise UserError(
                self.env._(
                    "%(count)s procedures are too many to be written out in one file: choose "
                    "sectors with at most %(limit)s, or the list without the content.",
                    count=count,
                    limit=WITH_CONTENT,
                )
            )

    def _procedures(self):
        domain = [("state", "=", "published")]
        if self.sector_ids:
            domain.append(("sector_id", "in", self.sector_ids.ids))
        if self.changed_only:
            needed = [("state", "=", "needed"), ("company_id", "=", self.company_id.id)]
            if self.place_id:
                needed.append(("place_id", "=", self.place_id.id))
            domain.append(("posting_ids", "any", needed))
        return self.env["tthc.procedure"].search(domain)

    def pdf(self):
        """The board as PDF, landscape: the notice, the list, and the contents if asked for."""
        self._check()
        html = self.env["ir.qweb"]._render(
            "tthc_onestop.posting_board", self._content(), minimal_qcontext=True
        )
        return html_to_pdf(str(html), fields.Datetime.now())

    def _content(self):
        company, procedures = self.company_id, self._procedures()
        return company.tthc_notice("board") | {
            "paper": self.paper,
            "scale": 1.0 if self.paper == "A4" else 1.25,
            "day": f"{local_today():%d/%m/%Y}",
            "place": self.place_id.name if self.changed_only else "",
            "changed_only": self.changed_only,
            "total": len(procedures),
            "sectors": [
                (sector.name, [self._row(procedure) for procedure in of_sector])
                for sector, of_sector in procedures.grouped("sector_id").items()
            ],
            "contents": [self._written_out(each) for each in procedures]
            if self.with_content
            else [],
        }

    def _row(self, procedure):
        unverified = (procedure.unverified_fields or "").split(",")  # not said to the public
        published = "duration" not in unverified and procedure.duration_text
        return {
            "code": procedure.code,
            "name": procedure.name,
            "term": without_remarks(published or term_in_words(procedure)),
            "fee": BLANK if "fee" in unverified else without_remarks(procedure.fee_text or ""),
            "bases": procedure.legal_basis_ids.mapped("display_name"),
            "qr": qr_png(procedure.with_company(self.company_id).public_url),
        }

    def _written_out(self, procedure):
        texts = present(procedure, [field for _label, field in LAWFUL_PARTS])
        parts = [(label, texts[field]) for label, field in LAWFUL_PARTS if texts[field]]
        return self._row(procedure) | {
            "sector": procedure.sector_id.name,
            "parts": parts,
            "papers": [
                {
                    "name": paper.name,
                    "form": paper.form_name or "",
                    "kind": PAPER_KINDS[paper.kind],
                    "originals": paper.originals,
                    "copies": paper.copies,
                }
                for paper in procedure.document_ids
            ],
        }
