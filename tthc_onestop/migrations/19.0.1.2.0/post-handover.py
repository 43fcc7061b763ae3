def migrate(cr, version):
    """Who gave the papers last, as the ledger has it: nobody could confirm a hand-over then."""
    cr.execute(
        """
        UPDATE tthc_dossier dossier SET given_by_id = last.user_id
        FROM (
            SELECT DISTINCT ON (dossier_id) dossier_id, kind, user_id, officer_id
            FROM tthc_dossier_event WHERE kind IN ('process', 'take_over', 'reopen')
            ORDER BY dossier_id, position DESC
        ) last
        WHERE last.dossier_id = dossier.id AND last.kind = 'process'
            AND last.user_id IS DISTINCT FROM last.officer_id
        """
    )
