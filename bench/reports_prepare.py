"""In Odoo's shell: three years of one commune's dossiers, and of 299 others', with their ledgers.

Bulk SQL, past the gate and its triggers: the database is thrown away afterwards. The rows lie in
the order of their moments, as years of work leave them. The last line printed is what was made.
"""

import json
import os
import time

from odoo import Command

DOSSIERS = int(os.environ.get("BENCH_DOSSIERS", "1000000"))
COMMUNES = 300  # the first one has DOSSIERS, the others have as many together
PATHS = (  # per mille of the dossiers, and the moves: kind, status, share of the days that it takes
    (10, "submit submitted 0", "reject rejected 0"),
    (10, "submit submitted 0", "receive received 0", "process processing 0", "stop stopped 1"),
    (
        *(50, "submit submitted 0", "receive received 0", "process processing 0"),
        *("request_supplement supplement 0.3", "resume processing 0.6"),
        *("settle settled 1", "return returned 1"),
    ),
    (
        *(40, "submit submitted 0", "receive received 0", "process processing 0"),
        *("request_payment payment 0.3", "confirm_payment processing 0.4"),
        *("settle settled 1", "return returned 1"),
    ),
    (
        *(5, "submit submitted 0", "receive received 0", "process processing 0"),
        *("request_supplement supplement 0.2", "withdraw withdrawn 1"),
    ),
    (
        *(885, "submit submitted 0", "receive received 0", "process processing 0"),
        *("settle settled 1", "return returned 1"),
    ),
)
PASSWORD = "do-bao-cao-mot-ky"
started = time.monotonic()
steps, lives = [], []
for life, (share, *moves) in enumerate(sorted(PATHS)):
    lives += [life] * share
    before = None
    for position, (kind, status, part) in enumerate(map(str.split, moves), 1):
        steps.append((life, position, kind, before, status, float(part)))
        before = status
cr = env.cr
communes = [env.company.id] + env["res.company"].create(
    [{"name": f"UBND xã thứ {number}"} for number in range(2, COMMUNES + 1)]
).ids
env.flush_all()
cr.execute("SET LOCAL session_replication_role = replica")
cr.execute("SET LOCAL work_mem = '256MB'")
cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
cr.execute(
    "CREATE TEMP TABLE life AS SELECT * FROM UNNEST(%s) WITH ORDINALITY l(life, slot)", [lives]
)
cr.execute(
    "CREATE TEMP TABLE step (life int, position int, kind text, from_status text,"
    " to_status text, part float)"
)
cr.executemany("INSERT INTO step VALUES (%s, %s, %s, %s, %s, %s)", steps)
# an index is built in one go in a third of the time
cr.execute(
    """
    SELECT indexname, indexdef FROM pg_indexes
     WHERE tablename IN ('tthc_dossier', 'tthc_dossier_event') AND indexdef NOT LIKE '%UNIQUE%'"""
)
indexes = cr.fetchall()
for name, _definition in indexes:
    cr.execute(f'DROP INDEX "{name}"')  # pylint: disable=sql-injection
