from odoo.http import Controller, content_disposition, request, route

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


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
        how = "attachment" if kind == "docx" else "inline"
        return request.make_response(
            content,
            [
                ("Content-Type", TYPES[kind]),
                ("Content-Disposition", content_disposition(name, how)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
