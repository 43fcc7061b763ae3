"""Years of dossiers with their ledgers, in bulk, and what reports of them cost at the least.

The benchmarks make a million of them, the tests some thousands.
"""

import io
from datetime import date

import xlsxwriter

from ..render.xlsx_dossiers import DAY_ZERO

FIRST, LAST = date(2025, 3, 15), date(2025, 6, 14)
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
# form II.06a by hand for these figures and this day: no levels, no settings, no counting apart
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
                 WHERE dossier_id = dossier.id AND counted_on <= %(last)s
              ORDER BY position DESC LIMIT 1) cut ON TRUE
     LEFT JOIN LATERAL (
                SELECT to_status FROM tthc_dossier_event
                 WHERE dossier_id = dossier.id AND counted_on < %(first)s
                   AND dossier.received_on < %(first)s
              ORDER BY position DESC LIMIT 1) eve ON TRUE
         WHERE dossier.company_id = %(company)s AND dossier.received_on <= %(last)s
           AND (dossier.settled_on IS NULL OR dossier.settled_on >= %(first)s)
           AND (dossier.received_on >= %(first)s OR eve.to_status IN
                ('received', 'processing', 'supplement', 'payment', 'stopped'))) counted
     GROUP BY ROLLUP (sector_id)"""


def make(env, communes, count):
    """Three years of the first commune's dossiers, and of as many of the others' together.

    Past the gate and its triggers. The rows lie in the order of their moments, as years of work
    leave them.

    :param communes: ids of companies, two or more
    """
    cr = env.cr
    env.flush_all()
    steps, lives = [], []
    for life, (share, *moves) in enumerate(sorted(PATHS)):
        lives += [life] * share
        before = None
        for position, (kind, status, part) in enumerate(map(str.split, moves), 1):
            steps.append((life, position, kind, before, status, float(part)))
            before = status
    cr.execute("SET LOCAL session_replication_role = replica")
    cr.execute(
        "CREATE TEMP TABLE life ON COMMIT DROP AS"
        " SELECT * FROM UNNEST(%s) WITH ORDINALITY l(life, slot)",
        [lives],
    )
    cr.execute(
        "CREATE TEMP TABLE step (life int, position int, kind text, from_status text,"
        " to_status text, part float) ON COMMIT DROP"
    )
    cr.executemany("INSERT INTO step VALUES (%s, %s, %s, %s, %s, %s)", steps)
    cr.execute("SELECT COALESCE(MAX(id), 0) FROM tthc_dossier")
    values = {
        "before": cr.fetchone()[0],
        "communes": communes,
        "others": len(communes) - 1,
        "all": 2 * count,
        "user": env.uid,
    }
    for statement in (LINE, "ANALYZE line", TOLD, EVENTS, DOSSIERS):
        cr.execute(statement, values)
    cr.execute("SET LOCAL session_replication_role = origin")


def raw_workbook(sheets):
    """The cells of lists of dossiers alone, by the writer alone: its bytes.

    :param sheets: of each its columns, by their number, and its lines
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    for columns, lines in sheets:
        sheet = book.add_worksheet()
        place = {key: 7 + at for at, key in enumerate(columns)}
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


LINE = """
    CREATE TEMP TABLE line ON COMMIT DROP AS
    WITH procedure AS (
        SELECT id, sector_id, row_number() OVER (ORDER BY id) - 1 AS slot
          FROM tthc_procedure WHERE state = 'published')
    SELECT %(before)s + n AS id, life, procedure.id AS procedure_id, procedure.sector_id,
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
      JOIN procedure ON procedure.slot = (n * 7) %% (SELECT COUNT(*) FROM procedure)"""
TOLD = """
    CREATE TEMP TABLE told ON COMMIT DROP AS
    SELECT line.*, position, kind, from_status, to_status,
           at + (days * part)::int * interval '1 day' + position * interval '20 minutes'
               AS happened_at,
           MAX(done_on) FILTER (WHERE kind = 'settle')
               OVER (PARTITION BY line.id ORDER BY position) AS settled_on,
           MAX(done_on) FILTER (WHERE kind IN ('settle', 'stop', 'withdraw', 'reject'))
               OVER (PARTITION BY line.id ORDER BY position) AS ended_on
      FROM line JOIN step USING (life)
     -- what is not over at the end of the three years goes on
     WHERE at + (days * part)::int * interval '1 day' < '2025-12-31'"""
EVENTS = """
    INSERT INTO tthc_dossier_event (
        dossier_id, company_id, position, user_id, officer_id, kind, from_status, to_status,
        duration_unit, duration, digest, happened_on, counted_on, happened_at, due_at, due_on,
        settled_on, ended_on, outcome)
    SELECT id, company_id, position, %(user)s, CASE WHEN position > 2 THEN %(user)s END, kind,
           from_status, to_status, 'working_day', 8, md5(id::text) || md5(kind), happened_at::date,
           happened_at::date, happened_at, CASE WHEN position > 1 THEN due_on + time '10:00' END,
           CASE WHEN position > 1 THEN due_on END, settled_on, ended_on,
           CASE WHEN settled_on > due_on THEN 'late' WHEN settled_on = due_on THEN 'on_time'
                WHEN settled_on IS NOT NULL THEN 'early' END
      FROM told ORDER BY told.happened_at, id"""
DOSSIERS = """
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
     ORDER BY last.id"""
