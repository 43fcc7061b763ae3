from . import commune_settings, dossier_correction, report_reason
