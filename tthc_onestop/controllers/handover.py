from odoo.http import Controller, request, route


class HandoverController(Controller):
    @route("/tthc/handover", type="http", auth="user", methods=["GET"])
    def handover(self, ids=""):
        """The hand-over sheet of dossiers, for who may read each of them and its ledger."""
        chosen = [int(number) for number in ids.split(",") if number.isdecimal()]
        dossiers = request.env["tthc.dossier"].search([("id", "in", chosen)])
        pdf = dossiers.handover_pdf()
        if not pdf:
            raise request.not_found()
        return request.make_response(pdf, [("Content-Type", "application/pdf")])
