"""Verify the ledger of every dossier and the PDF of every slip, in Odoo's shell."""

import sys

wrong = []
problems = env["tthc.dossier"].verify_ledger()
for problem in problems:
    # one that was never received has no code
    code = problem["name"] or f"id {problem['dossier_id']}"
    print(f"{code}, event {problem['position']}: {problem['problem']}")
if problems:
    count = len({problem["dossier_id"] for problem in problems})
    wrong.append(f"{count} ledgers are not as they were written.")
else:
    print(f"{env['tthc.dossier'].search_count([])} ledgers verified, nothing wrong.")

slips = env["tthc.dossier.slip"]
problems = slips.verify_pdfs()
for problem in problems:
    print(f"{problem['dossier']}, slip {problem['name']}: {problem['problem']}")
if problems:
    wrong.append(f"{len(problems)} slips are not as they were drawn.")
else:
    print(f"{slips.search_count([('sha256', '!=', False)])} slips verified, nothing wrong.")

if wrong:
    sys.exit("\n".join(wrong))
