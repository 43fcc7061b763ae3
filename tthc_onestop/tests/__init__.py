from . import (
    test_calendar,
    test_catalogue,
    test_dossier_access,
    test_dossier_input,
    test_dossier_ledger,
    test_dossier_lifecycle,
    test_dossier_moves,
    test_dossier_table,
    test_rules,
    test_slip_pdf,
    test_translation,
    test_working_time,
)
