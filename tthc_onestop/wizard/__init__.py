from . import (
    commune_settings,
    dossier_holding,
    dossier_holding_line,
    dossier_move,
    dossier_batch,
    dossier_register,
    posting_board,
    posting_mark,
    procedure_import,
)
