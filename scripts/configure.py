"""Write .tthc/odoo.conf: the project's odoo.conf with what belongs to this machine.

usage: configure.py odoo.conf .tthc/odoo.conf
The database server comes from libpq's environment variables.
"""

import configparser
import os
import secrets
import sys
from pathlib import Path

source, target = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()

config = configparser.RawConfigParser()
config.read(source, encoding="utf-8")
before = configparser.RawConfigParser()
before.read(target, encoding="utf-8")
options = config["options"]
options.update(
    addons_path=str(source.parent),
    data_dir=str(target.parent / "data"),
    db_host=os.environ["PGHOST"],
    db_port=os.environ["PGPORT"],
    db_user=os.environ["PGUSER"],
    db_password=os.environ.get("PGPASSWORD", ""),
    # Guards nothing while the database manager is off; random in case someone turns it on.
    admin_passwd=before.get("options", "admin_passwd", fallback=secrets.token_urlsafe(24)),
)
options.pop("db_name", None)  # always named on the command line

new = target.with_suffix(".new")
new.touch(mode=0o600)
with new.open("w", encoding="utf-8") as file:
    config.write(file)
new.replace(target)
