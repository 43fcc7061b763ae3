from odoo.http import Controller, content_disposition, request, route


class PeriodController(Controller):
    @route("/tthc_reporting/period/<int:period_id>/xlsx", type="http", auth="user", readonly=True)
    def xlsx(self, period_id):
        """The sheet as the user may see it: reading the period checks that."""
        period = request.env["tthc.report.period"].browse(period_id).exists()
        if not period:
            raise request.not_found()
        period.check_access("read")
        content = period.xlsx()
        name = f"II.06a_{period.date_from:%Y%m%d}_{period.date_to:%Y%m%d}.xlsx"
        return request.make_response(
            content,
            [
                (
                    "Content-Type",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
