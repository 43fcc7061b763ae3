from odoo.http import Controller, request, route

from .files import file_response


class BoardController(Controller):
    @route("/tthc/board/<int:board_id>", type="http", auth="user", methods=["GET"], readonly=True)
    def board(self, board_id):
        """The board that the user has asked for, as PDF."""
        board = request.env["tthc.posting.board"].search([("id", "=", board_id)])
        if not board:
            raise request.not_found()
        return file_response(board.pdf(), "niem-yet-tthc.pdf")
