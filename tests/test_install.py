"""The addons separately and together: installed, upgraded, taken away without leftovers."""

import os
import subprocess

import pytest

from .conftest import CONF, ODOO, odoo_shell

NAME = f"tthc_install_{os.getpid()}"
# what both addons made in a database: tables, functions, columns of other models, records
LEFTOVERS = """
    SELECT 'table ' || tablename FROM pg_tables WHERE tablename LIKE '%tthc%'
    UNION SELECT 'function ' || proname FROM pg_proc WHERE proname LIKE '%tthc%'
    UNION SELECT 'trigger ' || tgname FROM pg_trigger WHERE tgname LIKE '%tthc%'
    UNION SELECT 'column ' || table_name || '.' || column_name FROM information_schema.columns
        WHERE column_name LIKE '%tthc%'
    UNION SELECT 'model ' || model FROM ir_model WHERE model LIKE 'tthc.%'
    UNION SELECT 'field ' || model || '.' || name FROM ir_model_fields WHERE name LIKE 'tthc%'
    UNION SELECT 'record ' || module || '.' || name FROM ir_model_data WHERE module LIKE 'tthc%'
    UNION SELECT 'attachment ' || name FROM ir_attachment WHERE res_model LIKE 'tthc.%'
    UNION SELECT 'cron ' || cron_name FROM ir_cron WHERE cron_name LIKE 'One-stop%'
    UNION SELECT 'view ' || name FROM ir_ui_view WHERE name LIKE 'tthc%'
    UNION SELECT 'group ' || id FROM res_groups WHERE name->>'en_US' LIKE 'Desk officer'
    UNION SELECT 'asset ' || path FROM ir_asset WHERE path LIKE '%tthc%'
"""


def sql(statement):
    command = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", NAME, "-c", statement]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def odoo(*arguments):
    done = subprocess.run(
        [ODOO, *arguments], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    bad = [line for line in done.stderr.splitlines() if " ERROR " in line or " WARNING " in line]
    assert not bad, bad


def install(*arguments):
    common = ["--no-http", "--stop-after-init", "--max-cron-threads", "0", "--skip-auto-install"]
    odoo("server", "-c", CONF, "-d", NAME, *common, *arguments)


def installed():
    return sql("SELECT name FROM ir_module_module WHERE state = 'installed' AND name LIKE 'tthc%'")


@pytest.fixture
def database():
    subprocess.run(["createdb", "-T", "tthc_odoo", NAME], check=True)
    yield
    subprocess.run(["dropdb", "--force", NAME], check=True)


def test_a_life_of_the_addons(database):
    assert sql(LEFTOVERS) == []
    install("-i", "tthc_onestop")
    assert installed() == ["tthc_onestop"]
    install("-i", "tthc_reporting")
    assert sorted(installed()) == ["tthc_onestop", "tthc_reporting"]
    count = sql("SELECT count(*) FROM tthc_procedure")
    # something in the ledger, that an upgrade keeps and that going away takes along
    odoo_shell(
        NAME,
        "env.company.tthc_unit_code = 'H23.20.31'\n"
        "env['tthc.calendar.year'].create([{'year': y} for y in (2027, 2028)])\n"
        "p = env['tthc.procedure'].search([], limit=1)\n"
        "d = env['tthc.dossier'].create({'procedure_id': p.id, 'applicant_name': 'An'})\n"
        "w = env['tthc.dossier.document'].create({'dossier_id': d.id, 'name': 'Tờ khai'})\n"
        "w.write({'scan': 'JVBERi0xLjQ=', 'scan_name': 'a.pdf'})\n"
        "d.action_receive(); d.slip_ids.attachment_id; env.cr.commit()\n",
    )
    install("-u", "tthc_onestop,tthc_reporting")
    assert sql("SELECT count(*) FROM tthc_procedure") == count
    assert sql("SELECT status FROM tthc_dossier") == ["received"]
    odoo("module", "uninstall", "-c", CONF, "-d", NAME, "tthc_reporting")
    assert installed() == ["tthc_onestop"]
    # Odoo names who inherits mail.thread in each module that extends it, and forgets that name
    left = [line for line in sql(LEFTOVERS) if "model_inherit__" not in line]
    assert [line for line in left if "tthc_report" in line] == []
    odoo("module", "uninstall", "-c", CONF, "-d", NAME, "tthc_onestop")
    assert sql(LEFTOVERS) == []
