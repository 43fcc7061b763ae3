from . import commune_settings, communication_summary, report_reason
