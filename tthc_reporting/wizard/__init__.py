from . import commune_settings, communication_summary, dossier_correction, report_reason
