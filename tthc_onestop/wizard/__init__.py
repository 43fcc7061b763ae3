from . import (
    commune_settings,
    dossier_move,
    holding_period,
    holding_total,
    procedure_import,
)
