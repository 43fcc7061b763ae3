from odoo.http import Controller, request, route

from .files import file_response


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
        return file_response(receipt.pdf(), f"{receipt.name.replace('/', '-')}.pdf")

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
        return file_response(getattr(settlement, kind)(), f"quyet-toan-phi_{days}.{kind}")
