from . import (
    test_access_matrix,
    test_report_access,
    test_report_period,
    test_rules,
    test_report_hand_in,
    test_report_seal,
    test_report_text,
    test_report_text_rules,
    test_seal_rules,
    test_settlement,
    test_xlsx,
)
