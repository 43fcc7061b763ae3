import hashlib

from odoo import api, models
from odoo.tools import SQL

BATCH = 500  # scans whose rows are in memory at once; of their contents one is


class TthcDossierFile(models.Model):
    """Proof that the scans are as they were attached, whatever was done to where they are kept."""

    _inherit = "tthc.dossier.file"

    @api.model
    def verify_files(self, ids=None):
        """What is wrong with these scans, by default with all that the user reads.

        :return: a list of ``{"dossier_id", "name", "file_id", "file", "problem"}``, empty when all
            is well; ``problem`` is "missing" (there is no content), "changed" (it is not what was
            attached) or "row missing" (the content is there, what was said of it is not)
        """
        readable = self.search([("id", "in", ids)] if ids is not None else [], order="id")
        found = []
        for start in range(0, len(readable), BATCH):
            found += readable[start : start + BATCH]._verify_batch()
            self.env.invalidate_all()
        if ids is None and self.env.su:
            found += self._contents_without_row()
        return found

    def _verify_batch(self):
        # who reads a scan reads its content
        attachments = self.env["ir.attachment"].sudo()
        kept = {
            attachment.res_id: attachment
            for attachment in attachments.search_fetch(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "content"),
                    ("res_id", "in", self.ids),
                ],
                ["res_id", "store_fname"],
            )
        }
        found = []
        for file in self:
            content = kept.get(file.id, attachments).with_prefetch()
            raw = content.raw
            content.invalidate_recordset(["raw", "db_datas"])
            if not raw:
                problem = "missing"
            elif (len(raw), hashlib.sha256(raw).hexdigest()) != (file.size, file.sha256):
                problem = "changed"
            else:
                continue
            found.append(
                {
                    "dossier_id": file.dossier_id.id,
                    "name": file.dossier_id.name,
                    "file_id": file.id,
                    "file": file.name,
                    "problem": problem,
                }
            )
        return found

    @api.model
    def _contents_without_row(self):
        self.env.cr.execute(
            SQL(
                "SELECT content.res_id, content.name FROM ir_attachment content"
                " LEFT JOIN tthc_dossier_file file ON file.id = content.res_id"
                " WHERE content.res_model = %s AND content.res_field = 'content'"
                " AND file.id IS NULL ORDER BY content.res_id",
                self._name,
            )
        )
        return [
            {
                "dossier_id": False,
                "name": False,
                "file_id": file_id,
                "file": name,
                "problem": "row missing",
            }
            for file_id, name in self.env.cr.fetchall()
        ]
