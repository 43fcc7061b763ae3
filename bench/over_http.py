"""The parts of the benchmark that come from outside: a kanban loads, and 16 clients at once."""

import itertools
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests
from lxml import etree

ROUNDS, LOADS = 5, 6
CLIENTS, EACH = 16, 3
KANBANS = {"dossier": "tthc.dossier", "ticket": "helpdesk.ticket"}
# what the web client's widgets ask for besides the field they show
WIDGETS = {
    "kanban_activity": (
        "activity_exception_decoration",
        "activity_exception_icon",
        "activity_state",
        "activity_summary",
        "activity_type_icon",
        "activity_type_id",
    ),
}
WIDGET_TYPES = {"activity_type_id": "many2one"}


def wait_for(address, process):
    for _ in range(240):
        if process.poll() is not None:
            raise SystemExit("Odoo ended by itself; see the logs in .tthc/bench.")
        try:
            if requests.get(f"{address}/web/health", timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.25)
    raise SystemExit("Odoo did not answer within a minute; see the logs in .tthc/bench.")


class Browser:
    """A logged-in web client: JSON-RPC with its session."""

    def __init__(self, address, database, login, password):
        self.address, self.session = address, requests.Session()
        self.post(
            "/web/session/authenticate", {"db": database, "login": login, "password": password}
        )

    def post(self, path, params):
        answer = self.session.post(self.address + path, json={"params": params}, timeout=120)
        answer.raise_for_status()
        if "error" in answer.json():
            raise SystemExit(answer.json()["error"]["data"]["debug"])
        return answer.json()["result"]

    def call(self, model, method, **arguments):
        params = {"model": model, "method": method, "args": [], "kwargs": arguments}
        return self.post(f"/web/dataset/call_kw/{model}/{method}", params)


def specification(arch, fields):
    """What the web client reads of each card: the fields of the view and those of its widgets."""
    nodes = arch.xpath("//field[@name]")
    names = [
        name for node in nodes for name in (node.get("name"), *WIDGETS.get(node.get("widget"), ()))
    ]
    spec = {}
    for name in dict.fromkeys(names):
        kind = fields[name]["type"] if name in fields else WIDGET_TYPES.get(name, "char")
        spec[name] = {"fields": {"display_name": {}}} if kind.startswith("many2") else {}
        if kind.endswith("2many"):
            spec[name] = {"fields": {}, "limit": 40}
    for node in arch.xpath("//field[@widget='many2many_tags']"):
        spec[node.get("name")]["fields"] = {"display_name": {}, "color": {}}
    return spec


def kanban_loader(browser, model, context):
    """The requests by which the web client fills the columns, and those of its progress bars."""
    views = browser.call(model, "get_views", views=[[False, "kanban"]], options={}, context=context)
    fields = views["models"][model]["fields"]
    arch = etree.fromstring(views["views"]["kanban"]["arch"])
    group_by = arch.get("default_group_by")
    grouped = {
        "domain": [],
        "groupby": [group_by],
        "aggregates": [],
        "auto_unfold": True,
        "opening_info": [],
        "unfold_read_specification": specification(arch, fields),
        "unfold_read_default_limit": 40,
        "groupby_read_specification": {},
        "order": arch.get("default_order") or "",
        "context": context | {"read_group_expand": True},
    }
    bar = arch.find(".//progressbar")

    def load():
        start = time.perf_counter()
        answer = browser.call(model, "web_read_group", **grouped)
        cards = time.perf_counter()
        if bar is not None:
            colors = {"field": bar.get("field"), "colors": {"planned": "success"}}
            browser.call(
                model,
                "read_progress_bar",
                domain=[],
                group_by=group_by,
                progress_bar=colors,
                context=context,
            )
        return cards - start, time.perf_counter() - start, answer["groups"]

    return load


