from . import commune_settings, report_reason
