from odoo.http import Controller, request, route

from .files import file_response


class CommunicationController(Controller):
    @route(
        "/tthc/communication/<int:summary_id>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def summary(self, summary_id):
        """The summary that the user has asked for."""
        summary = request.env["tthc.communication.summary"].search([("id", "=", summary_id)])
        if not summary:
            raise request.not_found()
        days = f"{summary.date_from:%Y%m%d}_{summary.date_to:%Y%m%d}"
        return file_response(summary.xlsx(), f"tuyen-truyen_{days}.xlsx")
