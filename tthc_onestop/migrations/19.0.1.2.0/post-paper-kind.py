from odoo import SUPERUSER_ID, api
from odoo.tools import SQL


def migrate(cr, version):
    """What was handed in until now is what the catalogue asked for, or else what its name says."""
    cr.execute(
        """UPDATE tthc_dossier_document paper SET kind_id = asked.kind_id
             FROM tthc_procedure_document asked
            WHERE asked.id = paper.procedure_document_id AND asked.kind_id IS NOT NULL"""
    )
    kinds = api.Environment(cr, SUPERUSER_ID, {})["tthc.paper.kind"]
    cr.execute("SELECT DISTINCT name FROM tthc_dossier_document WHERE kind_id IS NULL")
    named = [(name, kind.id) for (name,) in cr.fetchall() if (kind := kinds.named(name))]
    if named:
        cr.execute(
            SQL(
                """UPDATE tthc_dossier_document paper SET kind_id = named.kind
                     FROM (VALUES %s) AS named (name, kind)
                    WHERE named.name = paper.name AND paper.kind_id IS NULL""",
                SQL(", ").join(SQL("%s", row) for row in named),
            )
        )
