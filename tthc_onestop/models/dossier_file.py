import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .guard import refuse


class TthcDossierFile(models.Model):
    """The scans of a paper, every version: the newest is in use, those before stay.

    None is ever altered, and none deleted once the desk has decided on the dossier.
    """

    _name = "tthc.dossier.file"
    _description = "Scan of a paper"
    _order = "id desc"
    _log_access = False

    document_id = fields.Many2one(
        "tthc.dossier.document", required=True, ondelete="restrict", index=True, string="Paper"
    )
    dossier_id = fields.Many2one(related="document_id.dossier_id")
    company_id = fields.Many2one(related="document_id.company_id")
    name = fields.Char(required=True, string="File name")
    content = fields.Binary(string="File", required=True)
    size = fields.Integer(string="Size (bytes)", required=True, readonly=True, aggregator=None)
    sha256 = fields.Char(string="SHA-256", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="restrict", string="Attached by"
    )
    attached_at = fields.Datetime(required=True, readonly=True)
    version = fields.Integer(compute="_compute_version")
    is_current = fields.Boolean(string="In use", compute="_compute_version")

    @api.depends("document_id.file_ids")
    def _compute_version(self):
        for paper, files in self.grouped("document_id").items():
            ids = sorted(paper.file_ids._origin.ids)
            for file in files:
                known = file._origin.id in ids
                file.version = ids.index(file._origin.id) + 1 if known else len(ids) + 1
                file.is_current = not known or file._origin.id == ids[-1]

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")  # before anything is said about the files
        # before a row is there
        scans = [
            self.env["ir.attachment"].checked(
                {
                    "name": vals.get("name"),
                    "raw": self._decoded(vals),
                    "res_model": "tthc.dossier.document",
                    "res_id": vals.get("document_id"),
                }
            )
            for vals in vals_list
        ]
        files = super().create(
            [
                {
                    "document_id": vals.get("document_id"),
                    "name": scan["name"],
                    "size": len(scan["raw"]),
                    "sha256": hashlib.sha256(scan["raw"]).hexdigest(),
                    "user_id": self.env.uid,
                    "attached_at": fields.Datetime.now(),
                }
                for vals, scan in zip(vals_list, scans, strict=True)
            ]
        )
        # who may add a version was checked by the line above; nobody may write to one
        self.env["ir.attachment"].sudo().create(
            [
                {
                    "name": file.name,
                    "raw": scan["raw"],
                    "res_model": self._name,
                    "res_field": "content",
                    "res_id": file.id,
                }
                for file, scan in zip(files, scans, strict=True)
            ]
        )
        files.invalidate_recordset(["content"])
        files.document_id.follow_files()
        return files

    def unlink(self):
        self.check_access("unlink")  # before anything is said about the files
        papers = self.document_id
        result = super().unlink()
        papers.follow_files()
        return result

    @api.ondelete(at_uninstall=False)
    def _check_deletable(self):
        for dossier in self.dossier_id.filtered(lambda dossier: dossier.status != "submitted"):
            raise UserError(
                self.env._(
                    "The files of dossier %(name)s are kept: attach a new version instead.",
                    name=dossier.display_name,
                )
            )

    @api.model
    def _decoded(self, vals):
        try:
            return base64.b64decode(vals.get("content") or b"", validate=True)
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._("“%(name)s” cannot be read: attach it again.", name=vals.get("name"))
            ) from error

    def init(self):
        """Let the database itself refuse what the model refuses, whoever asks."""
        result = super().init()
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION tthc_paper_is_kept(paper_id int4) RETURNS boolean AS $$
            BEGIN
                RETURN EXISTS (
                    SELECT FROM tthc_dossier_document paper
                    JOIN tthc_dossier dossier ON dossier.id = paper.dossier_id
                    WHERE paper.id = paper_id AND dossier.status <> 'submitted'
                );
            END $$ LANGUAGE plpgsql STABLE
            """
        )
        message = "the files of a dossier are kept as they are"
        refuse(self.env.cr, self._table, "UPDATE", message)
        kept = SQL("tthc_paper_is_kept(OLD.document_id)")
        refuse(self.env.cr, self._table, "DELETE", message, kept)
        refuse(self.env.cr, self._table, "TRUNCATE", message)
        return result
