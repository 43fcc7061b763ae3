"""The lifecycle as a diagram, from the table of moves. Run by scripts/lifecycle in Odoo's shell."""

# ruff: noqa: F821
from odoo.addons.tthc_onestop.rules.lifecycle import MOVES

env = env(context={"lang": "vi_VN"})


def labels(model, field):
    return dict(env[model]._fields[field]._description_selection(env))


statuses, moves = labels("tthc.dossier", "status"), labels("tthc.dossier.event", "kind")
roles = {
    role: env.ref(f"tthc_onestop.group_{role}").name
    for move in MOVES.values()
    for role in move.roles
}
lines = [
    "# Vòng đời của hồ sơ · The life of a dossier",
    "",
    "Drawn by `make lifecycle` from `tthc_onestop/rules/lifecycle.py`, the only place where it is",
    "said; a test fails when this page is not what the table gives. The moves that stay in a",
    "status are in the table below alone.",
    "",
    "```mermaid",
    "stateDiagram-v2",
    *(f"    {status} : {label}" for status, label in statuses.items()),
    "    [*] --> submitted",
]
arrows = {}
slips = {"stop": "mẫu theo chế độ"}
for name, move in MOVES.items():
    for source in move.sources:
        if move.target and move.target != source:
            who = ", ".join(roles[role] for role in move.roles)
            paper = f" · {slips.get(move.slip, f'mẫu {move.slip}')}" if move.slip else ""
            arrows.setdefault((source, move.target), []).append(f"{moves[name]} ({who}{paper})")
lines += [
    f"    {source} --> {target} : {'<br/>'.join(names)}"
    for (source, target), names in arrows.items()
]
ends = set(statuses) - {source for source, _ in arrows}
lines += [f"    {status} --> [*]" for status in statuses if status in ends]
lines += [
    "```",
    "",
    "| việc · move | từ | đến | ai | phiếu | lý do |",
    "|---|---|---|---|---|---|",
]
for name, move in MOVES.items():
    lines.append(
        "| {} · `{}` | {} | {} | {} | {} | {} |".format(
            moves[name],
            name,
            ", ".join(statuses[source] for source in move.sources),
            statuses[move.target] if move.target else "–",
            ", ".join(roles[role] for role in move.roles),
            {None: "–", "stop": "theo chế độ"}.get(move.slip, move.slip),
            "bắt buộc" if move.reason else "–",
        )
    )
print("\n".join(lines))
