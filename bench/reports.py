"""In Odoo's shell, on the database of reports_prepare.py: what a quarter's report costs.

Each measure is made in turns with its floor, so that a change of the machine's pace meets both
alike; medians. The floor of form II.06a is SQL written by hand for these figures and this day
alone: no levels, no settings, no counting apart. The last line printed is the result.
"""

import io
import json
import os
import statistics
import time
from datetime import date
from pathlib import Path

import xlsxwriter

from odoo.addons.tthc_reporting.render.xlsx_dossiers import DAY_ZERO
from odoo.addons.tthc_reporting.rules.forms import FORMS

BOOKS = int(os.environ.get("BENCH_BOOKS", "3"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
FIRST, LAST = date(2025, 3, 15), date(2025, 6, 14)
FLOOR = """
    SELECT sector_id, COUNT(*),
           COUNT(*) FILTER (WHERE NOT carried AND channel = 'online'),
           COUNT(*) FILTER (WHERE NOT carried AND channel <> 'online'),
           COUNT(*) FILTER (WHERE carried),
           COUNT(*) FILTER (WHERE NOT pending),
           COUNT(*) FILTER (WHERE NOT pending AND outcome = 'early'),
           COUNT(*) FILTER (WHERE NOT pending AND (outcome = 'on_time' OR outcome IS NULL)),
           COUNT(*) FILTER (WHERE NOT pending AND outcome = 'late'),
           COUNT(*) FILTER (WHERE pending),
           COUNT(*) FILTER (WHERE pending AND NOT overdue),
           COUNT(*) FILTER (WHERE pending AND overdue)
      FROM (
        SELECT dossier.sector_id, dossier.channel, cut.outcome,
               dossier.received_on < %(first)s AS carried,
               cut.to_status IN ('received', 'processing', 'supplement', 'payment', 'stopped')
                   AS pending,
               cut.due_on < %(last)s AND cut.to_status NOT IN ('supplement', 'stopped') AS overdue
          FROM tthc_dossier dossier
          JOIN LATERAL (
                SELECT to_status, due_on, outcome FROM tthc_dossier_event
                 WHERE dossier_id = dossier.id AND happened_on <= %(last)s
              ORDER BY position DESC LIMIT 1) cut ON TRUE
     LEFT JOIN LATERAL (
                SELECT to_status FROM tthc_dossier_event
                 WHERE dossier_id = dossier.id AND happened_on < %(first)s
                   AND dossier.received_on < %(first)s
              ORDER BY position DESC LIMIT 1) eve ON TRUE
         WHERE dossier.company_id = %(company)s AND dossier.received_on <= %(last)s
           AND (dossier.settled_on IS NULL OR dossier.settled_on >= %(first)s)
           AND (dossier.received_on >= %(first)s OR eve.to_status IN
                ('received', 'processing', 'supplement', 'payment', 'stopped'))) counted
     GROUP BY ROLLUP (sector_id)"""
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
    """The cells of the dossiers alone, by the writer alone."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    for code, sheet_of in period.sheets.items():
        if FORMS[code].counts != "dossier":
            continue
        sheet = book.add_worksheet(f"Hồ sơ {code}")
        place = {column["key"]: 5 + at for at, column in enumerate(sheet_of["columns"])}
        lines = report.lines(report.behind_query(code, FIRST, LAST, company))
        for row, line in enumerate(lines, 1):
            for column, value in enumerate(line[:7]):
                if isinstance(value, date):
                    sheet.write_number(row, column, value.toordinal() - DAY_ZERO)
                elif value:
                    sheet.write_string(row, column, value)
            for key in line[7]:
                sheet.write_string(row, place[key], "x")
    book.close()
    return out.getvalue()


ms, told = medians({"figures": figures, "floor": floor})
lines = {row["key"]: list(row["values"].values()) for row in told["figures"]["rows"]}
lines[None] = list(told["figures"]["total"]["values"].values())
assert lines == {key: line for key, line in told["floor"].items() if any(line)}, (lines, told)
assert all(identity["holds"] for identity in told["figures"]["identities"])
period = env["tthc.report.period"].with_user(user).search([("company_id", "=", company)], limit=1)
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
