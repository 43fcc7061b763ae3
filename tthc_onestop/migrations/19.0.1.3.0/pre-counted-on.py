from odoo.tools.sql import column_exists


def migrate(cr, version):
    """Until now every event counted on the day it was entered; the ledger itself refuses writes."""
    if not column_exists(cr, "tthc_dossier_event", "counted_on"):
        cr.execute("""
            ALTER TABLE tthc_dossier_event ADD COLUMN counted_on date;
            ALTER TABLE tthc_dossier_event DISABLE TRIGGER USER;
            UPDATE tthc_dossier_event SET counted_on = happened_on;
            ALTER TABLE tthc_dossier_event ENABLE TRIGGER USER;
        """)
