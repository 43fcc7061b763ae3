"""`make verify` finds and locates what was done behind the application's back."""

import os
import subprocess
from pathlib import Path

from .conftest import clone, odoo_shell

ROOT = Path(__file__).resolve().parents[1]
# a superuser of the database gets past the guard of the ledger
PAST_THE_GUARD = "ALTER TABLE tthc_dossier_event {} TRIGGER ALL;"


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


def tamper(database, statement):
    sql(database, PAST_THE_GUARD.format("DISABLE") + statement + PAST_THE_GUARD.format("ENABLE"))


def test_make_verify(database):
    name, _ = database
    count = sql(name, "SELECT count(*) FROM tthc_dossier")
    assert int(count)
    done = verify(name)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"{count} ledgers, 0 slips, 0 scans and 0 sealed reports verified, nothing wrong."
    ]

    changed, cut = sql(
        name, "SELECT name FROM tthc_dossier WHERE event_count > 2 ORDER BY id LIMIT 2"
    ).splitlines()
    event = "tthc_dossier_event {} dossier_id = (SELECT id FROM tthc_dossier WHERE name = '{}')"
    tamper(
        name,
        f"UPDATE {event.format('SET reason = $$khác$$ WHERE', changed)} AND position = 2;"
        f"DELETE FROM {event.format('WHERE', cut)} AND position = 1;",
    )
    done = verify(name)
    assert done.returncode == 1
    assert f"{changed}, event 2: changed" in done.stdout.splitlines()
    assert f"{cut}, event 1: missing" in done.stdout.splitlines()
    assert {line.split(",")[0] for line in done.stdout.splitlines()} == {changed, cut}
    assert "2 ledgers are not as they were written." in done.stderr


DRAW = """
env["ir.config_parameter"].set_param("ir_attachment.location", "file")
slips = env["tthc.dossier.slip"].search([], limit=3)
slips.attachment_id
env.cr.commit()
for attachment in slips.attachment_id.sudo():
    print("FILE", attachment._full_path(attachment.store_fname))
"""


def test_make_verify_reads_the_slips(prepared):
    with clone(prepared[0], f"{prepared[0]}_slips") as name:
        check_slips(name)


def check_slips(name):
    printed = odoo_shell(name, DRAW)
    files = [Path(line.split()[1]) for line in printed.splitlines() if line.startswith("FILE")]
    before = verify(name)
    assert " 3 slips, " in before.stdout
    changed, gone, _good = files
    pdf = changed.read_bytes()
    changed.write_bytes(pdf[:-1] + b"x")
    gone.unlink()
    done = verify(name)
    assert done.returncode == 1
    lines = [line for line in done.stdout.splitlines() if ", slip " in line]
    assert sorted(line.rpartition(": ")[2] for line in lines) == ["changed", "missing"]
    assert "2 slips are not as they were drawn." in done.stderr


SCANS = """
import base64
env["ir.config_parameter"].set_param("ir_attachment.location", "file")
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
env.cr.commit()
for each in content:
    print("FILE", each.res_id, each._full_path(each.store_fname))
"""


def test_make_verify_reads_every_scan(prepared):
    """In the folder of files and in the rows: emptied, altered, its digest changed, taken away."""
    with clone(prepared[0], f"{prepared[0]}_scans") as name:
        check_scans(name)


def check_scans(name):
    printed = [line for line in odoo_shell(name, SCANS).splitlines() if line.startswith("FILE")]
    altered, gone, row, deleted = (line.split(maxsplit=2)[1:] for line in printed)
    done = verify(name)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 4 scans " in done.stdout
    Path(altered[1]).write_bytes(b"%PDF-1.4 x")
    Path(gone[1]).unlink()
    past = "ALTER TABLE tthc_dossier_file {} TRIGGER ALL;"
    sql(
        name,
        past.format("DISABLE")
        + f"UPDATE tthc_dossier_file SET sha256 = repeat('0', 64) WHERE id = {row[0]};"
        + f"DELETE FROM tthc_dossier_file WHERE id = {deleted[0]};"
        + past.format("ENABLE"),
    )
    done = verify(name)
    assert done.returncode == 1
    told = [line.partition(", ")[2] for line in done.stdout.splitlines()]
    assert told == [
        f"scan {altered[0]} (quét 0.pdf): changed",
        f"scan {gone[0]} (quét 1.pdf): missing",
        f"scan {row[0]} (quét 2.pdf): changed",
        f"scan {deleted[0]} (quét 3.pdf): row missing",
    ]
    assert "4 scans are not as they were attached." in done.stderr


SEALED = """
from datetime import timedelta
from odoo.fields import Date
days = [Date.today() - timedelta(days=number) for number in (60, 50, 40, 30)]
for first, last in zip(days, days[1:], strict=False):
    period = env["tthc.report.period"].create(
        {"kind": "adhoc", "date_from": first + timedelta(days=1), "date_to": last}
    )
    period.action_collect()
    period.action_seal()
env.cr.commit()
"""


def test_make_verify_names_the_first_broken_report(prepared):
    with clone(prepared[0], f"{prepared[0]}_sealed") as name:
        odoo_shell(name, SEALED)
        done = verify(name)
        assert done.returncode == 0, done.stdout + done.stderr
        assert " 3 sealed reports verified" in done.stdout
        past = "ALTER TABLE tthc_report_seal {} TRIGGER ALL;"
        change = "UPDATE tthc_report_seal SET reason = 'khác' WHERE position > 1;"
        sql(name, past.format("DISABLE") + change + past.format("ENABLE"))
        done = verify(name)
        assert done.returncode == 1
        assert done.stdout.splitlines()[-1].endswith("sealed report 2: changed")
