from . import (
    test_access_matrix,
    test_report_access,
    test_report_period,
    test_report_quality,
    test_rules,
    test_report_hand_in,
    test_report_seal,
    test_seal_rules,
    test_settlement,
    test_xlsx,
)
