"""`make verify` finds and locates what was done behind the application's back."""

import os
import subprocess
from pathlib import Path

import pytest

from .conftest import odoo_shell

ROOT = Path(__file__).resolve().parents[1]


def verify(database):
    return subprocess.run(
        [ROOT / "scripts" / "verify"],
        env=os.environ | {"DB": database},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def sql(database, statement):
    command = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def tamper(database, table, statement):
    """What a superuser of the database can do: past the guard of the table."""
    guard = f"ALTER TABLE {table} {{}} TRIGGER ALL;"
    sql(database, guard.format("DISABLE") + statement + guard.format("ENABLE"))


MAKE = """
import base64
from datetime import timedelta
from odoo.fields import Date
env["ir.config_parameter"].set_param("ir_attachment.location", "file")
slips = env["tthc.dossier.slip"].search([], limit=3)
slips.attachment_id
papers = env["tthc.dossier.document"].search([], limit=4)
files = env["tthc.dossier.file"].create(
    [
        {
            "document_id": paper.id,
            "name": f"quét {number}.pdf",
            "content": base64.b64encode(b"%PDF-1.4 " + str(number).encode()),
        }
        for number, paper in enumerate(papers)
    ]
)
content = env["ir.attachment"].search(
    [("res_model", "=", files._name), ("res_field", "=", "content"), ("res_id", "in", files.ids)],
    order="res_id",
)
days = [Date.today() - timedelta(days=number) for number in (60, 50, 40, 30)]
for first, last in zip(days, days[1:], strict=False):
    period = env["tthc.report.period"].create(
        {"kind": "adhoc", "date_from": first + timedelta(days=1), "date_to": last}
    )
    period.action_collect()
    period.action_seal()
env.cr.commit()
for attachment in slips.attachment_id.sudo():
    print("SLIP", attachment._full_path(attachment.store_fname))
for each in content:
    print("SCAN", each.res_id, each._full_path(each.store_fname))
"""


@pytest.fixture(scope="module")
def verified(database):
    """Verified when all is well and when all kinds are wrong: what was said, and of what."""
    name, _ = database
    printed = [line.split(maxsplit=2) for line in odoo_shell(name, MAKE).splitlines()]
    of = {"clean": verify(name)}

    of["changed"], of["cut"] = sql(
        name, "SELECT name FROM tthc_dossier WHERE event_count > 2 ORDER BY id LIMIT 2"
    ).splitlines()
    event = "tthc_dossier_event {} dossier_id = (SELECT id FROM tthc_dossier WHERE name = '{}')"
    tamper(
        name,
        "tthc_dossier_event",
        f"UPDATE {event.format('SET reason = $$khác$$ WHERE', of['changed'])} AND position = 2;"
        f"DELETE FROM {event.format('WHERE', of['cut'])} AND position = 1;",
    )

    changed, gone, _good = (Path(line[1]) for line in printed if line[0] == "SLIP")
    changed.write_bytes(changed.read_bytes()[:-1] + b"x")
    gone.unlink()

    altered, gone, row, deleted = (line[1:] for line in printed if line[0] == "SCAN")
    of["scans"] = [altered[0], gone[0], row[0], deleted[0]]
    Path(altered[1]).write_bytes(b"%PDF-1.4 x")
    Path(gone[1]).unlink()
    tamper(
        name,
        "tthc_dossier_file",
        f"UPDATE tthc_dossier_file SET sha256 = repeat('0', 64) WHERE id = {row[0]};"
        f"DELETE FROM tthc_dossier_file WHERE id = {deleted[0]};",
    )

    change = "UPDATE tthc_report_seal SET reason = 'khác' WHERE position > 1;"
    tamper(name, "tthc_report_seal", change)
    of["wrong"] = verify(name)
    of["told"] = of["wrong"].stdout.splitlines()
    return of


def test_nothing_is_wrong(verified, database):
    count = sql(database[0], "SELECT count(*) FROM tthc_dossier")
    assert int(count)
    done = verified["clean"]
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines() == [
        f"{count} ledgers, 3 slips, 4 scans and 3 sealed reports verified, nothing wrong."
    ]


def test_the_ledgers_and_where(verified):
    assert verified["wrong"].returncode == 1
    told = [line for line in verified["told"] if ", event " in line]
    changed, cut = verified["changed"], verified["cut"]
    assert f"{changed}, event 2: changed" in told
    assert f"{cut}, event 1: missing" in told
    assert {line.split(",")[0] for line in told} == {changed, cut}
    assert "2 ledgers are not as they were written." in verified["wrong"].stderr


def test_the_slips(verified):
    told = [line for line in verified["told"] if ", slip " in line]
    assert sorted(line.rpartition(": ")[2] for line in told) == ["changed", "missing"]
    assert "2 slips are not as they were drawn." in verified["wrong"].stderr


def test_every_scan(verified):
    """In the folder of files and in the rows: emptied, altered, its digest changed, taken away."""
    told = [line.partition(", ")[2] for line in verified["told"] if ", scan " in line]
    altered, gone, row, deleted = verified["scans"]
    assert told == [
        f"scan {altered} (quét 0.pdf): changed",
        f"scan {gone} (quét 1.pdf): missing",
        f"scan {row} (quét 2.pdf): changed",
        f"scan {deleted} (quét 3.pdf): row missing",
    ]
    assert "4 scans are not as they were attached." in verified["wrong"].stderr


def test_the_first_broken_report(verified):
    told = [line for line in verified["told"] if ", sealed report " in line]
    assert told == verified["told"][-1:]
    assert told[0].endswith("sealed report 2: changed")
    assert "1 chains of sealed reports" in verified["wrong"].stderr
