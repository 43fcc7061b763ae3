from . import (
    report_form,
    report,
    report_settlement,
    report_overdue_causes,
    report_adjustment,
    report_period,
    report_seal,
    report_period_seal,
    report_overdue_cause,
    report_hand_in,
    report_hand_in_line,
    report_period_hand_in,
)
