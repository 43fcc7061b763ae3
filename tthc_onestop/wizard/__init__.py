from . import (
    commune_settings,
    dossier_holding,
    dossier_holding_line,
    dossier_move,
    dossier_batch,
    dossier_register,
    fee_payment,
    procedure_import,
)
