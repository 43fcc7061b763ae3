import base64

from odoo.http import request, route

from .catalogue import PUBLIC, ROOT, CatalogueController
from .files import file_response

PAGE = f"{ROOT}/quy-che"


class RegulationController(CatalogueController):
    @route(PAGE, **PUBLIC)
    def regulation(self, xa="", **_tracking):
        """The regulation of the desk in force with its amendments, for everybody."""
        commune = self._commune(xa)
        found = commune and request.env["tthc.desk.regulation"].public_now(commune.company_id)
        if not found:
            return self._missing(commune)
        return self._page(
            "catalogue_regulation",
            commune,
            path=PAGE,
            title="Quy chế hoạt động của Bộ phận Một cửa",
            description=f"{found[0].name}, {found[0].number}",
            indexed=True,
            regulations=found,
        )

    @route(f"{PAGE}/<int:regulation_id>", **PUBLIC)
    def regulation_file(self, regulation_id, **_tracking):
        """The file of a regulation that was issued."""
        # what was issued is public
        found = request.env["tthc.desk.regulation"].sudo().browse(regulation_id).exists()
        if found.state != "issued" or not found.file:
            raise request.not_found()
        return file_response(base64.b64decode(found.file), f"quy-che-{found.id}.pdf")
