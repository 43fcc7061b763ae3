from odoo.http import Controller, request, route

from .files import file_response


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
        return file_response(getattr(register, kind)(), name)
