from odoo.http import Controller, request, route

from .files import file_response


class ProcedureListController(Controller):
    @route(
        "/tthc/procedures.<any(csv,xlsx):kind>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def procedures(self, kind):
        """The procedures in force in the shape of the published lists, for who may read them."""
        procedures = request.env["tthc.procedure"]
        if not procedures.has_access("read"):
            raise request.not_found()
        return file_response(procedures.export_list(kind), f"danh-muc-thu-tuc.{kind}")
