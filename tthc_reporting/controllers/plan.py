from odoo.http import Controller, request, route

from odoo.addons.tthc_onestop.controllers.files import file_response


class PlanController(Controller):
    @route(
        "/tthc_reporting/plan/<int:plan_id>.<any(docx,pdf):kind>",
        type="http",
        auth="user",
        readonly=True,
    )
    def plan(self, plan_id, kind):
        """The plan as a file, for who may read it."""
        plan = request.env["tthc.plan"].browse(plan_id).exists()
        if not plan:
            raise request.not_found()
        plan.check_access("read")
        content = plan.docx() if kind == "docx" else plan.pdf()
        return file_response(content, f"ke-hoach_{plan.year}.{kind}")
