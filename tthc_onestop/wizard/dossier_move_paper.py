from odoo import fields, models

# as the slip says it, which is Vietnamese by law
WHY = {"missing": "Chưa nộp", "incorrect": "Chưa đúng, chưa đầy đủ"}


class TthcDossierMovePaper(models.TransientModel):
    _name = "tthc.dossier.move.paper"
    _description = "Paper that a supplement asks for"

    move_id = fields.Many2one("tthc.dossier.move", required=True, ondelete="cascade", index=True)
    asked = fields.Boolean(string="Ask", default=True)
    name = fields.Char(required=True, string="Paper")
    problem = fields.Selection(
        [("missing", "Not handed in"), ("incorrect", "Incorrect or incomplete")],
        required=True,
        default="missing",
    )
    remark = fields.Char(help="What is wrong with it, or what it must be.")

    def _asked(self):
        """Those that are ticked, as ``action_request_supplement`` takes them."""
        return [
            {"name": paper.name, "why": "; ".join(filter(None, [WHY[paper.problem], paper.remark]))}
            for paper in self
            if paper.asked
        ]
