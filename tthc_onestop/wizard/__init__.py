from . import dossier_move, procedure_import
