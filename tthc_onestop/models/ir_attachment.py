import base64

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.mimetypes import guess_mimetype

from ..rules.file_type import RECORDINGS, TYPES, clean_name, types_in
from .res_company import local_today, to_local

# their files stay as long as they do, whoever asks
KEPT = ("tthc.dossier.file", "tthc.dossier.result", "tthc.dossier.slip")
DRAWN = "tthc.dossier.slip"  # nobody hands it in: the software draws it
CONTENT = {"raw", "datas", "db_datas", "mimetype", "name", "type", "url", "res_model", "res_id"}
PLACE = ("checksum", "res_model", "res_id", "res_field", "type")


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _inaccessible_comodel_records(self, model_and_ids, operation):
        """Scans show what the fields of a dossier hide: finance sees neither."""
        yield from super()._inaccessible_comodel_records(model_and_ids, operation)
        if not self.env["tthc.dossier"].sees_applicants():
            yield from (("tthc.dossier", id_) for id_ in model_and_ids.get("tthc.dossier", ()))

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        # a search by model asks for access to the dossiers only, not to their files
        if not bypass_access and not self.env["tthc.dossier"].sees_applicants():
            domain = Domain(domain) & Domain("res_model", "!=", "tthc.dossier")
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model_create_multi
    def create(self, vals_list):
        if not any(self.is_handed_in(vals.get("res_model")) for vals in vals_list):
            return super().create(vals_list)
        # before the row is there: the web client's upload keeps what it finds after a refusal
        vals_list = [
            self.checked(vals) if self.is_handed_in(vals.get("res_model")) else vals
            for vals in vals_list
        ]
        # a scan stays as it was scanned: Odoo would make a large one smaller
        return super(IrAttachment, self.with_context(image_no_postprocess=True)).create(vals_list)

    def write(self, vals):
        if not vals.keys() & CONTENT:
            return super().write(vals)
        self.check_access("write")  # before anything is said about the files
        of_model = self.sudo().filtered(lambda file: file.res_model in KEPT)
        kept = {file: _place(file) for file in of_model | self._filed()}
        handed_in = self.sudo().filtered(
            lambda file: self.is_handed_in(vals.get("res_model", file.res_model))
        )
        new = {field: vals[field] for field in ("raw", "datas") if field in vals}
        checked = {
            file: self.checked(
                {field: vals.get(field, file[field]) for field in ("name", "res_model", "res_id")}
                | (new or {"raw": file.raw})
            )
            for file in handed_in
        }
        if checked or kept:
            # another place of the content, which Odoo itself fills
            vals = {field: value for field, value in vals.items() if field != "db_datas"}
            self = self.with_context(image_no_postprocess=True)
        result = super().write(vals)
        for file, values in checked.items():
            super(IrAttachment, file).write(
                {field: values[field] for field in ("name", "mimetype")}
            )
        if any(_place(file) != place for file, place in kept.items()):
            raise UserError(self.env._("A file that is kept with a dossier cannot be changed."))
        return result

    @api.ondelete(at_uninstall=False)
    def _check_tthc_kept(self):
        files = self.sudo().filtered(lambda file: file.res_model in KEPT)
        for model, of_model in files.grouped("res_model").items():
            if self.env[model].sudo().browse(of_model.mapped("res_id")).exists():
                raise UserError(self.env._("A file that is kept with a dossier cannot be deleted."))
        for file in self._filed():
            raise UserError(
                self.env._(
                    "“%(file)s” stays with dossier %(dossier)s, which has been received: only who "
                    "attached it may delete it, on the same day. Attach a corrected file and say "
                    "so in a note.",
                    file=file.name,
                    dossier=self.env["tthc.dossier"].sudo().browse(file.res_id).display_name,
                )
            )

    def _filed(self):
        """Those of these files in the notes of received dossiers that the user no longer changes.

        A slip of the hand may be mended by who made it, the same day; superuser mode does not help.
        """
        files = self.sudo().filtered(lambda file: file.res_model == "tthc.dossier")
        dossiers = self.env["tthc.dossier"].sudo().browse(files.mapped("res_id")).exists()
        received = set(dossiers.filtered(lambda dossier: dossier.status != "submitted").ids)
        today = local_today()
        return files.filtered(
            lambda file: (
                file.res_id in received
                and (file.create_uid != self.env.user or to_local(file.create_date).date() != today)
            )
        )

    def _to_http_stream(self):
        """Whatever got in by some other way, no browser shows it as a page: it is downloaded."""
        stream = super()._to_http_stream()
        if self.is_handed_in(self.res_model) and stream.mimetype not in TYPES.values():
            stream.mimetype = "application/octet-stream"
        return stream

    @api.private
    @api.model
    def is_handed_in(self, model):
        """Whether the files of a model come from outside, so that they are looked at."""
        return bool(model) and model.startswith("tthc.") and model != DRAWN

    @api.private
    @api.model
    def checked(self, vals):
        """The values of a file that is handed in, with the type that its content has.

        :raises ValidationError: the commune takes no such file
        """
        vals = dict(vals)
        raw, datas = vals.get("raw"), vals.pop("datas", None)
        raw = vals["raw"] = raw or base64.b64decode(datas or b"")
        raw = raw.encode() if isinstance(raw, str) else raw
        name = vals["name"] = clean_name(str(vals.get("name") or ""))
        commune = self._tthc_commune(vals["res_model"], vals.get("res_id"))
        if not raw:
            raise ValidationError(
                self.env._("“%(name)s” is empty: scan or save it again.", name=name)
            )
        if len(raw) > commune.tthc_file_max_mb * 1024 * 1024:
            raise ValidationError(
                self.env._(
                    "“%(name)s” is larger than the %(limit)s MB allowed for one file. "
                    "Scan it at a lower resolution or split it.",
                    name=name,
                    limit=commune.tthc_file_max_mb,
                )
            )
        vals["mimetype"] = guess_mimetype(raw)
        allowed = {name: TYPES[name] for name in types_in(commune.tthc_file_types)}
        if vals["res_model"] == "tthc.communication.item":
            allowed |= RECORDINGS
        if vals["mimetype"] not in allowed.values():
            raise ValidationError(
                self.env._(
                    "“%(name)s” is a file of type %(type)s, whatever its name says. What may be "
                    "attached: %(types)s.",
                    name=name,
                    type=vals["mimetype"],
                    types=", ".join(allowed),
                )
            )
        return vals

    @api.model
    def _tthc_commune(self, model, id_):
        """The commune whose limits hold; limits are no secret."""
        record = self.env[model].sudo().browse(id_ or ()).exists()
        commune = record.company_id if "company_id" in record._fields else None
        return commune or self.env.company.sudo()


def _place(file):
    return [file[field] for field in PLACE]