def kanban(address, database, access):
    browser = Browser(address, database, access["login"], access["password"])
    context = {"lang": "vi_VN", "tz": "Asia/Ho_Chi_Minh", "allowed_company_ids": [1]}
    loaders = {kind: kanban_loader(browser, model, context) for kind, model in KANBANS.items()}
    results = {}
    for kind, load in loaders.items():
        *_, groups = load()
        results[kind] = {
            "records": sum(group["__count"] for group in groups),
            "columns": len(groups),
            "cards": sum(len(group.get("__records", ())) for group in groups),
        }
    taken = {kind: [[] for _ in range(ROUNDS)] for kind in loaders}
    for turn, _ in itertools.product(range(ROUNDS), range(LOADS)):
        for kind, load in loaders.items():
            taken[kind][turn].append(load()[:2])
    for kind, rounds in taken.items():
        for part, name in enumerate(("cards_ms", "ms")):
            medians = [statistics.median(line[part] * 1000 for line in lines) for lines in rounds]
            results[kind] |= {name: statistics.median(medians), f"{name}_of_rounds": medians}
    return results


class Client:
    """One caller of the JSON-2 API."""

    def __init__(self, address, key):
        self.address, self.session = address, requests.Session()
        self.session.headers["Authorization"] = f"bearer {key}"

    def call(self, model, method, **body):
        answer = self.session.post(
            f"{self.address}/json/2/{model}/{method}", json=body, timeout=120
        )
        answer.raise_for_status()
        return answer.json()


def receive(client, access, name):
    """A dossier with its applicant, received: one request."""
    values = {
        "procedure_id": access["procedure"],
        "applicant_name": name,
        "applicant_phone": "0912345678",
        "applicant_email": "dao@example.vn",
    }
    return client.call("tthc.dossier", "create_received", vals_list=[values])


def contact(client, name):
    """The API has no request that makes a ticket or a task together with its contact."""
    values = {"name": name, "phone": "0912345678", "email": "dao@example.vn"}
    return client.call("res.partner", "create", vals_list=[values])[0]


def ticket(client, access, name):
    values = {"name": name, "description": "<p>.</p>", "partner_id": contact(client, name)}
    return client.call("helpdesk.ticket", "create", vals_list=[values])


def bare_ticket(client, access, name):
    """A ticket that has no contact, only a name and an address: one request."""
    values = {
        "name": name,
        "description": "<p>.</p>",
        "partner_name": name,
        "partner_email": "dao@example.vn",
    }
    return client.call("helpdesk.ticket", "create", vals_list=[values])


def task(client, access, name):
    values = {
        "name": name,
        "project_id": access["project"],
        "partner_id": contact(client, name),
    }
    return client.call("project.task", "create", vals_list=[values])


CREATE = {"dossier": receive, "ticket": ticket, "task": task, "bare ticket": bare_ticket}


def clients(address, access, log):
    """Records a second by kind; the errors, retries and doubled codes of the dossiers."""
    callers = [Client(address, access["key"]) for _ in range(CLIENTS)]
    rates, failed, dossiers = {kind: [] for kind in CREATE}, 0, []
    with ThreadPoolExecutor(CLIENTS) as pool:
        for turn in range(-1, ROUNDS):  # the first one warms the workers up
            for kind, create in CREATE.items():

                def work(number, kind=kind, create=create, turn=turn):
                    name = f"{kind} {turn} {number}"
                    return [create(callers[number], access, name) for _ in range(EACH)]

                start = time.perf_counter()
                done = [pool.submit(work, number) for number in range(CLIENTS)]
                failed += sum(future.exception() is not None for future in done)
                seconds = time.perf_counter() - start
                if turn >= 0:
                    rates[kind].append(CLIENTS * EACH / seconds)
                if kind == "dossier":
                    dossiers += [
                        id_
                        for future in done
                        if not future.exception()
                        for ids in future.result()
                        for id_ in ids
                    ]
    read = callers[0].call("tthc.dossier", "read", ids=dossiers, fields=["name"])
    text = Path(log).read_text(encoding="utf-8")
    return {
        "per_second": {kind: statistics.median(found) for kind, found in rates.items()},
        "per_second_of_rounds": rates,
        "failed": failed,
        "errors_logged": text.count(" ERROR "),
        "retries_logged": text.count("tries left"),
        "dossiers": len(read),
        "doubled_codes": len(read) - len({line["name"] for line in read}),
    }
