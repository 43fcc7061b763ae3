"""The slips of the register in a real browser: one by one, two hundred in one go, and the book."""

import io
import os

from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from .conftest import odoo_shell

MANY = """
desk = env["tthc.dossier"].with_user(env.ref("tthc_onestop.user_motcua"))
procedure = env["tthc.procedure"].search([("code", "=", "2.000815")])
values = {"procedure_id": procedure.id, "applicant_name": "Hai trăm phiếu"}
desk.create_received([values] * 200)
env.cr.commit()
"""


def slips(page, *words):
    page.goto(f"{page.site}/odoo/action-tthc_onestop.dossier_slip_action")
    page.wait_for_selector(".o_list_view")
    for word in words:
        page.keyboard.type(word)
        page.keyboard.press("Enter")


def test_two_hundred_slips_in_one_go(database, desk):
    """With progress, as one file."""
    odoo_shell(database[0], MANY)
    page = desk("motcua")
    slips(page)
    page.locator("thead .o_list_record_selector input").check()
    page.locator(".o_list_select_domain, .o_select_domain").first.click()
    page.locator("button[name=action_print]").first.click()
    shown = page.locator(".o_tthc_slip_printing")
    expect(shown).to_contain_text("Số phiếu đã vẽ: ")
    bar = shown.locator("[role=progressbar]")
    assert int(bar.get_attribute("aria-valuenow")) < 100
    opener = shown.locator("a.btn-primary")
    # how long it may take is tested in processor time, with the addon: other tests run meanwhile
    opener.wait_for(timeout=300_000)
    file = page.context.request.get(page.site + opener.get_attribute("href"), timeout=60_000)
    if folder := os.environ.get("TTHC_LOOK"):
        page.screenshot(path=f"{folder}/printing.png")
    assert len(PdfReader(io.BytesIO(file.body())).pages) >= 200


def test_a_slip_from_the_list_and_a_control_slip(desk):
    page = desk("motcua")
    slips(page, "Lê Thị Thu Hương")
    with page.expect_popup() as opened:
        page.locator(".o_data_row .o_data_cell").first.click()
    assert "/web/content/" in opened.value.url
    page.goto(f"{page.site}/odoo/action-tthc_onestop.dossier_action")
    page.locator(".o_kanban_record", has_text="Lê Thị Thu Hương").first.click()
    with page.expect_popup() as opened:
        page.locator("button[name=action_issue_control_slip]").click()
    paper = page.context.request.get(opened.value.url)
    text = PdfReader(io.BytesIO(paper.body())).pages[0].extract_text()
    assert "PHIẾU KIỂM SOÁT" in text and "Lê Thị Thu Hương" in text


def test_the_register(desk, tmp_path):
    page = desk("thongke")
    page.goto(f"{page.site}/odoo/action-tthc_onestop.dossier_register_action")
    form = page.locator(".modal .o_form_view")
    form.wait_for()
    if folder := os.environ.get("TTHC_LOOK"):
        page.screenshot(path=f"{folder}/register.png")
    # with the dossiers of the tests before: more than are drawn in one go
    page.locator(".modal button[name=action_pdf]").click()
    drawn = page.locator(".o_tthc_slip_printing a").get_attribute("href", timeout=60_000)
    assert drawn.endswith("/pdf")
    paper = page.context.request.get(page.site + drawn, timeout=60_000)
    assert "SỔ THEO DÕI" in PdfReader(io.BytesIO(paper.body())).pages[0].extract_text()
    page.goto(f"{page.site}/odoo/action-tthc_onestop.dossier_register_action")
    with page.expect_download() as download:
        page.locator(".modal button[name=action_xlsx]").click()
    download.value.save_as(tmp_path / "so.xlsx")
    assert load_workbook(tmp_path / "so.xlsx").active.title == "Sổ theo dõi"


def test_the_wording_of_a_slip(desk):
    page = desk("quantri")
    page.goto(f"{page.site}/odoo/action-tthc_onestop.regime_action")
    page.locator(".o_data_row", has_text="118/2025").locator("[name=code]").click()
    lines = page.locator("[name=wording_ids] .o_data_row")
    expect(lines).to_have_count(10)
    if folder := os.environ.get("TTHC_LOOK"):
        page.screenshot(path=f"{folder}/wording.png", full_page=True)
