from odoo.http import Controller, content_disposition, request, route

from .register import TYPES


class FeeController(Controller):
    @route(
        "/tthc/fee/receipt/<int:receipt_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def receipt(self, receipt_id):
        """A receipt as it was issued, for those who may read it."""
        receipt = request.env["tthc.fee.receipt"].search([("id", "=", receipt_id)])
        if not receipt:
            raise request.not_found()
        return _file(receipt.pdf(), "pdf", f"{receipt.name.replace('/', '-')}.pdf")

    @route(
        "/tthc/fee/settlement/<int:settlement_id>/<any(pdf,xlsx):kind>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def settlement(self, settlement_id, kind):
        """The list of a settlement, for those who may read it."""
        settlement = request.env["tthc.fee.settlement"].search([("id", "=", settlement_id)])
        if not settlement:
            raise request.not_found()
        days = f"{settlement.date_from:%Y%m%d}_{settlement.date_to:%Y%m%d}"
        return _file(getattr(settlement, kind)(), kind, f"quyet-toan-phi_{days}.{kind}")


def _file(content, kind, name):
    disposition = "inline" if kind == "pdf" else "attachment"
    return request.make_response(
        content,
        [
            ("Content-Type", TYPES[kind]),
            ("Content-Disposition", content_disposition(name, disposition)),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )
