"""`make verify` finds and locates what was done to the ledger behind the application's back."""

import os
import subprocess
from pathlib import Path

from .conftest import odoo_shell

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
        f"{count} ledgers verified, nothing wrong.",
        "0 slips verified, nothing wrong.",
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
    *ledgers, slips = done.stdout.splitlines()
    assert {line.split(",")[0] for line in ledgers} == {changed, cut}
    assert slips == "0 slips verified, nothing wrong."
    assert "2 ledgers are not as they were written." in done.stderr


DRAW = """
slips = env["tthc.dossier.slip"].search([], limit=3)
slips.attachment_id
env.cr.commit()
for attachment in slips.attachment_id.sudo():
    print("FILE", attachment._full_path(attachment.store_fname))
"""


def test_make_verify_reads_the_slips(database):
    name, _ = database
    printed = odoo_shell(name, DRAW)
    files = [Path(line.split()[1]) for line in printed.splitlines() if line.startswith("FILE")]
    before = verify(name)
    assert "3 slips verified, nothing wrong." in before.stdout
    changed, gone, _good = files
    pdf = changed.read_bytes()
    changed.write_bytes(pdf.replace(b"/CreationDate (D:2", b"/CreationDate (D:1"))
    gone.unlink()
    done = verify(name)
    assert done.returncode == 1
    lines = [line for line in done.stdout.splitlines() if ", slip " in line]
    assert sorted(line.rpartition(": ")[2] for line in lines) == ["changed", "missing"]
    assert "2 slips are not as they were drawn." in done.stderr
