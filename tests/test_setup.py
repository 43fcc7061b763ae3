"""What set-up says when it cannot go on: one sentence, nothing half-made.

The scripts run in a copy of the checkout, with stand-ins for the system's programs.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ALL_INSTALLED = r"""for name; do case $name in -*|*{*) ;; *) echo "$name installed" ;; esac; done"""
NOTHING_THERE = "http://127.0.0.1:9/"  # the discard port: refused at once


@pytest.fixture
def checkout():
    """A copy of the scripts where any user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="tthc-setup-"))
    folder.chmod(0o755)
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    for name in ("odoo.conf", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    (folder / "bin").mkdir()
    (folder / "os-release").write_text('ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n')
    yield folder
    shutil.rmtree(folder)


def program(folder, name, script):
    path = folder / "bin" / name
    path.write_text(f"#!/bin/bash\n{script}\n")
    path.chmod(0o755)


def run(checkout, script="run", *, user=None, **env):
    """Run a script that must fail; return its last sentence."""
    program_path = [str(checkout / "scripts" / script)]
    if user and os.geteuid() == 0:
        shutil.chown(checkout, user)
        program_path = ["setpriv", f"--reuid={user}", "--clear-groups", *program_path]
    keep = {"PATH": f"{checkout}/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(checkout)}
    settings = {"OS_RELEASE": str(checkout / "os-release"), "PORT": "0"}
    done = subprocess.run(
        program_path,
        env=keep | settings | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    sentences = [line for line in done.stderr.splitlines() if line.startswith("Stopped: ")]
    assert len(sentences) == 1, done.stderr
    assert done.stderr.splitlines()[-1] == sentences[0]
    assert sentences[0].endswith(".")
    return sentences[0]


def untouched(checkout):
    return not (checkout / ".tthc").exists()


def test_port_taken(checkout):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = run(checkout, PORT=port)
    assert f"port {port} is taken" in said and "PORT=" in said
    assert untouched(checkout)


def test_port_that_is_none(checkout):
    assert "is not a port number" in run(checkout, PORT="http")
    assert untouched(checkout)


def test_unknown_distribution(checkout):
    (checkout / "os-release").write_text("ID=fedora\nVERSION_ID=44\n")
    said = run(checkout)
    assert "not fedora-44" in said and "ODOO_HOME" in said
    assert untouched(checkout)


def test_odoo_home_of_another_version(checkout):
    (checkout / "odoo").mkdir()
    (checkout / "odoo" / "release.py").write_text("version_info = (18, 0, 0, FINAL, 0, '')\n")
    assert "not a checkout of Odoo 19.0" in run(checkout, ODOO_HOME=str(checkout))
    assert "not a checkout of Odoo 19.0" in run(checkout, ODOO_HOME="/nowhere")
    assert untouched(checkout)


def test_too_little_disk(checkout):
    program(checkout, "df", "echo header; echo 'disk 9 9 812 9% /'")
    said = run(checkout)
    assert "812 MB" in said and "make room" in said
    assert untouched(checkout)


def test_database_url_that_is_none(checkout):
    assert "postgresql://user" in run(checkout, DATABASE_URL="mysql://a@b/c")
    assert untouched(checkout)


def test_neither_root_nor_sudo(checkout):
    program(checkout, "dpkg-query", "exit 1")
    program(checkout, "sudo", "exit 1")
    said = run(checkout, user="nobody")
    assert "root or sudo" in said and "apt-get install" in said and "postgresql" in said


def test_packages_cannot_be_downloaded(checkout):
    program(checkout, "dpkg-query", "exit 1")
    program(checkout, "apt-get", "echo no network; exit 100")
    program(checkout, "sudo", 'exec "$@"')
    said = run(checkout)
    assert "could not be installed" in said and "check the network" in said
    assert "no network" in (checkout / ".tthc/log/apt.log").read_text()


def test_postgresql_too_old(checkout):
    program(checkout, "dpkg-query", ALL_INSTALLED)
    for name in ("psql", "initdb"):
        program(checkout, name, "")
    program(checkout, "postgres", "echo 'postgres (PostgreSQL) 11.22'")
    said = run(checkout, PG_BIN=str(checkout / "bin"))
    assert "PostgreSQL 11 is too old" in said and "13" in said


def test_postgresql_missing(checkout):
    program(checkout, "dpkg-query", ALL_INSTALLED)
    assert "were not found in /nowhere" in run(checkout, PG_BIN="/nowhere")


def test_server_too_old_or_silent(checkout):
    program(checkout, "dpkg-query", ALL_INSTALLED)
    url = "postgresql://clerk:secret@db.example:5433/x"
    program(checkout, "psql", "echo 12.4")
    said = run(checkout, DATABASE_URL=url, PG_BIN=str(checkout / "bin"))
    assert "12.4 on db.example is too old" in said
    program(checkout, "psql", 'echo "refused $PGUSER $PGPASSWORD $PGPORT" >&2; exit 2')
    said = run(checkout, DATABASE_URL=url, PG_BIN=str(checkout / "bin"))
    assert "does not answer the user clerk" in said and "refused clerk secret 5433" in said


def test_debian_mirror_out_of_reach(checkout):
    program(checkout, "dpkg-query", ALL_INSTALLED)
    said = run(checkout, DEBIAN_MIRROR=NOTHING_THERE)
    assert "mirror" in said and NOTHING_THERE in said and "check the network" in said
    assert not (checkout / ".tthc/odoo").exists()


def test_python_packages_out_of_reach(checkout):
    program(checkout, "dpkg-query", ALL_INSTALLED)
    (checkout / "odoo").mkdir()
    (checkout / "odoo" / "release.py").write_text("version_info = (19, 0, 0, FINAL, 0, '')\n")
    pip = {"PIP_CONFIG_FILE": "/dev/null", "PIP_INDEX_URL": NOTHING_THERE, "PIP_RETRIES": "0"}
    said = run(checkout, ODOO_HOME=str(checkout), **pip)
    assert "check the network and pip's settings" in said
    assert not (checkout / ".tthc/venv/installed-requirements.txt").exists()


def test_python_of_another_version(checkout):
    program(checkout, "dpkg-query", ALL_INSTALLED)
    program(checkout, "python3.9", "echo 3.9.2")
    (checkout / "odoo").mkdir()
    (checkout / "odoo" / "release.py").write_text("version_info = (19, 0, 0, FINAL, 0, '')\n")
    said = run(checkout, ODOO_HOME=str(checkout), PYTHON=str(checkout / "bin/python3.9"))
    assert "3.9.2" in said and "3.11 to 3.13" in said


def test_database_without_a_name(checkout):
    assert "make db NAME=x" in run(checkout, "db")
    assert "make db NAME=x" in run(checkout, "db", NAME='x"; DROP')
    assert untouched(checkout)


def test_clean_of_nothing_is_no_error(checkout):
    subprocess.run([checkout / "scripts" / "clean"], check=True, capture_output=True)
    (checkout / "mine").write_text("stays")
    (checkout / ".tthc").mkdir()
    subprocess.run([checkout / "scripts" / "clean"], check=True, capture_output=True)
    assert untouched(checkout) and (checkout / "mine").exists()
