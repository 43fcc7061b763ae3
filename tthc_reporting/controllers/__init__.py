from . import plan, period, report_text
