from . import (
    report_form,
    report,
    report_settlement,
    report_adjustment,
    report_period,
    report_seal,
    report_period_seal,
)
