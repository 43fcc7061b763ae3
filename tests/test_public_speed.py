"""The public pages are lighter than the login, whatever the machine does besides."""

import runpy
from pathlib import Path

from .conftest import serve

BENCH = Path(__file__).parents[1] / "bench" / "public_pages.py"


def test_beside_the_login_on_two_workers(database, log):
    measure = runpy.run_path(str(BENCH))["pages"]
    with serve(database[0], 2, log) as address:
        rates = measure(address, rounds=3, seconds=1.5)["per_second"]
    print(rates)
    for name in ("list", "procedure", "json"):
        assert rates[name] > rates["login"], rates
    assert rates["search"] > 0.6 * rates["login"], rates  # drawn anew for each question
