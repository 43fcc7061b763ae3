"""In Odoo's shell: one user who may do all three kinds of work, and 100,000 records of two kinds.

The last line printed is what the HTTP part needs to know.
"""

import json

from odoo import Command
from odoo.fields import Date

COUNT = 100_000
PASSWORD = "do-toc-do-mot-cua"
# a commune after some years: of 1,000 dossiers, so many stand in each status
PER_MILLE = {
    "submitted": 2,
    "received": 15,
    "processing": 25,
    "supplement": 4,
    "payment": 2,
    "settled": 2,
    "returned": 930,
    "withdrawn": 7,
    "stopped": 3,
    "rejected": 10,
}
CLOSED = ("returned", "withdrawn", "stopped", "rejected")

# beyond the years that are shipped, plain weeks will do
year = Date.today().year
for missing in {year, year + 1} - set(env["tthc.calendar.year"].search([]).mapped("year")):
    env["tthc.calendar.year"].create({"year": missing})

user = env["res.users"].search([("login", "=", "motcua")])
user.write(
    {
        "password": PASSWORD,
        "email": "motcua@example.vn",  # else no mail has a sender
        "group_ids": [
            Command.link(env.ref(group).id)
            for group in (
                "base.group_partner_manager",
                "helpdesk_mgmt.group_helpdesk_user",
                "project.group_project_user",
            )
        ],
    }
)
env.company.email = "ubnd@example.vn"

# tickets get as many columns as dossiers, folded alike; the shipped ones keep their mails
ours = env["tthc.stage"].search([], order="sequence, id")
tickets = env["helpdesk.ticket.stage"].with_context(lang="en_US")
shipped = {closed: list(tickets.search([("closed", "=", closed)])) for closed in (False, True)}
stage_of = {}
for stage in ours:
    closed = stage.status in CLOSED
    beside = shipped[closed].pop(0) if shipped[closed] else tickets.create({"name": stage.name})
    beside.write(
        {"sequence": stage.sequence, "fold": stage.fold, "closed": closed, "company_id": False}
    )
    stage_of[stage.status] = (stage.id, beside.id)
project = env["project.project"].create(
    {
        "name": "Hồ sơ",
        "privacy_visibility": "employees",
        "type_ids": [
            Command.create({"name": stage.name, "sequence": stage.sequence, "fold": stage.fold})
            for stage in ours
        ],
    }
)

# spread evenly over the stages and the last three years, in one and the same order for both
statuses = [status for status, share in PER_MILLE.items() for _ in range(share)]
spread = [statuses[(number * 389) % 1000] for number in range(1000)]
partners = env["res.partner"].create(
    [{"name": f"Người dân {number}", "email": f"d{number}@example.vn"} for number in range(1000)]
)
env.flush_all()
env.cr.execute(
    "CREATE TEMP TABLE spread (slot int, status text, stage_id int, ticket_stage_id int)"
)
env.cr.executemany(
    "INSERT INTO spread VALUES (%s, %s, %s, %s)",
    [(slot, status, *stage_of[status]) for slot, status in enumerate(spread)],
)
parameters = {
    "count": COUNT,
    "company": env.company.id,
    "user": user.id,
    "closed": CLOSED,
    "partner": partners[0].id,
}
env.cr.execute(
    """
    WITH procedure AS (
        SELECT id, sector_id, row_number() OVER (ORDER BY id) - 1 AS slot
          FROM tthc_procedure WHERE state = 'published'
    ), line AS (
        SELECT n, spread.*, now() AT TIME ZONE 'UTC' - n * interval '16 minutes' AS at
          FROM generate_series(1, %(count)s) n JOIN spread ON slot = n %% 1000
    )
    INSERT INTO tthc_dossier (
        company_id, procedure_id, sector_id, applicant_name, applicant_identity, channel,
        submitted_at, name, status, stage_id, officer_id, received_at, received_on, due_at, due_on,
        ended_on, event_count, create_uid, create_date, write_uid, write_date
    )
    SELECT %(company)s, procedure.id, sector_id, 'Người dân ' || n, lpad(n::text, 12, '0'),
           'direct', at, 'H23.00.00-' || to_char(at, 'YYMMDD') || '-' || lpad(n::text, 6, '0'),
           status, stage_id, CASE WHEN status <> 'submitted' THEN %(user)s END,
           at, at::date, at + interval '10 days', at::date + 10,
           CASE WHEN status IN %(closed)s THEN at::date + 8 END, 2, %(user)s, at, %(user)s, at
      FROM line JOIN procedure ON procedure.slot = n %% (SELECT count(*) FROM procedure)
    """,
    parameters,
)
env.cr.execute(
    """
    INSERT INTO helpdesk_ticket (
        company_id, number, name, description, partner_id, commercial_partner_id, partner_name,
        partner_email, stage_id, user_id, unattended, priority, sequence, active, last_stage_update,
        assigned_date, closed_date, create_uid, create_date, write_uid, write_date
    )
    SELECT %(company)s, 'HT' || lpad(n::text, 7, '0'), 'Hồ sơ của người dân ' || n,
           '<p>Nội dung</p>', %(partner)s + n %% 1000, %(partner)s + n %% 1000,
           'Người dân ' || n %% 1000, 'd' || n %% 1000 || '@example.vn', ticket_stage_id,
           CASE WHEN status <> 'submitted' THEN %(user)s END, status = 'submitted', '1', 10, true,
           at, at, CASE WHEN status IN %(closed)s THEN at + interval '8 days' END,
           %(user)s, at, %(user)s, at
      FROM (SELECT n, spread.*, now() AT TIME ZONE 'UTC' - n * interval '16 minutes' AS at
              FROM generate_series(1, %(count)s) n JOIN spread ON slot = n %% 1000) line
    """,
    parameters,
)
key = env["res.users.apikeys"].with_user(user).sudo()._generate("rpc", "bench", None)
env.cr.commit()
env.cr._cnx.autocommit = True
env.cr.execute("VACUUM ANALYZE")
print(
    json.dumps(
        {
            "login": user.login,
            "password": PASSWORD,
            "key": key,
            "procedure": env["tthc.procedure"].search([("code", "=", "2.000815")]).id,
            "project": project.id,
        }
    )
)
