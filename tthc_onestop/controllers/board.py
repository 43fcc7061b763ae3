from odoo.http import Controller, content_disposition, request, route


class BoardController(Controller):
    @route("/tthc/board/<int:board_id>", type="http", auth="user", methods=["GET"], readonly=True)
    def board(self, board_id):
        """The board that the user has asked for, as PDF."""
        board = request.env["tthc.posting.board"].search([("id", "=", board_id)])
        if not board:
            raise request.not_found()
        return request.make_response(
            board.pdf(),
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition("niem-yet-tthc.pdf", "inline")),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
