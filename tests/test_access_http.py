"""The access specification from outside: JSON-2, and the calls of the web client with a session."""

import re
from pathlib import Path

import pytest
import requests
import yaml

from .conftest import LOGINS, PASSWORD, Client, odoo_shell

ROOT = Path(__file__).parents[1]
ADDONS = ("tthc_onestop", "tthc_reporting")
ROLES = dict(
    zip(
        LOGINS,
        "counter officer statistician leader communication finance auditor manager".split(),
        strict=True,
    )
)
MATRIX = {
    model: said
    for addon in ADDONS
    for model, said in yaml.safe_load(
        (ROOT / addon / "security/access_matrix.yaml").read_text(encoding="utf-8")
    ).items()
    # a template of the software is no model to call; tthc.report has no records, and its two
    # methods are tried in the addon's tests
    if said["records"] != "none" and model != "tthc.report"
}
PERSONAL = ("Nguyễn Thị Đào", "030185000123", "0912345678", "Thôn Đoài")
FIND_ONE = """
import json
period = env["tthc.report.period"].create({"kind": "quarter", "year": 2023, "quarter": 2})
period.action_prepare_hand_ins()
period.action_compose_text()
dossier = env["tthc.dossier"].search([], limit=1)
env["tthc.report.hand.in.line"].create(
    {"hand_in_id": period.hand_in_ids[:1].id, "dossier_id": dossier.id, "dispute": "x"}
)
env["tthc.calendar.impact"].create({"company_id": env.company.id})
env["tthc.feedback"].create({"subject": "x", "content": "x", "sender_name": "x"})
env["tthc.communication.item"].create({"name": "x"})
line = env["tthc.plan.budget.line"].search([("plan_id.state", "=", "issued")], limit=1)
line.planned = 1000
line.action_submit()
line.action_approve()
env["tthc.plan.budget.voucher"].create(
    {"line_id": line.id, "number": "PC01", "amount": 1000, "content": "x"}
)
user = env["res.users"].search([("login", "=", "motcua")])
decision = {"number": "1/QĐ-UBND", "date": "2090-01-01", "signer_name": "x"}
env["tthc.desk.appointment"].create({**decision, "user_id": user.id, "date_from": "2090-01-02"})
env["tthc.desk.regulation"].create({**decision, "date_from": "2090-01-02"})
session = {"name": "x", "organiser": "x", "date_from": "2090-01-02", "hours": 1}
session = env["tthc.training.session"].create(session)
env["tthc.training.participant"].create({"session_id": session.id, "name": "x"})
env["tthc.initiative"].create({"name": "x", "description": "x"})
env.cr.commit()
print("IDS" + json.dumps({model: env[model].search([], limit=1).id or 1 for model in %s}))
"""


@pytest.fixture(scope="module")
def ids(database):
    """A record of each model, as the superuser finds it."""
    printed = odoo_shell(database[0], FIND_ONE % list(MATRIX))
    return yaml.safe_load(printed.split("IDS", 1)[1].splitlines()[0])


def verbs(model, login):
    may = MATRIX[model]["may"]
    words = " ".join(may.get(group, "") for group in ("staff", ROLES[login]))
    return set(re.sub(r"\(.*?\)", "", words).split())


def changes(some_id):
    """Method, arguments and verb of what changes something, and nothing where it is allowed."""
    one = {"ids": [some_id]}
    return [
        ("create", {"vals_list": [{}]}, "create"),
        ("write", {**one, "vals": {}}, "write"),
        ("unlink", one, "delete"),
    ]


class Session:
    """The web client of a user who is logged in with a password."""

    # each way in is tried with what comes that way: both lead to the same methods
    READS = [
        ("web_search_read", {"domain": [], "specification": {}, "limit": 1}, "read"),
        ("formatted_read_group", {"domain": [], "aggregates": ["__count"]}, "read"),
        ("name_search", {"name": "", "limit": 1}, "read"),
    ]

    def __init__(self, address, database, login):
        self.address, self.session = address, requests.Session()
        params = {"db": database, "login": login, "password": PASSWORD}
        answer = self.rpc("/web/session/authenticate", params)
        assert answer["result"]["uid"], answer

    def rpc(self, path, params):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        return self.session.post(f"{self.address}{path}", json=body, timeout=120).json()

    def refused(self, model, method, body):
        """The kind of refusal, None when there is none; and what was said."""
        body = dict(body)
        args = [body.pop("ids")] if "ids" in body else []
        params = {"model": model, "method": method, "args": args, "kwargs": body}
        answer = self.rpc(f"/web/dataset/call_kw/{model}/{method}", params)
        error = answer.get("error")
        return (error["data"]["name"] if error else None), str(answer)


