from odoo.http import Controller, request, route

from odoo.addons.tthc_onestop.controllers.files import file_response


class ReportTextController(Controller):
    @route(
        "/tthc_reporting/text/<int:text_id>.<any(docx,pdf):kind>",
        type="http",
        auth="user",
        readonly=True,
    )
    def text(self, text_id, kind):
        """The written report as a file, for who may read it."""
        text = request.env["tthc.report.text"].browse(text_id).exists()
        if not text:
            raise request.not_found()
        text.check_access("read")
        content = text.docx() if kind == "docx" else text.pdf()
        period = text.period_id
        name = f"bao-cao_{period.date_from:%Y%m%d}_{period.date_to:%Y%m%d}.{kind}"
        return file_response(content, name)
