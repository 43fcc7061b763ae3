"""Fees from outside: the desk collects one, two clerks at once do it once, finance settles."""

import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from .browser import choose_procedure, picture
from .conftest import LOGINS, Client, odoo_shell, serve

MAY_COLLECT = {"motcua", "taichinh"}
# what was paid last quarter, that there is something to settle
LAST_QUARTER = """
from datetime import datetime, time
from freezegun import freeze_time
from odoo.addons.tthc_onestop.models.res_company import local_today, to_utc
from odoo.addons.tthc_onestop.rules.fee import quarter_before
begin, end = quarter_before(local_today())
calendar = env.company.tthc_work_calendar()
days = [d for y in {begin.year, end.year} for d in calendar.working_days_of(y) if begin <= d <= end]
procedure = env["tthc.procedure"].search([("code", "=", "2.000815")])
desk = env["tthc.dossier"].with_user(env.ref("tthc_onestop.user_motcua"))
for number, day in enumerate(sorted(days)[:3], 1):
    with freeze_time(to_utc(datetime.combine(day, time(9)))):
        values = {"procedure_id": procedure.id, "applicant_name": f"Người nộp {number}"}
        dossier = desk.create_received([values])
        dossier.fee_ids.write({"pages": 4, "copies": number})
        dossier.action_collect_fees()
with freeze_time(to_utc(datetime.combine(sorted(days)[3], time(9)))):
    dossier.fee_ids.action_refund(3000, "Thu thừa")
env.cr.commit()
"""


def received(client):
    [procedure] = client.call("tthc.procedure", "search", domain=[["code", "=", "2.000815"]]).json()
    values = {"procedure_id": procedure, "applicant_name": "Người nộp phí"}
    return client.call("tthc.dossier", "create_received", vals_list=[values]).json()


def test_two_clerks_collect_at_once(database, tmp_path):
    """One receipt, however they hit each other; of two refunds at once no more than was paid."""
    name, keys = database
    with serve(name, 0, tmp_path / "odoo.log") as address:
        clerks = [Client(address, keys[login]) for login in ("motcua", "taichinh")]

        def together(model, method, **arguments):
            with ThreadPoolExecutor(2) as pool:
                return list(pool.map(lambda each: each.call(model, method, **arguments), clerks))

        for _ in range(8):
            ids = received(clerks[0])
            answers = together("tthc.dossier", "action_collect_fees", ids=ids)
            assert sorted(answer.status_code for answer in answers) == [200, 422]
            fees = clerks[0].call(
                "tthc.dossier.fee",
                "search_read",
                domain=[["dossier_id", "in", ids]],
                fields=["amount"],
            )
            [fee] = fees.json()
            together(
                "tthc.dossier.fee",
                "action_refund",
                ids=[fee["id"]],
                amount=fee["amount"],
                reason="Thu thừa",
            )
            receipts = clerks[0].call(
                "tthc.fee.receipt",
                "search_read",
                domain=[["dossier_id", "in", ids]],
                fields=["amount"],
            )
            amounts = sorted(receipt["amount"] for receipt in receipts.json())
            assert amounts == [-fee["amount"], fee["amount"]]


def test_who_collects_over_rpc(database, site):
    """Only the desk and finance; nobody writes a receipt or an amount."""
    _name, keys = database
    for login in LOGINS:
        ids = received(Client(site, keys["motcua"]))
        client = Client(site, keys[login])
        answer = client.call("tthc.dossier", "action_collect_fees", ids=ids)
        assert answer.ok == (login in MAY_COLLECT), (login, answer.text)
        for method, arguments in (
            ("create", {"vals_list": [{"kind": "receipt", "amount": 1}]}),
            ("write", {"ids": [1], "vals": {"amount": 1}}),
            ("unlink", {"ids": [1]}),
            ("issue", {"paid": []}),
        ):
            answer = client.call("tthc.fee.receipt", method, **arguments)
            assert answer.status_code == 403, (login, method, answer.text)


def printed(page, button):
    """What the paper says that a button opens in a new tab."""
    opens = page.context.expect_event("request", lambda request: "/tthc/fee/" in request.url)
    with opens as request:
        page.click(button)
    pdf = page.context.request.get(request.value.url).body()
    return PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_the_desk_collects_at_intake(desk):
    """From the empty form to the printed receipt: pages and copies typed, the amount seen."""
    page = desk("motcua")
    page.goto(f"{page.site}/odoo/tiep-nhan")
    choose_procedure(page, "chung thuc ban sao")
    page.fill("div[name=applicant_name] input", "Đỗ Thị Thu Phí")
    page.click(".o_notebook_headers a[name=fees]")
    line = page.locator("div[name=fee_ids] .o_data_row").first
    for field, value in (("pages", "4"), ("copies", "5")):
        line.locator(f"td[name={field}]").click()
        page.fill(f"div[name=fee_ids] td[name={field}] input", value)
    page.keyboard.press("Tab")
    expect(line.locator("td[name=amount]")).to_contain_text("30.000")
    picture(page, "tiep-nhan-phi")
    page.keyboard.press("Alt+q")  # receive
    page.wait_for_selector(".o_form_view h1 [name=name]")
    page.keyboard.press("Alt+m")  # collect
    page.wait_for_selector(".modal div[name=fee_ids]")
    expect(page.locator(".modal [name=total]")).to_contain_text("30.000")
    picture(page, "thu-phi")
    text = printed(page, ".modal button[name=action_collect]")
    assert "Ba mươi nghìn đồng" in text and "Đỗ Thị Thu Phí" in text
    page.click(".o_notebook_headers a[name=fees]")
    number = line.locator("td[name=receipt_number]")
    expect(number).to_have_text(re.compile(r"BL \d{4}/\d{4}"))
    expect(page.locator("button[name=action_open_payment]")).to_have_count(0)
    picture(page, "da-thu-phi")
    page.click("button[name=action_open_refund]")
    page.fill(".modal div[name=reason] input", "Công dân không cần nữa")
    assert "Công dân không cần nữa" in printed(page, ".modal button[name=action_refund]")
    expect(line.locator("td[name=state] .text-bg-warning")).to_be_visible()


@pytest.fixture
def last_quarter(database):
    odoo_shell(database[0], LAST_QUARTER)


def test_finance_settles_the_quarter(desk, last_quarter):
    page = desk("taichinh")
    page.goto(f"{page.site}/odoo/phi-ho-so")
    page.wait_for_selector(".o_list_view")
    page.goto(f"{page.site}/odoo/bien-lai")
    page.wait_for_selector(".o_data_row")
    picture(page, "bien-lai")
    page.goto(f"{page.site}/odoo/quyet-toan-phi/new")
    page.wait_for_selector("div[name=line_ids] .o_data_row")
    assert page.locator("div[name=line_ids] .o_data_row").count() == 4
    page.click(".o_form_button_save")
    expect(page.locator("[name=total]").first).to_contain_text("33.000")
    picture(page, "quyet-toan-phi")
    page.click("button[name=action_settle]")
    page.click(".modal .btn-primary")
    page.wait_for_selector("button[data-value=settled].o_arrow_button_current")
    expect(page.locator("button[name=action_settle]")).to_have_count(0)
    with page.expect_download() as excel:
        page.click("button[name=action_xlsx]")
    assert excel.value.suggested_filename.startswith("quyet-toan-phi")
    assert "TỔNG CỘNG" in printed(page, "button[name=action_pdf]")
