from odoo.http import Controller, request, route


class WorkflowController(Controller):
    @route(
        "/tthc/workflow/<int:procedure_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def workflow(self, procedure_id):
        """The internal workflow of a procedure as its sheet, for who may read the catalogue."""
        procedures = request.env["tthc.procedure"].with_context(active_test=False)
        procedure = procedures.search([("id", "=", procedure_id)])
        if not procedure.has_workflow:
            raise request.not_found()
        return request.make_response(
            procedure.workflow_pdf(), [("Content-Type", "application/pdf")]
        )
