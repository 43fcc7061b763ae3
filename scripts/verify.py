"""Verify the ledger of every dossier. Run by ``make verify`` in Odoo's shell."""

import sys

problems = env["tthc.dossier"].verify_ledger()
for problem in problems:
    # one that was never received has no code
    code = problem["name"] or f"id {problem['dossier_id']}"
    print(f"{code}, event {problem['position']}: {problem['problem']}")
if problems:
    wrong = len({problem["dossier_id"] for problem in problems})
    sys.exit(f"{wrong} ledgers are not as they were written.")
print(f"{env['tthc.dossier'].search_count([])} ledgers verified, nothing wrong.")
