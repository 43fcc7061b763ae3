from odoo.http import Controller, content_disposition, request, route

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class RegisterController(Controller):
    @route(
        "/tthc/register/<int:register_id>/<any(pdf,xlsx):kind>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def register(self, register_id, kind):
        """The register that the user has asked for, with the dossiers that the user sees."""
        register = request.env["tthc.dossier.register"].search([("id", "=", register_id)])
        if not register:
            raise request.not_found()
        name = f"so-theo-doi_{register.date_from:%Y%m%d}_{register.date_to:%Y%m%d}.{kind}"
        disposition = "inline" if kind == "pdf" else "attachment"
        return request.make_response(
            getattr(register, kind)(),
            [
                ("Content-Type", TYPES[kind]),
                ("Content-Disposition", content_disposition(name, disposition)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
