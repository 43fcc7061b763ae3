"""Fill a new database with the commune of the plan, in Odoo's shell; set-up may run it again.

TTHC_PASSWORDS names a JSON file, login → password. Logins of the file that the commune does
not have are left out; ``env`` comes from the shell. What the commune has changed since stays.
"""

# ruff: noqa: F821
import hashlib
import json
import os
from pathlib import Path

from odoo.tools import convert_file

new = not env.ref("tthc_onestop.user_motcua", raise_if_not_found=False)
mode = "init" if new else "update"
convert_file(env, "tthc_onestop", "demo/commune_demo.xml", {}, mode=mode, noupdate=True)
convert_file(env, "tthc_onestop", "demo/plan_demo.xml", {}, mode=mode)

# passwords are set once, and again only when set-up has made other ones
text = Path(os.environ["TTHC_PASSWORDS"]).read_text(encoding="utf-8")
made, parameters = hashlib.sha256(text.encode()).hexdigest(), env["ir.config_parameter"]
if parameters.get_param("tthc.passwords") != made:
    passwords = json.loads(text)
    for user in env["res.users"].search([("login", "in", list(passwords))]):
        user.password = passwords[user.login]
    parameters.set_param("tthc.passwords", made)
env.cr.commit()
