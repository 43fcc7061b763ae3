"""A database from before slips on paper, confirmed hand-overs and late entries is brought up."""

import os
import re
import subprocess

import pytest

from .conftest import CONF, ODOO, clone, odoo_shell

# as 19.0.1.1.0 left it: without the columns that came after it, and a regime of the commune's own
BEFORE = """
    UPDATE ir_module_module SET latest_version = '19.0.1.1.0' WHERE name = 'tthc_onestop';
    ALTER TABLE tthc_dossier_slip DROP COLUMN subject;
    ALTER TABLE tthc_dossier DROP COLUMN reused_count, DROP COLUMN given_by_id,
        DROP COLUMN taken_by_id, DROP COLUMN taken_at;
    ALTER TABLE tthc_dossier_event DROP COLUMN counted_on;
    DELETE FROM tthc_slip_wording WHERE regime_id IN (
        SELECT id FROM tthc_regime WHERE code = 'OF OUR OWN'
    );
"""
STATE = {
    "subjects": "SELECT form, subject FROM tthc_dossier_slip ORDER BY id",
    "reused": "SELECT name, reused_count FROM tthc_dossier ORDER BY id",
    "given": "SELECT name, given_by_id FROM tthc_dossier ORDER BY id",
    "counted": "SELECT id, counted_on FROM tthc_dossier_event ORDER BY id",
    "wording": "SELECT regime_id, count(*) FROM tthc_slip_wording GROUP BY 1 ORDER BY 1",
}


def sql(database, statement):
    command = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


@pytest.fixture
def old(prepared):
    with clone(prepared[0], f"{prepared[0]}_old") as name:
        yield name


def test_an_upgrade_fills_what_is_new(old):
    odoo_shell(
        old,
        "env['tthc.regime'].search([], limit=1).copy({'code': 'OF OUR OWN'})\n"
        "leader = env.ref('tthc_onestop.user_chutich')\n"
        "settled = env['tthc.dossier'].search([('status', '=', 'settled')], limit=1)\n"
        "settled.with_user(leader).action_reopen('Ghi sai họ tên')\n"
        "env.cr.commit()\n",
    )
    expected = {what: sql(old, query) for what, query in STATE.items()}
    assert "04|reopening" in expected["subjects"]
    assert [line for line in expected["given"] if not line.endswith("|")]
    sql(old, BEFORE)
    done = subprocess.run(
        [ODOO, "server", "-c", CONF, "-d", old, "--no-http", "--stop-after-init"]
        + ["--max-cron-threads", "0", "--skip-auto-install", "-u", "tthc_onestop,tthc_reporting"],
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not re.findall(".* (?:WARNING|ERROR|CRITICAL) .*", done.stderr)
    assert {what: sql(old, query) for what, query in STATE.items()} == expected
    problems = odoo_shell(old, "print(env['tthc.dossier'].verify_ledger())")
    assert problems.strip() == "[]"
