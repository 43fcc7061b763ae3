from odoo import models
from odoo.exceptions import UserError


class TthcDossier(models.Model):
    """What a supplement asks for, paper by paper: NĐ 61/2018 Đ11.2c wants it said once, in full."""

    _inherit = "tthc.dossier"

    def action_request_supplement(self, reason=None, papers=None):
        """Ask the applicant to complete the dossier.

        :param papers: what is asked for, as a list of ``{"name", "why"}``; it stands in a table on
            the slip and, a line for each, before the reason in the ledger
        :raises UserError: neither papers nor a reason are given
        """
        asked = self._asked_papers(papers or [])
        lines = [f"- {paper['name']}: {paper['why']}" for paper in asked]
        if lines:
            reason = "\n".join([*lines, *filter(None, [reason])])
        return self._move("request_supplement", reason, papers=asked)

    def _asked_papers(self, papers):
        try:
            asked = [
                {key: " ".join(str(paper.get(key) or "").split()) for key in ("name", "why")}
                for paper in papers
            ]
        except (AttributeError, TypeError) as error:
            raise UserError(
                self.env._("Give each paper that is asked for with its name and the reason why.")
            ) from error
        for paper in asked:
            if not paper["name"] or not paper["why"]:
                raise UserError(
                    self.env._("Say why “%(paper)s” is asked for.", paper=paper["name"])
                    if paper["name"]
                    else self.env._("Enter the name of each paper that is asked for.")
                )
        return asked

    def _project_request_supplement(self, reason, papers=()):
        most = self._regime().supplement_max
        projections = []
        for dossier in self:
            details = {"papers": papers} if papers else {}
            if dossier._times("request_supplement") >= most:
                details["against_desk"] = True
            projections.append({"details": details} if details else {})
        return projections
