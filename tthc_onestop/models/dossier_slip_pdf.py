import hashlib
import logging

from odoo import api, fields, models
from odoo.tools import SQL

from ..render.pdf import html_to_pdf, qr_png
from ..rules.vietnamese import day_in_words

_logger = logging.getLogger(__name__)

BATCH = 10  # drawn in one transaction: whoever prints one of them meanwhile waits for two seconds
VERIFIED_AT_ONCE = 500  # files in memory


class TthcDossierSlip(models.Model):
    """The paper itself: drawn once from what it says, kept as it is and known by its digest."""

    _inherit = "tthc.dossier.slip"

    attachment_id = fields.Many2one(
        "ir.attachment",
        string="PDF",
        compute="_compute_attachment_id",
        help="Drawn within minutes of the issue, or when it is printed before; kept as it is from "
        "then on.",
    )
    sha256 = fields.Char(
        string="SHA-256", readonly=True, help="Of the PDF when it was drawn; empty before."
    )

    _undrawn_idx = models.Index("(id) WHERE sha256 IS NULL AND content IS NOT NULL")

    @api.depends("form")
    def _compute_attachment_id(self):
        kept = self._kept()
        missing = self._origin.filtered(lambda slip: slip.content and slip.id not in kept)
        # the paper says the same to all who may read it, and nobody may write to a slip
        kept |= missing.sudo()._keep_drawn()
        for slip in self:
            slip.attachment_id = kept.get(slip._origin.id)

    def _kept(self):
        """The PDF of each of these slips that has been drawn, by the id of the slip."""
        # who reads a slip reads its PDF, yet nobody may write to a slip: hence sudo
        attachments = self.env["ir.attachment"].sudo()
        found = attachments.search_fetch(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)],
            ["res_id"],
            order="id DESC",  # the first drawing is the one kept
        )
        return {attachment.res_id: attachment for attachment in found}

    def _keep_drawn(self):
        """Draw these slips and keep their PDFs, returned by the id of the slip.

        Two who draw the same at once write to the same row: the second one fails, tries again
        and finds the first one's.
        """
        values = []
        for slip in self:
            pdf = slip._draw()
            slip.sha256 = slip.sha256 or hashlib.sha256(pdf).hexdigest()
            values.append(
                {
                    "name": f"{slip.content['code'] or slip._plain_number()}-mau-{slip.form}.pdf",
                    "raw": pdf,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": slip.id,
                }
            )
        return dict(zip(self.ids, self.env["ir.attachment"].create(values), strict=True))

    # ---------------------------------------------------------------- without being asked

    @api.model
    def _cron_draw(self):
        """Draw the slips that nobody has printed, newest first, a transaction for each batch."""
        cron, last = self.env["ir.cron"], None
        [[count]] = self.env.execute_query(SQL("SELECT count(*) %s", self._undrawn(last)))
        cron._commit_progress(remaining=count)
        while slips := self._take_undrawn(last):
            last = slips[-1].id
            kept = slips._kept()
            for slip in slips:
                try:
                    with self.env.cr.savepoint():
                        if slip.id in kept:  # from before digests were kept: as it is today
                            slip.sha256 = hashlib.sha256(kept[slip.id].raw).hexdigest()
                        else:
                            slip._keep_drawn()
                except Exception:  # one that cannot be drawn keeps no other from it
                    _logger.exception("Slip %s cannot be drawn", slip.id)
            if not cron._commit_progress(len(slips)):
                return
            self.env.invalidate_all()
        cron._commit_progress(remaining=0)

    @api.model
    def _take_undrawn(self, last):
        """The next slips that nobody draws at this moment, locked until the transaction ends."""
        found = self.env.execute_query(
            SQL(
                "SELECT id %s ORDER BY id DESC LIMIT %s FOR NO KEY UPDATE SKIP LOCKED",
                self._undrawn(last),
                BATCH,
            )
        )
        return self.browse(row[0] for row in found)

    @api.model
    def _undrawn(self, last):
        before = SQL("AND id < %s", last) if last else SQL()
        return SQL("FROM tthc_dossier_slip WHERE sha256 IS NULL AND content IS NOT NULL %s", before)

    # ---------------------------------------------------------------- the proof

    @api.model
    def verify_pdfs(self, ids=None):
        """What is wrong with the PDFs of these slips, by default of all that the user reads.

        :return: a list of ``{"slip_id", "name", "dossier", "problem"}``, empty when all is well;
            ``problem`` is "missing" or "changed"
        """
        drawn = [("sha256", "!=", False)] + ([("id", "in", ids)] if ids is not None else [])
        found, last = [], 0
        while slips := self.search([*drawn, ("id", ">", last)], order="id", limit=VERIFIED_AT_ONCE):
            last = slips[-1].id
            kept = slips._kept()
            for slip in slips:
                file = kept.get(slip.id)
                # a file that is gone from the disk reads as an empty one
                digest = file and file.raw and hashlib.sha256(file.raw).hexdigest()
                if digest != slip.sha256:
                    found.append(
                        {
                            "slip_id": slip.id,
                            "name": slip.display_name,
                            "dossier": slip.dossier_id.display_name,
                            "problem": "changed" if digest else "missing",
                        }
                    )
            self.env.invalidate_all()
        return found

    # ---------------------------------------------------------------- the drawing

    def _draw(self) -> bytes:
        """The slip as PDF, drawn from what it said when it was issued."""
        self.ensure_one()
        values = self._values()
        html = self.env["ir.qweb"]._render(
            f"tthc_onestop.slip_{self.subject}", values, minimal_qcontext=True
        )
        return html_to_pdf(str(html), self.issued_at, values["copies"].splitlines() or [""])

    def _values(self):
        """What the template needs: the content as it was issued, and what the register says."""
        code = self.content["code"]
        wording = self.env["tthc.slip.wording"].of(self.regime_id.id, self.subject)
        # receipts from before it was kept have the wording of today
        return (
            wording
            | self.content
            | {
                "form": f"Mẫu số {self.form}",
                "number": self._numbered(),
                "date": day_in_words(self.issued_on),
                "qr": code and qr_png(code),
                "book": f"01/{self.year}",
                "entry": self._plain_number(),
            }
        )
