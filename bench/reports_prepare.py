"""In Odoo's shell: three years of one commune's dossiers, and of 299 others', with their ledgers.

The database is thrown away afterwards. The last line printed is what was made.
"""

import json
import os
import time

from odoo import Command

from odoo.addons.tthc_reporting.tests import bulk

DOSSIERS = int(os.environ.get("BENCH_DOSSIERS", "1000000"))
COMMUNES = 300  # the first one has DOSSIERS, the others have as many together
PASSWORD = "do-bao-cao-mot-ky"
started = time.monotonic()
communes = [env.company.id] + env["res.company"].create(
    [{"name": f"UBND xã thứ {number}"} for number in range(2, COMMUNES + 1)]
).ids
cr = env.cr
env.flush_all()
cr.execute("SET LOCAL work_mem = '256MB'")
cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
# an index is built in one go in a third of the time
cr.execute(
    """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
     WHERE conrelid IN ('tthc_dossier'::regclass, 'tthc_dossier_event'::regclass)
       AND contype = 'u'"""
)
constraints = cr.fetchall()
for table, name, _definition in constraints:
    cr.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')  # pylint: disable=sql-injection
cr.execute(
    """
    SELECT indexname, indexdef FROM pg_indexes
     WHERE tablename IN ('tthc_dossier', 'tthc_dossier_event') AND indexname NOT LIKE '%pkey'"""
)
indexes = cr.fetchall()
for name, _definition in indexes:
    cr.execute(f'DROP INDEX "{name}"')  # pylint: disable=sql-injection
bulk.make(env, communes, DOSSIERS)
for _name, definition in indexes:
    cr.execute(definition)
for table, name, definition in constraints:
    # pylint: disable-next=sql-injection
    cr.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
cr.execute(
    "SELECT setval('tthc_dossier_id_seq', (SELECT MAX(id) FROM tthc_dossier)),"
    " (SELECT COUNT(*) FROM tthc_dossier_event)"
)
events = cr.fetchone()[1]
cr.commit()
cr._cnx.autocommit = True
cr.execute("VACUUM ANALYZE")
cr._cnx.autocommit = False
# who asks: the statistician of the commune measured as a whole, and of one of the others
user = env["res.users"].search([("login", "=", "thongke")])
user.write({"password": PASSWORD, "company_ids": [Command.link(communes[1])]})
periods = env["tthc.report.period"].create(
    [
        {"kind": "quarter", "year": 2025, "quarter": 2, "company_id": company}
        for company in communes[:2]
    ]
)
sealed = periods.create(
    {"kind": "adhoc", "date_from": bulk.FIRST, "date_to": bulk.LAST, "company_id": communes[0]}
)
sealed.action_collect()
sealed.action_seal()
cr.commit()
print(
    json.dumps(
        {
            "communes": COMMUNES,
            "dossiers": DOSSIERS,
            "events": events,
            "seconds": round(time.monotonic() - started),
            "login": user.login,
            "password": PASSWORD,
            "companies": communes[:2],
            "periods": periods.ids,
            "sealed": sealed.id,
        }
    )
)
