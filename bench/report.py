"""The table of a run, against the targets. Run by itself it shows that of bench/results.json."""

import json
import math
from pathlib import Path

# operation, its title, at least so many times as fast as a ticket
RATIOS = (
    ("receive", "receive one, with its contact", 5),
    ("plain_move", "a plain move", 3),
    ("five_moves", "five moves to the result", 8),
    ("batch", "100 received in one batch, each", 12),
)
QUERIES = (("receive", "queries to receive one", 8), ("plain_move", "queries of a move", 6))
LINE = "{:<34}{:>10}{:>10}{:>10}   {:>8}  {:>9}  {}"


def table(results):
    operations, kanban, clients = (results[part] for part in ("operations", "kanban", "clients"))
    lines = [LINE.format("", "dossier", "ticket", "task", "measured", "target", "")]

    def add(title, figures, measured, target, at_most=False):
        # rounded against ourselves
        shown = (math.ceil if at_most else math.floor)(measured * 100) / 100
        met = measured <= target if at_most else measured >= target
        sign = "≤" if at_most else "≥"
        lines.append(
            LINE.format(
                title, *figures, f"{shown:g}", f"{sign} {target:g}", "met" if met else "NOT met"
            )
        )

    for name, title, target in RATIOS:
        ms = {kind: operations[name][kind]["ms"] for kind in ("dossier", "ticket", "task")}
        figures = [f"{ms[kind]:.2f} ms" for kind in ms]
        add(title, figures, ms["ticket"] / ms["dossier"], target)
    for name, title, target in QUERIES:
        steps = [name] if name == "receive" else [f"move_{step}" for step in range(1, 6)]
        most = {
            kind: max(operations[step][kind]["queries"] for step in steps)
            for kind in ("dossier", "ticket", "task")
        }
        add(title, [f"{most[kind]:g}" for kind in most], most["dossier"], target, at_most=True)
    ours, theirs = kanban["dossier"], kanban["ticket"]
    title = f"kanban of {ours['records']:,}"
    figures = [f"{ours['ms']:.0f} ms", f"{theirs['ms']:.0f} ms", "–"]
    add(title, figures, ours["ms"] / theirs["ms"], 0.8, at_most=True)
    figures = [f"{ours['cards_ms']:.0f} ms", f"{theirs['cards_ms']:.0f} ms", "–"]
    add(f"{title}, no bars", figures, ours["cards_ms"] / theirs["cards_ms"], 0.8, at_most=True)
    rate = clients["per_second"]
    figures = [f"{rate[kind]:.1f}/s" for kind in ("dossier", "ticket", "task")]
    add("16 clients, 2 workers", figures, rate["dossier"] / rate["ticket"], 2.3)
    figures[1:] = [f"{rate['bare ticket']:.1f}/s", ""]
    add("the same, ticket without contact", figures, rate["dossier"] / rate["bare ticket"], 2.3)
    for name, title in (
        ("failed", "16 clients: failed"),
        ("errors_logged", "16 clients: errors in the log"),
        ("retries_logged", "16 clients: retries"),
        ("doubled_codes", "16 clients: doubled codes"),
    ):
        add(title, [clients[name], "", ""], clients[name], 0, at_most=True)
    if "public_pages" in results:
        rates = results["public_pages"]["per_second"]
        lines.append(LINE.format("", "page", "login", "", "measured", "target", ""))
        for name in ("list", "search", "procedure", "json"):
            figures = [f"{rates[name]:.0f}/s", f"{rates['login']:.0f}/s", ""]
            add(f"public {name}, 2 workers", figures, rates[name], 50)
    if "reports" in results:
        reports = results["reports"]
        lines.append(LINE.format("", "ours", "floor", "", "measured", "target", ""))
        quarter, book, http = reports["figures"], reports["workbook"], reports["http"]["ms"]
        title = f"II.06a of {reports['made']['dossiers']:,} dossiers"
        figures = [f"{quarter['figures']:.0f} ms", f"{quarter['floor']:.0f} ms", ""]
        add(title, figures, quarter["figures"] / quarter["floor"], 1.2, at_most=True)
        figures = [f"{http['commune']:.0f} ms", f"{http['empty']:.0f} ms", ""]
        more = http["commune"] - http["empty"]
        add(f"one commune of {reports['made']['communes']}", figures, more, 20, at_most=True)
        for name, title in (("page", "a figure"), ("sealed_page", "a sealed figure")):
            if name not in http:  # results from before it was measured
                continue
            page = http[name] / 1000
            figures = [f"{page:.1f} s", "", ""]
            add(f"first page behind {title}", figures, page, 1, at_most=True)
        figures = [f"{book[name]['ms'] / 1000:.1f} s" for name in ("ours", "raw")]
        ratio = book["ours"]["ms"] / book["raw"]["ms"]
        add("workbook, raw xlsxwriter", [*figures, ""], ratio, 1.15, at_most=True)
        most = book["ours"]["mb"]
        add("workbook, above idle", [f"{most:.0f} MB", "", ""], most, 60, at_most=True)
    return "\n".join(lines)


if __name__ == "__main__":
    path = Path(__file__).with_name("results.json")
    print(table(json.loads(path.read_text(encoding="utf-8"))))
