from odoo.exceptions import ValidationError
from odoo.http import request, route

from odoo.addons.mail.controllers.attachment import AttachmentController
from odoo.addons.web.controllers.binary import Binary


class UploadController(Binary):
    @route()
    def upload_attachment(self, model, id, ufile, callback=None):  # noqa: A002 (Odoo's name)
        """Say why a file is refused, where Odoo says that something horrible happened."""
        files = request.httprequest.files.getlist("ufile")
        if refusal := _refusal(files, model, id):
            return request.make_json_response([{"error": refusal}])
        return super().upload_attachment(model, id, ufile, callback)


class NoteUploadController(AttachmentController):
    @route()
    def mail_attachment_upload(self, ufile, thread_id, thread_model, is_pending=False, **kwargs):
        """Check what goes with a note at once, not when the note is posted."""
        if refusal := _refusal([ufile], thread_model, thread_id):
            return request.make_json_response({"error": refusal})
        return super().mail_attachment_upload(ufile, thread_id, thread_model, is_pending, **kwargs)


def _refusal(files, model, id_):
    """Why the commune takes none of these files; None when it takes all."""
    attachments = request.env["ir.attachment"]
    if not attachments.is_handed_in(model):
        return None
    for file in files:
        vals = {"name": file.filename, "raw": file.read(), "res_model": model, "res_id": int(id_)}
        file.seek(0)
        try:
            attachments.checked(vals)
        except ValidationError as refused:
            return refused.args[0]
    return None
