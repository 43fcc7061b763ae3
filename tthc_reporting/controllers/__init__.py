from . import communication, plan, period, report_text
