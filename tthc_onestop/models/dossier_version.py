from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..rules import versions
from .res_company import local_today, to_local


class TthcDossier(models.Model):
    """What was filed before the catalogue changed, and is not received yet.

    A dossier is received under the version of that day, and keeps it. One that still waits is
    told of, and goes over to the version in force in one click: nobody picks papers again.
    """

    _inherit = "tthc.dossier"

    version_notice = fields.Char(
        compute="_compute_newer_version_id",
        help="Why it cannot be received under the version it was filed under.",
    )
    newer_version_id = fields.Many2one(
        "tthc.procedure", compute="_compute_newer_version_id", string="Version to go over to"
    )

    @api.depends("status", "procedure_id", "channel", "handed_over_at")
    def _compute_newer_version_id(self):
        self.version_notice = self.newer_version_id = False
        for dossier in self.filtered(lambda each: each.status == "submitted" and each.procedure_id):
            by_post = dossier.channel == "post" and dossier.handed_over_at
            day = to_local(by_post).date() if by_post else local_today()
            dossier.version_notice = dossier.procedure_id.not_in_force(day)
            if dossier.version_notice:
                found = versions.in_force_on(dossier.procedure_id.terms().history, day)
                dossier.newer_version_id = found and found.id

    def write(self, vals):
        changed = self.filtered(
            lambda each: "procedure_id" in vals and each.procedure_id.id != vals["procedure_id"]
        )
        result = super().write(vals)
        for dossier in changed:
            if "document_ids" not in vals:
                dossier.document_ids = dossier._papers_relisted()
            if "fee_ids" not in vals:
                dossier.fee_ids = dossier._fees_relisted()
        return result

    def action_follow_version(self):
        """Put dossiers that wait to be received under the version in force, papers and fees too.

        :raises UserError: one was received, or is under the version in force, or none is
        """
        for dossier in self:
            if not dossier.newer_version_id:
                raise UserError(
                    self.env._(
                        "Dossier %(dossier)s stays under its version of the procedure: it was "
                        "received, or no other version is in force.",
                        dossier=dossier.display_name,
                    )
                )
            dossier.procedure_id = dossier.newer_version_id

    def _papers_relisted(self):
        """What the procedure now asks for, as commands; what was taken in already stays."""
        papers, asked = self.document_ids, self.procedure_id.terms().papers
        names = {values["name"] for values in asked}
        by_name = {paper.name: paper for paper in papers}
        by_kind = {paper.kind_id.id: paper for paper in papers if paper.name not in names}
        by_kind.pop(False, None)
        commands = []
        for values in asked:
            paper = by_name.pop(values["name"], None) or by_kind.pop(values["kind_id"], None)
            if not paper:
                commands.append(Command.create(dict(values)))
                continue
            papers -= paper
            # how many sheets were taken in does not change with what is asked for
            fixed = ("originals", "copies") if paper.handed_in else ()
            kept = {key: value for key, value in values.items() if key not in fixed}
            commands.append(Command.update(paper.id, kept))
        needless = papers.filtered(lambda paper: not paper.handed_in and not paper.file_ids)
        return commands + [Command.delete(paper.id) for paper in needless]

    def _fees_relisted(self):
        """The fees of the procedure, as commands; quantities of those it had before stay."""
        fees, commands = self.procedure_id.fee_ids, []
        by_name = {fee.name: fee for fee in fees}
        for line in self.fee_ids:
            fee = by_name.get(line.procedure_fee_id.name)
            if not fee:
                commands.append(Command.delete(line.id))
                continue
            fees -= fee
            values = {"procedure_fee_id": fee.id}
            if line.exemption_id not in fee.exemption_ids:
                values |= {"exemption_id": False, "exemption_note": False}
            commands.append(Command.update(line.id, values))
        return commands + [
            Command.create({"procedure_fee_id": fee.id}) for fee in fees if not fee.on_request
        ]
