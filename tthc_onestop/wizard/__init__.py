from . import commune_settings, dossier_move, procedure_import
