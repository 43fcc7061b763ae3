from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


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

    @api.constrains("file_size", "res_model")
    def _check_tthc_size(self):
        files = self.filtered(lambda file: (file.res_model or "").startswith("tthc."))
        if not files:
            return
        parameters = self.env["ir.config_parameter"].sudo()  # a limit is no secret
        limit = int(parameters.get_param("tthc_onestop.attachment_max_mb", 20))
        for file in files:
            if file.file_size > limit * 1024 * 1024:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is larger than the %(limit)s MB allowed for one file. "
                        "Scan it at a lower resolution or split it.",
                        name=file.name,
                        limit=limit,
                    )
                )
