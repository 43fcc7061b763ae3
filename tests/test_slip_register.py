"""The register of slips on real connections: its numbers, and the drawing of many."""

import json
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

import pytest
import requests
from pypdf import PdfReader

from .conftest import PASSWORD, odoo_shell, serve

# 16 issuers, each with every form twice; at half of it a year ends
ISSUE = """
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from random import Random
from freezegun import freeze_time
from odoo import api
from odoo.modules.registry import Registry
from odoo.service.model import retrying

ISSUERS, MOVES = 16, ("receive", "reject", "supplement", "extend", "stop", "control") * 2
known = env["tthc.calendar.year"].search([]).mapped("year")
for year in {YEAR, YEAR + 1} - set(known):
    env["tthc.calendar.year"].create({"year": year})
ids = {name: env["res.users"].search([("login", "=", name)]).id for name in ("motcua", "chutich")}
desk = env["tthc.dossier"].with_user(ids["motcua"])
procedure = env["tthc.procedure"].search([("code", "=", "2.000815")])
values = {"procedure_id": procedure.id, "applicant_name": "Cùng một lúc"}
with freeze_time(f"{YEAR}-12-{DAY} 03:00:00"):
    work = []
    for issuer in range(ISSUERS):
        dossiers = desk.create([values] * len(MOVES))
        for dossier, name in zip(dossiers, MOVES):
            if name not in ("receive", "reject"):
                dossier.action_receive()
        work.append(list(zip(dossiers.ids, MOVES)))
        Random(issuer).shuffle(work[-1])
    before = max(env["tthc.dossier.slip"].search([]).ids)
    env.cr.commit()
done, turn = [], threading.Lock()


def issue(tasks, clock):
    for dossier_id, name in tasks:
        leads = name in ("extend", "stop")
        with Registry(env.cr.dbname).cursor() as cr:
            one = api.Environment(cr, ids["chutich" if leads else "motcua"], {})
            dossier = one["tthc.dossier"].browse(dossier_id)
            made = {
                "receive": lambda: dossier.action_receive(),
                "reject": lambda: dossier.action_reject("Sai thẩm quyền"),
                "supplement": lambda: dossier.action_request_supplement("Thiếu ảnh"),
                "extend": lambda: dossier.action_extend("Chờ", f"{YEAR + 1}-01-30 03:00:00"),
                "stop": lambda: dossier.action_stop("Không bổ sung"),
                "control": lambda: dossier._issue_control_slips().ids,
            }
            retrying(made[name], one)
        with turn:
            done.append(name)
            if len(done) == ISSUERS * len(MOVES) // 2:
                clock.move_to(f"{YEAR}-12-31 17:00:00")  # midnight in the commune


with freeze_time(f"{YEAR}-12-31 16:59:59") as clock, ThreadPoolExecutor(ISSUERS) as pool:
    for finished in [pool.submit(issue, tasks, clock) for tasks in work]:
        finished.result()
env.cr.rollback()
env.cr.execute(
    "SELECT form, year, number, id > %s, to_char(issued_on, 'YYYY')::int FROM tthc_dossier_slip"
    " WHERE company_id = %s ORDER BY form, year, number",
    [before, desk.browse(work[0][0][0]).sudo().company_id.id],
)
print("SLIPS" + json.dumps(env.cr.fetchall()))
"""


@pytest.mark.parametrize(
    ("year", "day", "forms"),  # the last working day, so that the due day is in the next year
    [(2023, 29, ["01", "02", "03", "04", "05"]), (2025, 31, ["01", "02", "03", "04", "05", "06"])],
)
def test_numbers_while_a_year_ends(database, year, day, forms):
    """Unique and continuous in each form and year, whoever issues them at the same moment."""
    printed = odoo_shell(database[0], f"YEAR, DAY = {year}, {day}\n{ISSUE}")
    slips = json.loads(printed.split("SLIPS", 1)[1].splitlines()[0])
    issued = {}
    for (form, of_year), register in groupby(slips, lambda slip: tuple(slip[:2])):
        register = list(register)
        if any(new for _form, _year, _number, new, _day in register):
            numbers = [number for _form, _year, number, new, _day in register if new]
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers))), (form, of_year)
            assert numbers[0] == len(register) - len(numbers) + 1, "after those before"
            assert {day for *_slip, new, day in register if new} == {of_year}
            issued[form, of_year] = len(numbers)
    assert sorted({form for form, _year in issued}) == forms
    assert set(issued) == {(form, each) for form in forms for each in (year, year + 1)}
    assert sum(issued.values()) == 16 * 12


MANY = """
desk = env["tthc.dossier"].with_user(env.ref("tthc_onestop.user_motcua"))
procedure = env["tthc.procedure"].search([("code", "=", "2.000815")])
values = {"procedure_id": procedure.id, "applicant_name": "Nhiều phiếu"}
# the others are none of this test's business
env.cr.execute("UPDATE tthc_dossier_slip SET content = NULL WHERE sha256 IS NULL")
slips = desk.create_received([values] * COUNT).slip_ids
env.cr.commit()
print("IDS", *slips.ids)
"""


def issued(database, count):
    printed = odoo_shell(database, f"COUNT = {count}\n{MANY}")
    return [int(number) for number in printed.split("IDS", 1)[1].splitlines()[0].split()]


def test_two_hundred_within_a_minute(database, tmp_path):
    """As the web client prints them: drawn twenty at a time, then one file.

    In processor time of the server, its start included: the clock says how busy the machine is.
    """
    ids = issued(database[0], 200)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with serve(database[0], 0, tmp_path / "odoo.log") as address:
        session = requests.Session()

        def call(path, **params):
            answer = session.post(f"{address}{path}", json={"params": params}, timeout=600).json()
            assert "error" not in answer, answer
            return answer["result"]

        call("/web/session/authenticate", db=database[0], login="motcua", password=PASSWORD)
        began = time.monotonic()
        for start in range(0, len(ids), 20):
            part = {"model": "tthc.dossier.slip", "method": "draw", "kwargs": {}}
            assert call("/web/dataset/call_kw", args=[ids[start : start + 20]], **part) == 20
        drawn = time.monotonic()
        file = session.get(f"{address}/tthc/slips?ids={','.join(map(str, ids))}", timeout=600)
        done = time.monotonic()
        (tmp_path / "slips.pdf").write_bytes(file.content)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"drawn {drawn - began:.1f} s, merged {done - drawn:.1f} s, processor {spent:.1f} s")
    assert len(PdfReader(tmp_path / "slips.pdf").pages) == 400, "two copies of each"
    assert spent < 60


CHECK = """
env.cr.execute(
    "SELECT count(*), count(DISTINCT a.res_id), count(DISTINCT s.id)"
    " FROM tthc_dossier_slip s LEFT JOIN ir_attachment a"
    " ON a.res_model = 'tthc.dossier.slip' AND a.res_id = s.id"
    " WHERE s.sha256 IS NOT NULL"
)
print("FOUND", *env.cr.fetchone(), len(env["tthc.dossier.slip"].verify_pdfs()))
"""


def test_two_schedulers_at_once(database):
    """Each slip is drawn by one of them."""
    ids = issued(database[0], 40)
    with ThreadPoolExecutor(2) as pool:
        draw = "env['tthc.dossier.slip']._cron_draw()"
        list(pool.map(lambda _each: odoo_shell(database[0], draw), range(2)))
    printed = odoo_shell(database[0], CHECK).split("FOUND", 1)[1].splitlines()[0]
    files, with_file, slips, wrong = map(int, printed.split())
    assert files == with_file == slips >= len(ids)
    assert wrong == 0
