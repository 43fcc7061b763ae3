from odoo.http import Controller, request, route

from odoo.addons.tthc_onestop.controllers.files import file_response


class PeriodController(Controller):
    @route("/tthc_reporting/period/<int:period_id>/xlsx", type="http", auth="user", readonly=True)
    def xlsx(self, period_id):
        """The sheet as the user may see it: reading the period checks that."""
        period = request.env["tthc.report.period"].browse(period_id).exists()
        if not period:
            raise request.not_found()
        period.check_access("read")
        name = f"II.06a_{period.date_from:%Y%m%d}_{period.date_to:%Y%m%d}.xlsx"
        return file_response(period.xlsx(), name)
