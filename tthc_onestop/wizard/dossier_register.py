import base64
import io

from pypdf import PdfReader

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.pdf import merge_pdf

from ..render.pdf import html_to_pdf
from ..render.register_xlsx import workbook
from ..rules.register import COLUMNS, Cover, headings
from ..rules.slip_form import form_of

AT_ONCE = 200  # dossiers drawn in one go, in five seconds
# what the register is made of, read in one go
LISTED = (
    "name",
    "procedure_id",
    "applicant_name",
    "applicant_address",
    "applicant_phone",
    "officer_id",
    "received_on",
    "due_on",
    "settled_on",
    "returned_on",
    "return_means",
    "recipient_name",
    "status",
    "company_id",
)

# the register is Vietnamese by law, whatever the language of the user
MEANS = {"counter": "Trực tiếp", "post": "Bưu chính", "online": "Trực tuyến"}
NOTES = {
    "supplement": "Chờ bổ sung",
    "payment": "Chờ nộp phí",
    "withdrawn": "Rút hồ sơ",
    "stopped": "Dừng giải quyết",
}


class TthcDossierRegister(models.TransientModel):
    """The register of the dossiers received in a time: as the user sees them, on paper or in Excel.

    The number in its first column is that of the receipt, which runs through the year (TT
    01/2018/TT-VPCP Đ10.2): the register of one sector has gaps.
    """

    _name = "tthc.dossier.register"
    _description = "Register of dossiers"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, string="Commune"
    )
    sector_ids = fields.Many2many("tthc.sector", string="Sectors", help="None: all of them.")
    date_from = fields.Date(
        required=True,
        string="Received from",
        default=lambda self: fields.Date.context_today(self).replace(day=1),
    )
    date_to = fields.Date(required=True, string="Received until", default=fields.Date.context_today)
    book = fields.Char(string="Book number", required=True, default="01")
    # a register of many dossiers is drawn in parts
    listed_ids = fields.Json(export_string_translation=False)
    drawn_count = fields.Integer(export_string_translation=False)
    drawn = fields.Binary(attachment=False, export_string_translation=False)

    def action_pdf(self):
        """Open the register on paper; one of many dossiers is drawn with progress first."""
        self.ensure_one()
        self._check_days()
        listed = [id_ for id_, _ in self._entries()]
        self.write({"drawn": False, "drawn_count": 0, "listed_ids": listed})
        if len(listed) <= AT_ONCE:
            return self._open("pdf")
        return {
            "type": "ir.actions.client",
            "tag": "tthc_print_register",
            "name": self.env._("Register of dossiers"),
            "target": "new",
            "params": {"id": self.id, "total": len(listed)},
        }

    def action_xlsx(self):
        self.ensure_one()
        self._check_days()
        return self._open("xlsx")

    def _open(self, kind):
        return {
            "type": "ir.actions.act_url",
            "url": f"/tthc/register/{self.id}/{kind}",
            "target": "new" if kind == "pdf" else "download",
        }

    def _check_days(self):
        if self.date_to < self.date_from:
            raise UserError(self.env._("The last day is before the first day."))

    def _domain(self):
        domain = [
            ("company_id", "=", self.company_id.id),
            ("received_on", ">=", self.date_from),
            ("received_on", "<=", self.date_to),
        ]
        return domain + ([("sector_id", "in", self.sector_ids.ids)] if self.sector_ids else [])

    def draw_part(self):
        """Draw the next dossiers of a long register: memory for one part, whatever its length.

        :return: how many are drawn by now
        """
        self.ensure_one()
        ids = self.listed_ids[self.drawn_count :][:AT_ONCE]
        if ids:
            before = base64.b64decode(self.drawn or b"")
            pages = len(PdfReader(io.BytesIO(before)).pages) if before else 0
            part = self._draw(ids, pages)
            self.drawn = base64.b64encode(merge_pdf([before, part]) if before else part)
            self.drawn_count += len(ids)
        return self.drawn_count

    def pdf(self):
        """The register as PDF on A4, landscape.

        :raises UserError: it is a long one, and not all its parts are drawn
        """
        listed = self.listed_ids or [id_ for id_, _ in self._entries()]
        if len(listed) <= AT_ONCE:
            return self._draw(listed)
        if self.drawn_count < len(listed):
            raise UserError(self.env._("The register is not drawn to its end: print it again."))
        return base64.b64decode(self.drawn)

    def _draw(self, ids, pages=0):
        """These dossiers on pages that come after so many others; without any, a cover first."""
        html = self.env["ir.qweb"]._render(
            "tthc_onestop.dossier_register",
            {
                "cover": self._cover(),
                "pages": pages,
                "columns": COLUMNS,
                "headings": headings(),
                "rows": self._rows(ids),
                "nothing": "Không có hồ sơ trong thời gian này",
            },
            minimal_qcontext=True,
        )
        return html_to_pdf(str(html), fields.Datetime.now())

    def xlsx(self):
        """The register as an Excel file."""
        return workbook(self._cover(), self._rows([id_ for id_, _ in self._entries()]))

    def _cover(self):
        regime = self.env["tthc.regime"].in_force_on(self.date_to)
        wording = self.env["tthc.slip.wording"].of(regime.id, "register")
        return Cover(
            form=f"Mẫu số {form_of(regime.stop_form, 'register')}",
            agency=self.company_id.name.upper(),
            desk=regime.desk_name.upper(),
            title=wording["title"],
            sectors=", ".join(self.sector_ids.mapped("name")) or "tất cả",
            book=f"{self.book}/{self.date_from.year}",
            period=f"Từ ngày {self.date_from:%d/%m/%Y} đến ngày {self.date_to:%d/%m/%Y}",
        )

    def _entries(self):
        """The ids of the dossiers and their entries (year, number), in the order of these."""
        # only the dossiers that the user sees, and of each its first receipt: those that replace
        # it are no entry
        dossiers = self.env["tthc.dossier"].search(self._domain())
        entries = {}
        for receipt in self._receipts(dossiers.ids):
            entries.setdefault(receipt.dossier_id.id, (receipt.year, receipt.number))
        return sorted(entries.items(), key=lambda each: each[1])

    def _receipts(self, ids):
        return self.env["tthc.dossier.slip"].search_fetch(
            [("dossier_id", "in", ids), ("subject", "=", "receipt")],
            ["dossier_id", "number", "year"],
            order="id",
        )

    def _rows(self, ids):
        """A mapping for each of these dossiers, in their order."""
        dossiers = self.env["tthc.dossier"].browse(ids)
        dossiers.fetch(LISTED)
        entries = {}
        for receipt in self._receipts(ids):
            entries.setdefault(receipt.dossier_id, receipt.number)
        handed_over = dict(
            self.env["tthc.dossier.event"]._read_group(
                [("dossier_id", "in", ids), ("kind", "=", "process")],
                ["dossier_id"],
                ["happened_on:min"],
            )
        )
        return [
            self._row(dossier, entries[dossier], handed_over.get(dossier)) for dossier in dossiers
        ]

    def _row(self, dossier, entry, handed_over):
        contact = (dossier.applicant_address, dossier.applicant_phone)
        return {
            "entry": f"{entry:02d}",
            "code": dossier.name,
            "procedure": dossier.procedure_id.name,
            "sets": dossier.procedure_id.terms().sets or 1,
            "applicant": dossier.applicant_name,
            "contact": ", ".join(filter(None, contact)),
            "handler": dossier.officer_id.name or dossier.company_id.name,
            "received": dossier.received_on,
            "due": dossier.due_on,
            "handed_over": handed_over,
            "settled": dossier.settled_on,
            "returned": dossier.returned_on,
            "means": MEANS.get(dossier.return_means),
            "signed": dossier.recipient_name,
            "note": NOTES.get(dossier.status),
        }
