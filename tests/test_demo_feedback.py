"""The demo set of feedback shows every path."""

from pathlib import Path

from .conftest import odoo_shell

SCRIPT = Path(__file__).parents[1] / "scripts" / "demo_feedback.py"
SHOWN = """
print("SHOWN", *sorted(env["tthc.feedback.event"].search([]).mapped("kind")), sep=",")
print("STATUSES", *sorted(set(env["tthc.feedback"].search([]).mapped("status"))), sep=",")
print("WAITING", *sorted(set(env["tthc.feedback"].search([]).mapped("waiting")) - {False}), sep=",")
print("ALL", *sorted(k for k, _ in env["tthc.feedback.event"]._fields["kind"].selection), sep=",")
"""


def test_every_path(database):
    printed = odoo_shell(database[0], f"{SCRIPT.read_text()}\n{SHOWN}").splitlines()
    said = {line.split(",")[0]: set(line.split(",")[1:]) for line in printed}
    assert said["SHOWN"] == said["ALL"]
    assert {"received", "refused", "forwarded", "published", "closed"} - said["STATUSES"] == set()
    assert said["WAITING"] == {"sender", "suspended", "approval"}
    again = odoo_shell(database[0], SCRIPT.read_text())
    assert "nothing to do" in again
