"""Real servers on clones of the template database, for tests that come from outside."""

import json
import os
import resource
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from playwright.sync_api import expect, sync_playwright

ODOO, CONF = os.environ.get("TTHC_ODOO"), os.environ.get("TTHC_CONF")
CHROMIUM = "/usr/bin/chromium"
SCENES = Path(__file__).with_name("scenes.py")
SCREENSHOTS = os.environ.get("TTHC_SCREENSHOTS")
LOGINS = "motcua chuyenmon thongke chutich vanhoa taichinh thanhtra quantri".split()
PASSWORD = "mot-cua-thu-nghiem"
WAIT = 30_000  # ms: a page on a machine that does other things as well
expect.set_options(timeout=WAIT)

PREPARE = f"""
import json
from odoo.fields import Date
# real servers run in real time: beyond the years that are shipped, plain weeks will do
year = Date.today().year
for missing in {{year, year + 1}} - set(env["tthc.calendar.year"].search([]).mapped("year")):
    env["tthc.calendar.year"].create({{"year": missing}})
keys = {{}}
for user in env["res.users"].search([("login", "in", {LOGINS})]):
    user.password = {PASSWORD!r}
    keys[user.login] = (
        env["res.users.apikeys"].with_user(user).sudo()._generate("rpc", "tests", None)
    )
env.cr.commit()
print("KEYS" + json.dumps(keys))
"""


@pytest.fixture(scope="session", autouse=True)
def memory():
    """Odoo limits the address space of its process, which is this one when its tests have run.

    Hundreds of them are in it by now, Chromium reserves more, and a large upload takes its share.
    """
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def odoo_shell(database, script):
    """What a script prints in Odoo's shell on a database."""
    done = subprocess.run(
        [ODOO, "shell", "-c", CONF, "-d", database, "--no-http", "--log-level", "error"],
        input=script,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(database, workers, log):
    """Odoo on a free port of 127.0.0.1; yields its address."""
    port = free_port()
    command = [ODOO, "server", "-c", CONF, "-d", database, "--http-interface", "127.0.0.1"]
    command += ["--http-port", str(port), "--gevent-port", str(free_port())]
    command += ["--workers", str(workers), "--max-cron-threads", "0", "--logfile", str(log)]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command) as process:
        try:
            for _ in range(240):
                assert process.poll() is None, log.read_text()
                try:
                    if requests.get(f"{address}/web/health", timeout=2).ok:
                        break
                except requests.RequestException:
                    time.sleep(0.25)
            else:
                pytest.fail("the server did not answer within a minute")
            yield address
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def clone(template, name):
    subprocess.run(["createdb", "-T", template, name], check=True)
    try:
        yield name
    finally:
        subprocess.run(["dropdb", "--force", name], check=True)


@pytest.fixture(scope="session")
def prepared():
    """A clone of the template with known passwords, API keys and something to see."""
    with clone(os.environ["TTHC_TEMPLATE"], f"tthc_e2e_{os.getpid()}") as name:
        printed = odoo_shell(name, f"PASSWORD = {PASSWORD!r}\n{PREPARE}\n{SCENES.read_text()}")
        yield name, json.loads(printed.split("KEYS", 1)[1].splitlines()[0])


@pytest.fixture(scope="module")
def database(prepared, request):
    """A database of its own for each module of tests, and the API keys by login."""
    name, keys = prepared
    with clone(name, f"{name}_{request.module.__name__.rpartition('.')[2]}") as copy:
        yield copy, keys


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("odoo") / "odoo.log"


@pytest.fixture(scope="module")
def site(database, log):
    """A threaded server for a module of tests: its address."""
    name, _ = database
    with serve(name, 0, log) as address:
        yield address


@pytest.fixture(scope="package")
def chromium():
    """One for all who look at pages; at the end of the session its driver would be gone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def sessions():
    """The cookies of who has logged in to the module's server, by login."""
    return {}


@pytest.fixture
def desk(site, chromium, database, sessions):
    """``desk(login)``: a blank page of a user's session; errors of its console fail the test."""
    contexts, errors = [], []

    def enter(login):
        context = chromium.new_context(
            viewport={"width": 1366, "height": 860},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            storage_state=sessions.get(login),
        )
        contexts.append(context)
        context.set_default_timeout(WAIT)
        if login not in sessions:
            params = {"db": database[0], "login": login, "password": PASSWORD}
            answer = context.request.post(
                f"{site}/web/session/authenticate", data={"params": params}
            )
            assert "error" not in answer.json(), answer.text()
            sessions[login] = context.storage_state()
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.site = site
        return page

    yield enter
    for context in contexts:
        context.close()
    assert not errors


class Client:
    """One caller of the JSON-2 API."""

    def __init__(self, address, key):
        self.address, self.session = address, requests.Session()
        self.session.headers["Authorization"] = f"bearer {key}"

    def call(self, model, method, **body):
        return self.session.post(f"{self.address}/json/2/{model}/{method}", json=body, timeout=120)
