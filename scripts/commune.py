"""Fill a new database with the commune of the plan, in Odoo's shell; set-up may run it again.

TTHC_PASSWORDS names a JSON file, login → password. Logins of the file that the commune does
not have are left out; ``env`` comes from the shell.
"""

# ruff: noqa: F821
import json
import os

from odoo.tools import convert_file

convert_file(env, "tthc_onestop", "demo/commune_demo.xml", {}, mode="init", noupdate=True)

with open(os.environ["TTHC_PASSWORDS"], encoding="utf-8") as file:
    passwords = json.load(file)
for user in env["res.users"].search([("login", "in", list(passwords))]):
    user.password = passwords[user.login]
env.cr.commit()
