def migrate(cr, version):
    """The papers of the dossiers are told their kinds in one statement (post), not one by one."""
    cr.execute("ALTER TABLE tthc_dossier_document ADD COLUMN IF NOT EXISTS kind_id integer")