cr.execute(
    """
    CREATE TEMP TABLE line AS
    WITH procedure AS (
        SELECT id, sector_id, row_number() OVER (ORDER BY id) - 1 AS slot
          FROM tthc_procedure WHERE state = 'published')
    SELECT n AS id, life, procedure.id AS procedure_id, procedure.sector_id,
           CASE WHEN n %% 2 = 0 THEN (%(communes)s::int[])[1]
                ELSE (%(communes)s::int[])[2 + (n / 2) %% %(others)s] END AS company_id,
           CASE (n * 7) %% 10 WHEN 0 THEN 'post' WHEN 1 THEN 'online' WHEN 2 THEN 'online'
                ELSE 'direct' END AS channel,
           at, at::date AS on_day, days, at::date + 10 AS due_on, at::date + days AS done_on
      FROM (SELECT n, timestamp '2023-01-01 01:00'
                      + (n * 1095::bigint / %(all)s)::int * interval '1 day'
                      + (n * 7919::bigint) %% 400 * interval '1 minute' AS at,
                   -- most before the due day, one in seventy late by up to three months
                   CASE WHEN (n * 13) %% 70 = 0 THEN 11 + (n * 31) %% 90
                        ELSE 1 + (n * 17) %% 10 END AS days
              FROM generate_series(1, %(all)s) n) made
      JOIN life ON slot = 1 + (n * 389::bigint) %% 1000
      JOIN procedure ON procedure.slot = (n * 7) %% (SELECT COUNT(*) FROM procedure)
    """,
    {"communes": communes, "others": COMMUNES - 1, "all": 2 * DOSSIERS},
)
cr.execute("ANALYZE line")
cr.execute(
    """
    CREATE TEMP TABLE told AS
    SELECT line.*, position, kind, from_status, to_status,
           at + (days * part)::int * interval '1 day' + position * interval '20 minutes'
               AS happened_at,
           MAX(done_on) FILTER (WHERE kind = 'settle')
               OVER (PARTITION BY line.id ORDER BY position) AS settled_on,
           MAX(done_on) FILTER (WHERE kind IN ('settle', 'stop', 'withdraw', 'reject'))
               OVER (PARTITION BY line.id ORDER BY position) AS ended_on
      FROM line JOIN step USING (life)
     -- what is not over at the end of the three years goes on
     WHERE at + (days * part)::int * interval '1 day' < '2025-12-31'
    """
)
cr.execute(
    """
    INSERT INTO tthc_dossier_event (
        dossier_id, company_id, position, user_id, officer_id, kind, from_status, to_status,
        duration_unit, duration, digest, happened_on, happened_at, due_at, due_on, settled_on,
        ended_on, outcome)
    SELECT id, company_id, position, %(user)s, CASE WHEN position > 2 THEN %(user)s END, kind,
           from_status, to_status, 'working_day', 8, md5(id::text) || md5(kind), happened_at::date,
           happened_at, CASE WHEN position > 1 THEN due_on + time '10:00' END,
           CASE WHEN position > 1 THEN due_on END, settled_on, ended_on,
           CASE WHEN settled_on > due_on THEN 'late' WHEN settled_on = due_on THEN 'on_time'
                WHEN settled_on IS NOT NULL THEN 'early' END
      FROM told ORDER BY told.happened_at, id
    """,
    {"user": env.uid},
)
cr.execute(
    """
    INSERT INTO tthc_dossier (
        id, company_id, procedure_id, sector_id, stage_id, officer_id, event_count, create_uid,
        write_uid, duration_unit, duration, applicant_name, applicant_identity, applicant_phone,
        applicant_address, channel, name, status, outcome, last_digest, received_on, entered_on,
        due_on, settled_on, ended_on, submitted_at, received_at, due_at, create_date, write_date)
    SELECT id, company_id, procedure_id, sector_id, stage_id, %(user)s, position, %(user)s,
           %(user)s, 'working_day', 8, 'Nguyễn Văn ' || id, lpad(id::text, 12, '0'), '0901234567',
           'Thôn Trạch Lộ, xã Bình Lãng', channel,
           CASE WHEN is_received THEN
               'H23.00.' || company_id || '-' || to_char(at, 'YYMMDD') || '-' || id END,
           to_status,
           CASE WHEN settled_on > due_on THEN 'late' WHEN settled_on = due_on THEN 'on_time'
                WHEN settled_on IS NOT NULL THEN 'early' END,
           md5(id::text) || md5(kind), CASE WHEN is_received THEN on_day END,
           CASE WHEN is_received THEN on_day END, CASE WHEN is_received THEN due_on END,
           settled_on, ended_on, at, CASE WHEN is_received THEN at END,
           CASE WHEN is_received THEN due_on + time '10:00' END, at, at
      FROM (SELECT DISTINCT ON (id) *, position > 2 OR kind = 'receive' AS is_received
              FROM told ORDER BY id, position DESC) last
      JOIN LATERAL (SELECT MIN(id) AS stage_id FROM tthc_stage
                     WHERE status = last.to_status) stage ON TRUE
     ORDER BY last.id
    """,
    {"user": env.uid},
)
for _name, definition in indexes:
    cr.execute(definition)
cr.execute(
    "SELECT setval('tthc_dossier_id_seq', (SELECT MAX(id) FROM tthc_dossier)),"
    " (SELECT COUNT(*) FROM tthc_dossier_event)"
)
events = cr.fetchone()[1]
cr.commit()
cr._cnx.autocommit = True
cr.execute("VACUUM ANALYZE")
# who asks: the statistician of the commune measured as a whole, and of one of the others
user = env["res.users"].search([("login", "=", "thongke")])
user.write({"password": PASSWORD, "company_ids": [Command.link(communes[1])]})
periods = env["tthc.report.period"].create(
    [
        {"kind": "quarter", "year": 2025, "quarter": 2, "company_id": company}
        for company in communes[:2]
    ]
)
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
        }
    )
)
