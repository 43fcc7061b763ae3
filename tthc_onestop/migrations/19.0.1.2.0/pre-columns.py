from odoo.tools.sql import column_exists, create_column

from odoo.addons.tthc_onestop.rules.slip_form import OF_MOVES, subject_of


def migrate(cr, version):
    """Fill in SQL what the ORM would reckon one by one: minutes in a large commune."""
    if not column_exists(cr, "tthc_dossier_slip", "subject"):
        create_column(cr, "tthc_dossier_slip", "subject", "varchar")
        _say_subjects(cr)
    if not column_exists(cr, "tthc_dossier", "reused_count"):
        # nothing could be reused then; a default is written without touching the rows
        cr.execute("ALTER TABLE tthc_dossier ADD COLUMN reused_count integer DEFAULT 0")
        cr.execute("ALTER TABLE tthc_dossier ALTER COLUMN reused_count DROP DEFAULT")


def _say_subjects(cr):
    """By the move that issued a slip, since one form serves several; else by its form."""
    for move, subject in OF_MOVES.items():
        cr.execute(
            "UPDATE tthc_dossier_slip slip SET subject = %s FROM tthc_dossier_event event"
            " WHERE event.slip_id = slip.id AND event.kind = %s",
            (subject, move),
        )
    cr.execute(
        "SELECT DISTINCT regime.id, regime.stop_form, slip.form FROM tthc_dossier_slip slip"
        " JOIN tthc_regime regime ON regime.id = slip.regime_id WHERE slip.subject IS NULL"
    )
    for regime_id, stop_form, form in cr.fetchall():
        cr.execute(
            "UPDATE tthc_dossier_slip SET subject = %s"
            " WHERE subject IS NULL AND regime_id = %s AND form = %s",
            (subject_of(stop_form, form), regime_id, form),
        )