class Program(Client):
    READS = [
        ("search_read", {"domain": [], "fields": ["display_name"], "limit": 1}, "read"),
        ("search_count", {"domain": []}, "read"),
        ("read_group", {"domain": [], "fields": [], "groupby": ["id"], "limit": 1}, "read"),
    ]

    def refused(self, model, method, body):
        answer = self.call(model, method, **body)
        return (None if answer.ok else answer.json()["name"]), answer.text


@pytest.fixture(params=["program", "session"])
def enter(site, database, request):
    """How a login comes in."""
    name, keys = database
    if request.param == "program":
        return lambda login: Program(site, keys[login])
    return lambda login: Session(site, name, login)


# the kinds of records of which others have none that the sample could be
OWN = ("own entries", "own proposals")


@pytest.mark.parametrize("login", LOGINS)
def test_every_verb(enter, ids, login):
    caller = enter(login)
    for model in MATRIX:
        allowed = verbs(model, login) | ({"write"} if "attend" in verbs(model, login) else set())
        for method, body, verb in caller.READS + changes(ids[model]):
            may = MATRIX[model]["may"].get(ROLES[login], "")
            own = MATRIX[model]["records"] in OWN or "(own" in may or "(seen" in may
            spare = verb == "delete" or own
            if verb in allowed and "ids" in body and spare:
                body = body | {"ids": []}
            refusal, said = caller.refused(model, method, body)
            if verb in allowed:
                assert refusal != "odoo.exceptions.AccessError", (model, method, said)
                assert verb == "create" or not refusal, (model, method, said)
            else:
                assert refusal == "odoo.exceptions.AccessError", (model, method, said)
                assert not [word for word in PERSONAL if word in said], (model, method)


def hidden_fields(login):
    return [
        name
        for names, groups in MATRIX["tthc.dossier"]["personal"].items()
        for name in names.split()
        if ROLES[login] not in groups.split() and name not in ("notes", "files")
    ]


@pytest.mark.parametrize("login", ["thongke", "taichinh"])
def test_fields_that_are_not_theirs(enter, ids, login):
    caller = enter(login)
    one = {"ids": [ids["tthc.dossier"]]}
    assert hidden_fields(login)
    for name in hidden_fields(login):
        for method, body in [
            ("read", {**one, "fields": [name]}),
            ("web_read", {**one, "specification": {name: {}}}),
            ("search_read", {"domain": [], "fields": [name]}),
        ]:
            refusal, said = caller.refused("tthc.dossier", method, body)
            assert refusal == "odoo.exceptions.AccessError", (name, method, said)
            assert not [word for word in PERSONAL if word in said], (name, method)
    for method, body in [
        ("search_count", {"domain": [["applicant_identity", "like", "0301"]]}),
        ("read_group", {"domain": [], "fields": [], "groupby": ["applicant_identity"]}),
        ("search_read", {"domain": [], "fields": ["name"], "order": "applicant_identity"}),
    ]:
        refusal, said = caller.refused("tthc.dossier", method, body)
        assert refusal == "odoo.exceptions.AccessError", (method, said)
        assert not [word for word in PERSONAL if word in said], method


@pytest.mark.parametrize("login", LOGINS)
def test_export(site, database, ids, login):
    """Nobody exports by default; who is given the right exports what they see, masked."""
    caller = Program(site, database[1][login])
    body = {"ids": [ids["tthc.dossier"]], "fields_to_export": ["applicant_identity"]}
    refusal, said = caller.refused("tthc.dossier", "export_data", body)
    assert refusal in ("odoo.exceptions.AccessError", "odoo.exceptions.UserError"), said
    assert not [word for word in PERSONAL if word in said]


@pytest.mark.parametrize("model", MATRIX)
def test_who_is_not_logged_in(site, model):
    for method in ("search_read", "create", "unlink"):
        answer = requests.post(f"{site}/json/2/{model}/{method}", json={}, timeout=60)
        assert answer.status_code == 401, (method, answer.text)
        params = {"model": model, "method": method, "args": [], "kwargs": {}}
        answer = requests.post(
            f"{site}/web/dataset/call_kw/{model}/{method}",
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=60,
        )
        assert answer.json()["error"]["data"]["name"] == "odoo.http.SessionExpiredException"


def test_logs_hide_identity_numbers(site, database, log):
    """Neither a refusal nor a statement that the database refuses puts one into the log."""
    desk = Program(site, database[1]["motcua"])
    paper = {"name": "CCCD 030185777123", "sequence": 10**12}  # no such number in the database
    for values in (
        {"applicant_identity": "03018500012"},
        {"document_ids": [[0, 0, paper]]},
    ):
        answer = desk.call(
            "tthc.dossier",
            "create",
            vals_list=[{"procedure_id": 1, "applicant_name": "Người nhập sai", **values}],
        )
        assert not answer.ok, answer.text
    text = log.read_text(encoding="utf-8")
    assert "integer out of range" in text
    assert "03018500012" not in text
    assert "030185777123" not in text
