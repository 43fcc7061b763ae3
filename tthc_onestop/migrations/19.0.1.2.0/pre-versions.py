def migrate(cr, version):
    """States set by hand become what decisions say; the guards get their common function.

    Before the columns are there: afterwards the database refuses to change what was decided.
    """
    cr.execute(
        """
        DROP FUNCTION IF EXISTS tthc_dossier_event_refuse() CASCADE;
        DROP FUNCTION IF EXISTS tthc_dossier_file_refuse() CASCADE;
        ALTER TABLE tthc_procedure ADD COLUMN IF NOT EXISTS change_kind varchar;
        UPDATE tthc_procedure
           SET change_kind = CASE state WHEN 'abolished' THEN 'abolished' ELSE 'new' END;
        UPDATE tthc_procedure SET state = 'draft' WHERE state = 'superseded' AND NOT EXISTS (
            SELECT FROM tthc_procedure later
             WHERE later.code = tthc_procedure.code AND later.version > tthc_procedure.version);
        UPDATE tthc_procedure SET state = 'superseded' WHERE state = 'published' AND EXISTS (
            SELECT FROM tthc_procedure later
             WHERE later.code = tthc_procedure.code AND later.version > tthc_procedure.version
               AND later.state IN ('published', 'abolished'));
        """
    )
