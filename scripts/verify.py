"""Verify ledgers, slips, scans and sealed reports. Run by ``make verify`` in Odoo's shell."""

import sys

dossiers, slips = env["tthc.dossier"], env["tthc.dossier.slip"]
files, seals = env["tthc.dossier.file"], env["tthc.report.seal"]

ledgers = dossiers.verify_ledger()
for problem in ledgers:
    # one that was never received has no code
    code = problem["name"] or f"id {problem['dossier_id']}"
    print(f"{code}, event {problem['position']}: {problem['problem']}")
drawn = slips.verify_pdfs()
for problem in drawn:
    print(f"{problem['dossier']}, slip {problem['name']}: {problem['problem']}")
scans = files.verify_files()
for problem in scans:
    code = problem["name"] or (problem["dossier_id"] and f"id {problem['dossier_id']}") or "?"
    print(f"{code}, scan {problem['file_id']} ({problem['file']}): {problem['problem']}")
sealed = seals.verify_chain()
for problem in sealed:
    print(f"{problem['company']}, sealed report {problem['position']}: {problem['problem']}")

wrong = [
    f"{count} {what} not as they were {done}."
    for count, what, done in (
        (len({problem["dossier_id"] for problem in ledgers}), "ledgers are", "written"),
        (len(drawn), "slips are", "drawn"),
        (len(scans), "scans are", "attached"),
        (len(sealed), "chains of sealed reports are", "sealed"),
    )
    if count
]
if wrong:
    sys.exit("\n".join(wrong))
print(
    f"{dossiers.search_count([])} ledgers, {slips.search_count([('sha256', '!=', False)])} slips, "
    f"{files.search_count([])} scans and {seals.search_count([])} sealed reports verified, "
    "nothing wrong."
)
