from datetime import date

from odoo.http import Controller, request, route

from .files import file_response


class PlanController(Controller):
    @route(
        "/tthc/plan/<int:plan_id>.xlsx", type="http", auth="user", methods=["GET"], readonly=True
    )
    def xlsx(self, plan_id, tu="", den="", **_tracking):
        """The tasks of a plan as they stood at the end of some days, for who may read it."""
        plan = request.env["tthc.plan"].search([("id", "=", plan_id)])
        try:
            first, last = (date.fromisoformat(day) if day else None for day in (tu, den))
        except ValueError as error:
            raise request.not_found() from error
        if not plan:
            raise request.not_found()
        days = f"_{first:%Y%m%d}_{last:%Y%m%d}" if first and last else ""
        return file_response(plan.xlsx(first, last), f"ke-hoach_{plan.year}{days}.xlsx")
