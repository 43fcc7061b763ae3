from odoo.http import Controller, request, route

from odoo.addons.tthc_onestop.controllers.files import file_response


class CommunicationController(Controller):
    @route(
        "/tthc_reporting/communication/<int:summary_id>.<any(docx,pdf):kind>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def summary(self, summary_id, kind):
        """The summary that the user has asked for, as a paper."""
        summary = request.env["tthc.communication.summary"].search([("id", "=", summary_id)])
        if not summary:
            raise request.not_found()
        content = summary.docx() if kind == "docx" else summary.pdf()
        days = f"{summary.date_from:%Y%m%d}_{summary.date_to:%Y%m%d}"
        return file_response(content, f"tuyen-truyen_{days}.{kind}")
