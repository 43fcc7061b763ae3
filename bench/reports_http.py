"""What a report costs who asks for it: a commune's figures, the first page behind a figure."""

import statistics
import time

from over_http import Browser

ROUNDS = 9
DAYS = {"date_from": "2025-03-15", "date_to": "2025-06-14"}
CONTEXT = {"lang": "vi_VN", "tz": "Asia/Ho_Chi_Minh"}
PAGE = {field: {} for field in ("name", "applicant_name", "status", "received_on", "due_on")}


def reports(address, database, made):
    """Medians in milliseconds; what is compared is asked for in turns."""
    browser = Browser(address, database, made["login"], made["password"])
    whole, one = made["companies"]

    def figures(company):
        context = CONTEXT | {"allowed_company_ids": [company]}
        return browser.call(
            *("tthc.report", "get_figures"),
            form="II.06a",
            company_id=company,
            context=context,
            **DAYS,
        )

    def first_page(period):
        """A click on the largest figure: its action, then the page that the list asks for."""
        context = CONTEXT | {"allowed_company_ids": [whole]}
        call = {"model": "tthc.report.period", "method": "action_open_dossiers"}
        call |= {"args": [[period], "II.06a", "3"], "kwargs": {"context": context}}
        action = browser.post(f"/web/dataset/call_button/{call['model']}/{call['method']}", call)
        context |= action["context"]
        return browser.call(
            *("tthc.dossier", "web_search_read"),
            domain=action["domain"],
            specification=PAGE,
            limit=80,
            count_limit=10001,
            context=context,
        )

    asked = {
        "empty": lambda: browser.call("res.users", "fields_get", allfields=["name"]),
        "commune": lambda: figures(one),
        "page": lambda: first_page(made["periods"][0]),
        "sealed_page": lambda: first_page(made["sealed"]),
    }
    taken = {name: [] for name in asked}
    for operation in asked.values():
        operation()
    for _round in range(ROUNDS):
        for name, operation in asked.items():
            start = time.perf_counter()
            operation()
            taken[name].append((time.perf_counter() - start) * 1000)
    ms = {name: statistics.median(each) for name, each in taken.items()}
    counted = figures(one)["total"]["values"]["3"]
    pages = {f"{name}_of": asked[name]()["length"] for name in ("page", "sealed_page")}
    return {"ms": ms, **pages, "commune_counted": counted}
