from . import report_form, report, report_period
