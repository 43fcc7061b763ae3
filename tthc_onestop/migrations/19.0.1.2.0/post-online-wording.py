def migrate(cr, version):
    """The regimes that are there already get the words that a new database has."""
    for code, partial, full in [
        ("2018", "Mức độ 3", "Mức độ 4"),
        ("2025", "Một phần", "Toàn trình"),
    ]:
        cr.execute(
            "UPDATE tthc_regime SET online_partial = %s, online_full = %s"
            " WHERE code = %s AND online_partial IS NULL AND online_full IS NULL",
            (partial, full, code),
        )
