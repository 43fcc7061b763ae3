from odoo.http import Controller, request, route
from odoo.tools.pdf import merge_pdf

from ..models.dossier_slip import AT_ONCE


class SlipsController(Controller):
    @route("/tthc/slips", type="http", auth="user", methods=["GET"])
    def slips(self, ids=""):
        """Slips of the register as one PDF, for who may read each of them."""
        chosen = [int(number) for number in ids.split(",") if number.isdecimal()]
        slips = request.env["tthc.dossier.slip"].search(
            [("id", "in", chosen)], order="id", limit=AT_ONCE
        )
        if not slips.attachment_id:
            raise request.not_found()
        return request.make_response(
            merge_pdf([attachment.raw for attachment in slips.attachment_id]),
            [("Content-Type", "application/pdf")],
        )
