from . import (
    commune_settings,
    dossier_holding,
    dossier_holding_line,
    dossier_move,
    dossier_move_paper,
    dossier_batch,
    dossier_register,
    paper_revoke,
    fee_payment,
    procedure_import,
    procedure_import_line,
)
