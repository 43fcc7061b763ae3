from datetime import date

from odoo import api, models
from odoo.tools import SQL, groupby

from ..rules.ledger import DIGESTED, LATER, breaks, replay

BATCH = 1000  # dossiers whose ledgers are in memory at once


class TthcDossier(models.Model):
    """Proof that the ledger is as it was written, whatever was done to the database."""

    _inherit = "tthc.dossier"

    @api.model
    def verify_ledger(self, ids=None):
        """What is wrong with the ledgers of these dossiers, by default of all that the user reads.

        :return: a list of ``{"dossier_id", "name", "position", "problem"}``, empty when all is
            well; ``problem`` is one of ``rules.ledger.breaks``, or "projection: <columns>" when the
            columns of the dossier are not what its ledger says
        """
        readable = self.search([("id", "in", ids)] if ids is not None else [], order="id")
        found = []
        for start in range(0, len(readable), BATCH):
            found += readable[start : start + BATCH]._verify_batch()
            self.env.invalidate_all()
        return found

    def _verify_batch(self):
        self.env.flush_all()
        columns = SQL(", ").join(map(SQL.identifier, (*DIGESTED, *LATER, "counted_on", "digest")))
        self.env.cr.execute(
            SQL(
                "SELECT %s FROM tthc_dossier_event WHERE dossier_id IN %s"
                " ORDER BY dossier_id, position, id",
                columns,
                tuple(self.ids),
            )
        )
        rows = self.env.cr.dictfetchall()
        ledgers = dict(groupby(rows, lambda row: row["dossier_id"]))
        found = []
        for dossier in self.sudo():  # the user reads each of these dossiers; columns have groups
            events = ledgers.get(dossier.id, [])
            problems = list(breaks(events))
            wrong = [
                field
                for field, value in replay(events).items()
                if _text(dossier._fields[field].convert_to_write(dossier[field], dossier))
                != _text(value)
            ]
            if wrong:
                problems.append((len(events), f"projection: {', '.join(wrong)}"))
            found += [
                {
                    "dossier_id": dossier.id,
                    "name": dossier.name,
                    "position": position,
                    "problem": problem,
                }
                for position, problem in problems
            ]
        return found


def _text(value):
    """Moments and days as text, as the details of an event keep them."""
    return str(value) if isinstance(value, date) else value or None
