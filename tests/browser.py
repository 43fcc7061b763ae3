"""What the tests in a browser do again and again."""

from pathlib import Path

from playwright.sync_api import expect

from .conftest import SCREENSHOTS

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "img"


def picture(page, name):
    """Keep a picture for the README when asked to."""
    if SCREENSHOTS:
        page.mouse.move(0, 0)
        page.wait_for_timeout(600)
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png")


def status(page):
    return page.locator(".o_statusbar_status .o_arrow_button_current").get_attribute("data-value")


def choose_procedure(page, words, code="2.000815"):
    page.wait_for_selector("div[name=procedure_id] input:focus")
    page.keyboard.type(words)
    first = page.locator(".o-autocomplete--dropdown-item").first
    expect(first).to_contain_text(code)
    page.keyboard.press("Enter")
    page.wait_for_selector("div[name=document_ids] .o_data_row")


def search(page, words):
    facets = page.locator(".o_searchview_facet").count()
    page.locator(".o_searchview_input").fill(words)
    page.wait_for_selector(".o_searchview_autocomplete")
    page.keyboard.press("Enter")
    expect(page.locator(".o_searchview_facet")).to_have_count(facets + 1)
    page.keyboard.press("Escape")
