from odoo.http import Controller, request, route

from .files import file_response


class PlanBudgetController(Controller):
    @route(
        "/tthc/plan/<int:plan_id>/kinh-phi.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def budget(self, plan_id):
        """The money of a plan, as far as the user sees it."""
        plan = request.env["tthc.plan"].search([("id", "=", plan_id)])
        if not plan or not plan.budget_line_ids:
            raise request.not_found()
        return file_response(plan.budget_xlsx(), f"kinh-phi-ke-hoach_{plan.year}.xlsx")
