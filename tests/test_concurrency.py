"""Sixteen clerks at once, through the real HTTP API: nothing doubled, lost or shown as an error."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from .conftest import Client, serve

CLERKS, EACH = 16, 12


@pytest.mark.parametrize("workers", [0, 2], ids=["threaded", "2 workers"])
def test_sixteen_clerks_receive_at_the_same_time(database, tmp_path, workers):
    name, keys = database
    log = tmp_path / "odoo.log"
    with serve(name, workers, log) as address:
        desk = Client(address, keys["motcua"])
        found = desk.call("tthc.procedure", "search", domain=[["code", "=", "2.000815"]])
        procedure = found.json()[0]

        def clerk(number):
            client, codes = Client(address, keys["motcua"]), []
            for turn in range(EACH):
                values = {
                    "procedure_id": procedure,
                    "applicant_name": f"Người dân {workers}-{number}-{turn}",
                }
                created = client.call("tthc.dossier", "create", vals_list=[values])
                assert created.ok, created.text
                ids = created.json()
                received = client.call("tthc.dossier", "action_receive", ids=ids)
                assert received.ok, received.text
                [dossier] = client.call("tthc.dossier", "read", ids=ids, fields=["name"]).json()
                codes.append(dossier["name"])
            return codes

        with ThreadPoolExecutor(CLERKS) as pool:
            codes = [code for codes in pool.map(clerk, range(CLERKS)) for code in codes]
        count = desk.call(
            "tthc.dossier",
            "search_count",
            domain=[
                ["applicant_name", "like", f"Người dân {workers}-"],
                ["status", "=", "received"],
            ],
        ).json()
        receipts = desk.call(
            "tthc.dossier.slip",
            "search_read",
            domain=[["dossier_id.applicant_name", "like", f"Người dân {workers}-"]],
            fields=["form", "number"],
        ).json()
    assert len(set(codes)) == len(codes) == count == CLERKS * EACH
    numbers = sorted(receipt["number"] for receipt in receipts if receipt["form"] == "01")
    assert numbers == list(range(numbers[0], numbers[0] + count)), "continuous"
    assert " ERROR " not in log.read_text()


def test_two_officers_at_once(database, tmp_path):
    """Both settle the same dossier: one does, the other is told why not; the ledger has it once."""
    name, keys = database
    with serve(name, 0, tmp_path / "odoo.log") as address:
        desk = Client(address, keys["motcua"])
        [procedure] = desk.call(
            "tthc.procedure", "search", domain=[["code", "=", "2.000815"]]
        ).json()
        values = {"procedure_id": procedure, "applicant_name": "Hai người cùng bấm"}
        for _ in range(10):
            ids = desk.call("tthc.dossier", "create", vals_list=[values]).json()
            assert desk.call("tthc.dossier", "action_receive", ids=ids).ok
            callers = [Client(address, keys[login]) for login in ("motcua", "chutich")]
            with ThreadPoolExecutor(2) as pool:
                answers = list(
                    pool.map(
                        lambda caller, ids=ids: caller.call(
                            "tthc.dossier", "action_settle", ids=ids
                        ),
                        callers,
                    )
                )
            assert sorted(answer.ok for answer in answers) == [False, True]
            refused = next(answer for answer in answers if not answer.ok)
            # at the same moment, or just after the other
            said = refused.json()["message"]
            assert "Có người khác đang thao tác" in said or "đang ở trạng thái" in said, said
            events = desk.call(
                "tthc.dossier.event",
                "search_count",
                domain=[["dossier_id", "in", ids], ["kind", "=", "settle"]],
            )
            assert events.json() == 1


def test_two_vouchers_at_once(database, tmp_path):
    """Each alone is within what is approved, both together are not: one is refused, with why."""
    name, keys = database
    with serve(name, 0, tmp_path / "odoo.log") as address:
        finance, leader = (Client(address, keys[login]) for login in ("taichinh", "chutich"))
        lines = "tthc.plan.budget.line"
        [task] = finance.call(
            "tthc.plan.task", "search", domain=[["plan_id.state", "=", "issued"]], limit=1
        ).json()
        values = {"task_id": task, "name": "Văn phòng phẩm", "planned": 1_000_000}
        for _ in range(10):
            ids = finance.call(lines, "create", vals_list=[values]).json()
            assert finance.call(lines, "action_submit", ids=ids).ok
            assert leader.call(lines, "action_approve", ids=ids).ok

            def spend(number, ids=ids):
                voucher = {"number": number, "amount": 600_000, "content": "Giấy in"}
                return Client(address, keys["taichinh"]).call(
                    "tthc.plan.budget.voucher", "create", vals_list=[voucher | {"line_id": ids[0]}]
                )

            with ThreadPoolExecutor(2) as pool:
                answers = list(pool.map(spend, ("PC01", "PC02")))
            assert sorted(answer.ok for answer in answers) == [False, True]
            said = next(answer for answer in answers if not answer.ok).json()["message"]
            assert "1.200.000" in said or "Có người khác đang thao tác" in said, said
            [line] = finance.call(lines, "read", ids=ids, fields=["spent", "remaining"]).json()
            assert (line["spent"], line["remaining"]) == (600_000, 400_000)


def test_a_form_sent_six_times_at_once(database, tmp_path):
    """Whoever clicks again on the public page has one feedback, and no number is lost over it."""
    name, keys = database
    with serve(name, 0, tmp_path / "odoo.log") as address:
        visitor = requests.Session()
        page = visitor.get(f"{address}/phan-anh-kien-nghi").text
        said = dict.fromkeys(("sender_name", "sender_address", "sender_phone", "subject"), "0912")
        for field in ("csrf_token", "xa"):
            said[field] = re.search(rf'name="{field}" value="([^"]+)"', page)[1]

        def click(content):
            url = f"{address}/phan-anh-kien-nghi/gui"
            sent = requests.post(url, said | {"content": content}, cookies=visitor.cookies)
            return re.search(r"-PA\d\d-(\d+)", sent.url)[1]

        with ThreadPoolExecutor(6) as pool:
            numbers = {*pool.map(click, ["Sáu lần"] * 6)}
        after = click("Lần khác")
        registered = Client(address, keys["chutich"]).call(
            "tthc.feedback", "search_count", domain=[["content", "=", "Sáu lần"]]
        )
    assert (len(numbers), registered.json()) == (1, 1)
    assert int(after) == int(numbers.pop()) + 1
