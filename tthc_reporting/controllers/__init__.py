from . import period, report_text
