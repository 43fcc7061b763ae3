def uninstall_hook(env):
    """The guard of the ledger lives in the database, not in the registry: take it away with it."""
    env.cr.execute("DROP FUNCTION IF EXISTS tthc_dossier_event_refuse() CASCADE")
