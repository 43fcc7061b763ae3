def migrate(cr, version):
    """Until now every reception was entered on its own day."""
    cr.execute(
        "UPDATE tthc_dossier SET entered_on = received_on"
        " WHERE entered_on IS NULL AND received_on IS NOT NULL"
    )
