"""Feedback as its people work at it in a real browser; no console error."""

from playwright.sync_api import expect

from .browser import ROOT, picture, status
from .conftest import odoo_shell

DEMO = ROOT / "scripts" / "demo_feedback.py"


def card(page, subject):
    return page.locator(".o_kanban_record", has_text=subject)


def test_from_the_desk_to_the_published_answer(desk, database):
    """Taken down at the desk; classified, approved on its card, sent and published by others."""
    odoo_shell(database[0], DEMO.read_text())
    page = desk("motcua")
    page.goto(f"{page.site}/odoo/phan-anh/new")
    page.locator("div[name=subject] input, div[name=subject] textarea").fill("Thiếu ghế ngồi chờ")
    page.locator("div[name=sender_name] input").fill("Tăng Thị Kim Oanh")
    page.locator("div[name=content] textarea").fill("Chỗ chờ có hai ghế.")
    page.locator(".o_form_button_save").click()
    expect(page.locator("h1 [name=name]")).to_contain_text("-PA")

    page = desk("chutich")
    page.goto(f"{page.site}/odoo/phan-anh")
    waits = card(page, "Bớt một giấy tờ")
    expect(waits.locator("button[name=action_approve]")).to_be_visible()
    picture(page, "phan-anh")
    waits.locator("button[name=action_approve]").click()
    expect(waits.locator("button[name=action_approve]")).to_have_count(0)

    card(page, "Thiếu ghế ngồi chờ").click()
    page.wait_for_selector(".o_form_view h1 [name=name]")
    assert status(page) == "received"
    page.locator(".o_statusbar_buttons .btn-primary").click()  # classify
    page.locator(".modal div[name=category] input[data-value=conduct]").check()
    page.locator(".modal button[name=action_confirm]").click()
    expect(page.locator(".modal")).to_have_count(0)
    assert status(page) == "classified"


def test_the_public_form(site, chromium, database):
    page = chromium.new_page()
    page.goto(f"{site}/phan-anh-kien-nghi")
    for name in ("sender_name", "sender_address", "sender_phone", "subject", "content"):
        page.locator(f"[name={name}]").fill("0912345678")
    page.locator("form[data-captcha] button[type=submit]").click()
    expect(page.locator(".alert-success")).to_contain_text("-PA")
    page.close()
