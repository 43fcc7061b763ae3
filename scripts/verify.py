"""Verify the ledger of every dossier and every scan. Run by ``make verify`` in Odoo's shell."""

import sys

problems = env["tthc.dossier"].verify_ledger()
for problem in problems:
    # one that was never received has no code
    code = problem["name"] or f"id {problem['dossier_id']}"
    print(f"{code}, event {problem['position']}: {problem['problem']}")
broken = env["tthc.dossier.file"].verify_files()
for problem in broken:
    code = problem["name"] or (problem["dossier_id"] and f"id {problem['dossier_id']}") or "?"
    print(f"{code}, scan {problem['file_id']} ({problem['file']}): {problem['problem']}")
wrong = [
    f"{count} {what} not as they were {done}."
    for count, what, done in (
        (len({problem["dossier_id"] for problem in problems}), "ledgers are", "written"),
        (len(broken), "scans are", "attached"),
    )
    if count
]
if wrong:
    sys.exit("\n".join(wrong))
ledgers, scans = (env[model].search_count([]) for model in ("tthc.dossier", "tthc.dossier.file"))
print(f"{ledgers} ledgers and {scans} scans verified, nothing wrong.")
