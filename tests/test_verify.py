"""`make verify`: whoever changes the ledger as superuser of the database is found out."""

import subprocess
from pathlib import Path

from .conftest import CONF, ODOO, odoo_shell

SCRIPT = Path(__file__).parents[1] / "scripts" / "verify.py"
TAMPER = """
events = env["tthc.dossier.event"]
long = [
    dossier for dossier in env["tthc.dossier"].search([], order="id") if len(dossier.event_ids) > 2
]
changed, removed, inserted, swapped = [dossier.event_ids.sorted("position") for dossier in long[:4]]
env.cr.execute("ALTER TABLE tthc_dossier_event DISABLE TRIGGER USER")
env.cr.execute("UPDATE tthc_dossier_event SET due_on = '2030-01-01' WHERE id = %s", [changed[1].id])
env.cr.execute("DELETE FROM tthc_dossier_event WHERE id = %s", [removed[1].id])
columns = [
    name for name, field in events._fields.items() if field.store and name not in ("id", "position")
]
names = ", ".join(columns)
env.cr.execute(
    f"INSERT INTO tthc_dossier_event ({names}, position)"
    f" SELECT {names}, %s FROM tthc_dossier_event WHERE id = %s",
    [len(inserted) + 1, inserted[1].id],
)
for event, position in ((swapped[1], 99), (swapped[2], 2), (swapped[1], 3)):
    env.cr.execute(
        "UPDATE tthc_dossier_event SET position = %s WHERE id = %s", [position, event.id]
    )
env.cr.execute("ALTER TABLE tthc_dossier_event ENABLE TRIGGER USER")
env.cr.commit()
for found in ((changed, 2), (removed, 2), (inserted, len(inserted) + 1), (swapped, 2)):
    print("FOUND", found[0][0].dossier_id.name, found[1])
"""


def verify(database):
    """What `make verify` prints, and its exit status."""
    done = subprocess.run(
        [ODOO, "shell", "-c", CONF, "-d", database, "--no-http", "--log-level", "error"],
        input=SCRIPT.read_text(encoding="utf-8"),
        capture_output=True,
        text=True,
        timeout=300,
    )
    return done.stdout, done.returncode


def test_each_way_to_change_the_ledger_is_found_and_located(database):
    said, status = verify(database[0])
    assert "ledgers verified, nothing wrong" in said
    assert status == 0
    places = [
        line.split()[1:]
        for line in odoo_shell(database[0], TAMPER).splitlines()
        if line.startswith("FOUND")
    ]
    assert len(places) == 4
    said, status = verify(database[0])
    assert status == 1
    for code, position in places:
        assert f"{code} (id " in said
        assert any(
            line.startswith(f"{code} (id ") and f"event {position}:" in line
            for line in said.splitlines()
        ), (code, position, said)
