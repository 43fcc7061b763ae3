from odoo import fields, models
from odoo.exceptions import UserError

from ..render.pdf import html_to_pdf
from ..render.register_xlsx import workbook
from ..rules.register import COLUMNS, Cover, headings
from ..rules.slip_form import form_of

ON_PAPER = 500  # drawing them takes twelve seconds
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

    def action_pdf(self):
        return self._open("pdf")

    def action_xlsx(self):
        return self._open("xlsx")

    def _open(self, kind):
        self.ensure_one()
        self._check_size(kind)  # said here, where it can be corrected
        return {
            "type": "ir.actions.act_url",
            "url": f"/tthc/register/{self.id}/{kind}",
            "target": "new" if kind == "pdf" else "download",
        }

    def _check_size(self, kind):
        if self.date_to < self.date_from:
            raise UserError(self.env._("The last day is before the first day."))
        if kind == "pdf" and self.env["tthc.dossier"].search_count(self._domain()) > ON_PAPER:
            raise UserError(
                self.env._(
                    "More than %(count)s dossiers were received in this time: choose less of it, "
                    "or Excel.",
                    count=ON_PAPER,
                )
            )

    def _domain(self):
        domain = [
            ("company_id", "=", self.company_id.id),
            ("received_on", ">=", self.date_from),
            ("received_on", "<=", self.date_to),
        ]
        return domain + ([("sector_id", "in", self.sector_ids.ids)] if self.sector_ids else [])

    def pdf(self):
        """The register as PDF on A4, landscape."""
        self._check_size("pdf")
        html = self.env["ir.qweb"]._render(
            "tthc_onestop.dossier_register",
            {
                "cover": self._cover(),
                "columns": COLUMNS,
                "headings": headings(),
                "rows": self._rows(),
            },
            minimal_qcontext=True,
        )
        return html_to_pdf(str(html), fields.Datetime.now())

    def xlsx(self):
        """The register as an Excel file."""
        self._check_size("xlsx")
        return workbook(self._cover(), self._rows())

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

    def _rows(self):
        """A mapping for each dossier, in the order of their entries."""
        dossiers = self.env["tthc.dossier"].search_fetch(self._domain(), LISTED, order="id")
        of_these = [("dossier_id", "in", dossiers.ids)]
        entries = {}
        receipts = self.env["tthc.dossier.slip"].search_fetch(
            [*of_these, ("subject", "=", "receipt")], ["dossier_id", "number", "year"], order="id"
        )
        for receipt in receipts:  # the first one is the entry, those that replace it are not
            entries.setdefault(receipt.dossier_id, (receipt.year, receipt.number))
        handed_over = dict(
            self.env["tthc.dossier.event"]._read_group(
                [*of_these, ("kind", "=", "process")], ["dossier_id"], ["happened_on:min"]
            )
        )
        return [
            self._row(dossier, entries[dossier][1], handed_over.get(dossier))
            for dossier in dossiers.sorted(lambda dossier: entries[dossier])
        ]

    def _row(self, dossier, entry, handed_over):
        contact = (dossier.applicant_address, dossier.applicant_phone)
        return {
            "entry": f"{entry:02d}",
            "code": dossier.name,
            "procedure": dossier.procedure_id.name,
            "sets": 1,
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
