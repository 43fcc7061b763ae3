"""In Odoo's shell, on the database of reports_prepare.py: what a quarter's report costs.

Each measure is made in turns with its floor, so that a change of the machine's pace meets both
alike; medians. The floor of form II.06a is SQL written by hand for these figures and this day
alone: no levels, no settings, no counting apart. The last line printed is the result.
"""

import json
import os
import statistics
import time
from pathlib import Path

from odoo.addons.tthc_reporting.rules.forms import FORMS
from odoo.addons.tthc_reporting.tests import bulk
from odoo.addons.tthc_reporting.tests.bulk import FIRST, FLOOR, LAST

BOOKS = int(os.environ.get("BENCH_BOOKS", "3"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
user = env["res.users"].search([("login", "=", "thongke")], limit=1)
report = env["tthc.report"].with_user(user)
company = env.company.id


def timed(operation, clock=time.perf_counter):
    start = clock()
    result = operation()
    env.cr.rollback()  # as at the end of a request
    return (clock() - start) * 1000, result


def floor():
    env.cr.execute("SET LOCAL jit = off")  # faster for it as well
    env.cr.execute(FLOOR, {"company": company, "first": FIRST, "last": LAST})
    return {line[0]: list(line[1:]) for line in env.cr.fetchall()}


def figures():
    return report.get_figures("II.06a", FIRST, LAST, company)


def medians(operations, rounds=ROUNDS):
    """Milliseconds of each, by name, and what each last returned."""
    for operation in operations.values():
        operation()  # everything in memory
    taken, returned = {name: [] for name in operations}, {}
    for _round in range(rounds):
        for name, operation in operations.items():
            ms, returned[name] = timed(operation)
            taken[name].append(ms)
    return {name: statistics.median(ms) for name, ms in taken.items()}, returned


def memory(kind):
    """Of this process, in megabytes: VmRSS now, VmHWM at most since ``forget_peak``."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(kind):
            return int(line.split()[1]) / 1024


def forget_peak():
    Path("/proc/self/clear_refs").write_text("5")


def workbook():
    return period.xlsx()


def raw_workbook():
    return bulk.raw_workbook(
        (
            [column["key"] for column in sheet["columns"][2:]],
            report.lines(report.behind_query(code, FIRST, LAST, company)),
        )
        for code, sheet in period.sheets.items()
        if FORMS[code].counts == "dossier"
    )


ms, told = medians({"figures": figures, "floor": floor})
lines = {row["key"]: list(row["values"].values()) for row in told["figures"]["rows"]}
lines[None] = list(told["figures"]["total"]["values"].values())
assert lines == {key: line for key, line in told["floor"].items() if any(line)}, (lines, told)
assert all(identity["holds"] for identity in told["figures"]["identities"])
live = [("company_id", "=", company), ("state", "=", "open")]
period = env["tthc.report.period"].with_user(user).search(live, limit=1)
idle, books = memory("VmRSS"), {}
for name, make in (("ours", workbook), ("raw", raw_workbook)) * BOOKS:
    forget_peak()
    # the writer is all but all of it: its own time, whatever else the machine does
    taken, content = timed(make, time.process_time)
    books.setdefault(name, []).append((taken, memory("VmHWM") - idle, len(content)))
print(
    json.dumps(
        {
            "rounds": ROUNDS,
            "counted": lines[None][0],
            "figures": ms,
            "workbook": {
                name: {"ms": statistics.median(each[0] for each in made), "mb": made[0][1]}
                for name, made in books.items()
            },
            "workbook_bytes": books["ours"][0][2],
        }
    )
)
