from odoo.http import Controller, request, route

from odoo.addons.tthc_onestop.controllers.files import file_response


class PeriodController(Controller):
    @route(
        "/tthc_reporting/period/<int:period_id>/<any(xlsx,pdf):kind>",
        type="http",
        auth="user",
        readonly=True,
    )
    def sheets(self, period_id, kind):
        """The sheets as the user may see them: reading the period checks that."""
        period = request.env["tthc.report.period"].browse(period_id).exists()
        if not period:
            raise request.not_found()
        period.check_access("read")
        content = period.xlsx() if kind == "xlsx" else period.pdf()
        name = f"bieu-mau_{period.date_from:%Y%m%d}_{period.date_to:%Y%m%d}.{kind}"
        return file_response(content, name)
