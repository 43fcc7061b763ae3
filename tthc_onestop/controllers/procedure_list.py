from odoo.http import Controller, content_disposition, request, route

from .register import TYPES


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
        return request.make_response(
            procedures.export_list(kind),
            [
                ("Content-Type", TYPES.get(kind, "text/csv; charset=utf-8")),
                ("Content-Disposition", content_disposition(f"danh-muc-thu-tuc.{kind}")),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
