"""Verify the ledgers of all dossiers. Run by scripts/verify in Odoo's shell."""

# ruff: noqa: F821
import sys

dossiers = env["tthc.dossier"]
found = dossiers.verify_ledger()
for wrong in found:
    print("{name} (id {dossier_id}), event {position}: {problem}".format(**wrong))
if found:
    print(f"{len(found)} places are not as they were written.")
    sys.exit(1)
print(f"{dossiers.search_count([])} ledgers verified, nothing wrong.")
