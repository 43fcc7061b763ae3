"""In Odoo's shell: receive, move and batch, each operation one transaction of one clerk.

Every operation has a fresh environment and ends with its commit, as a request does. Within a round
the three kinds take turns at each operation, so that a change of the machine's pace meets all of
them alike. Queries are counted over all cursors, the counter's own included. The last line printed
is the result.
"""

import json
import statistics
import time
from itertools import count

from odoo import api, sql_db

ROUNDS, SINGLES, MOVED, BATCH = 5, 20, 12, 100

user = env["res.users"].search([("login", "=", "motcua")])
CONTEXT = {"lang": user.lang, "tz": user.tz, "allowed_company_ids": user.company_ids.ids}
PROCEDURE = env["tthc.procedure"].search([("code", "=", "2.000815")]).id
PROJECT = env["project.project"].search([], limit=1)
serial = count(1)


def in_transaction(operation):
    """(milliseconds, queries, what it returned), the commit included."""
    queries, start = sql_db.sql_counter, time.perf_counter()
    with env.registry.cursor() as cr:
        result = operation(api.Environment(cr, user.id, CONTEXT))
    return (time.perf_counter() - start) * 1000, sql_db.sql_counter - queries, result


def applicant():
    number = next(serial)
    return f"Nguyễn Thị Đào {number}", f"09{number:08}", f"dao{number}@example.vn", "Thôn Trạch Lộ"


def receive_dossiers(env, amount=1):
    lines = [
        {
            "procedure_id": PROCEDURE,
            "applicant_name": name,
            "applicant_identity": f"{number:012}",
            "applicant_phone": phone,
            "applicant_email": email,
            "applicant_address": address,
        }
        for number, (name, phone, email, address) in enumerate(applicant() for _ in range(amount))
    ]
    dossiers = env["tthc.dossier"].create(lines)
    dossiers.action_receive()
    return dossiers.ids


def contacts(env, people):
    return env["res.partner"].create(
        [
            {"name": name, "phone": phone, "email": email, "street": address}
            for name, phone, email, address in people
        ]
    )


def create_tickets(env, amount=1):
    people = [applicant() for _ in range(amount)]
    lines = [
        {
            "name": "Chứng thực bản sao",
            "description": "<p>Chứng thực bản sao từ bản chính</p>",
            "partner_id": partner.id,
            "partner_name": name,
            "partner_email": email,
        }
        for partner, (name, _phone, email, _address) in zip(
            contacts(env, people), people, strict=True
        )
    ]
    return env["helpdesk.ticket"].create(lines).ids


def create_tasks(env, amount=1):
    people = [applicant() for _ in range(amount)]
    lines = [
        {
            "name": f"Chứng thực bản sao: {name}",
            "description": "<p>Chứng thực bản sao từ bản chính</p>",
            "project_id": PROJECT.id,
            "partner_id": partner.id,
        }
        for partner, (name, *_) in zip(contacts(env, people), people, strict=True)
    ]
    return env["project.task"].create(lines).ids


CREATE = {"dossier": receive_dossiers, "ticket": create_tickets, "task": create_tasks}
MODEL = {"dossier": "tthc.dossier", "ticket": "helpdesk.ticket", "task": "project.task"}
tickets_open = env["helpdesk.ticket.stage"].search([("closed", "=", False)], order="sequence, id")
first = env["tthc.stage"].first_by_status()
# five moves: four plain ones, then the one that ends it; cards dragged, where that is all it takes
STAGES = {
    "dossier": [first[status] for status in ("processing", "payment", "processing", "settled")],
    "ticket": [*tickets_open.ids[1:5], env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done").id],
    "task": [*PROJECT.type_ids.ids[1:5], PROJECT.type_ids[6].id],
}


def move(kind, record, step):
    def moved(env):
        found = env[MODEL[kind]].browse(record)
        if kind == "dossier" and step == 4:
            return found.action_return("counter", "Nguyễn Thị Đào")
        return found.write({"stage_id": STAGES[kind][step]})

    return in_transaction(moved)


class Samples:
    """Samples by operation and kind: the median of a round, then that of the rounds."""

    def __init__(self):
        self.of = {}

    def add(self, operation, kind, ms, queries, records=1):
        rounds = self.of.setdefault(operation, {}).setdefault(kind, [[] for _ in range(ROUNDS)])
        rounds[self.round].append((ms / records, queries))

    def result(self):
        return {
            operation: {
                kind: {
                    "ms": statistics.median(
                        medians := [statistics.median(ms for ms, _ in lines) for lines in rounds]
                    ),
                    "ms_of_rounds": medians,
                    "queries": max(
                        statistics.median(queries for _, queries in lines) for lines in rounds
                    ),
                }
                for kind, rounds in kinds.items()
            }
            for operation, kinds in self.of.items()
        }


def play_round(samples, singles, moved):
    for _ in range(singles):
        for kind, create in CREATE.items():
            samples.add("receive", kind, *in_transaction(create)[:2])
    for _ in range(moved):
        records = {kind: in_transaction(create)[2] for kind, create in CREATE.items()}
        total = dict.fromkeys(CREATE, 0)
        for step in range(5):
            for kind, record in records.items():
                ms, queries, _ = move(kind, record, step)
                total[kind] += ms
                if step < 4:
                    samples.add("plain_move", kind, ms, queries)
                samples.add(f"move_{step + 1}", kind, ms, queries)
        for kind, ms in total.items():
            samples.add("five_moves", kind, ms, 0)
    for kind, create in CREATE.items():
        ms, queries, _ = in_transaction(lambda env, create=create: create(env, BATCH))
        samples.add("batch", kind, ms, queries, BATCH)


warm, measured = Samples(), Samples()
warm.round = 0
play_round(warm, 2, 1)
for measured.round in range(ROUNDS):
    play_round(measured, SINGLES, MOVED)
print(json.dumps({"rounds": ROUNDS, "operations": measured.result()}))
