"""The public pages as citizens open them: a phone, a printer, no login."""

import io

import pytest
import requests
from playwright.sync_api import expect
from pypdf import PdfReader

from .browser import picture
from .conftest import WAIT

PHONE, DESK = {"width": 375, "height": 812}, {"width": 1280, "height": 800}
ROOT = "/thu-tuc-hanh-chinh"


@pytest.fixture
def visitor(site, chromium):
    """``visitor(size)``: a page of who has not logged in; errors of its console fail the test."""
    contexts, errors = [], []

    def come(size):
        context = chromium.new_context(viewport=size, locale="vi-VN")
        contexts.append(context)
        context.set_default_timeout(WAIT)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.site = site
        return page

    yield come
    for context in contexts:
        context.close()
    assert not errors


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_search_on_a_phone_without_diacritics(visitor):
    """Words in any order; what is found opens with its papers, and nothing is cut off."""
    page = visitor(PHONE)
    page.goto(page.site + ROOT)
    fits(page)
    picture(page, "cong-khai")
    page.locator("input[type=search]").fill("SINH dang ky khai")
    page.keyboard.press("Enter")
    found = page.locator(".found a")
    expect(found.first).to_have_text("Thủ tục đăng ký khai sinh")
    fits(page)
    found.first.click()
    expect(page.locator("h1")).to_contain_text("Thủ tục đăng ký khai sinh")
    expect(page.locator("article")).to_contain_text("Giấy chứng sinh")
    expect(page.locator("article em").first).to_have_text("chưa kiểm chứng")
    fits(page)
    picture(page, "cong-khai-thu-tuc")
    for target in page.locator("header a, .path a").all():
        assert target.bounding_box()["height"] >= 24  # WCAG 2.5.8


def test_by_event_of_life_and_sector(visitor):
    page = visitor(DESK)
    page.goto(page.site + ROOT)
    page.locator(".events a", has_text="Người thân qua đời").click()
    expect(page.locator("h1")).to_have_text("Người thân qua đời")
    every = page.locator(".found li").count()
    civil = page.locator("option", has_text="Hộ tịch (").first.get_attribute("value")
    page.locator("select").select_option(civil)
    page.locator("button[type=submit]").click()
    expect(page.locator(".found a").first).to_contain_text("khai tử")
    assert 0 < page.locator(".found li").count() < every
    page.locator(".chosen a", has_text="Lĩnh vực").click()
    expect(page.locator(".found li")).to_have_count(every)


def test_printed_on_a4(visitor):
    """The procedure alone: no search, no ways to elsewhere."""
    page = visitor(DESK)
    page.goto(f"{page.site}{ROOT}/1.001193")
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert [round(float(side) / 72 * 25.4) for side in pages[0].mediabox[2:]] == [210, 297]
    text = "".join(each.extract_text() for each in pages)
    assert "Giấy chứng sinh" in text and "Cập nhật lần cuối" in text
    for screen_only in ("Tra cứu hồ sơ", "danh mục dạng JSON", "Thủ tục cùng dịp"):
        assert screen_only not in text


def test_from_the_login(visitor):
    page = visitor(DESK)
    for path in ("/web/login", "/tra-cuu"):
        page.goto(page.site + path)
        page.locator(f"a[href='{ROOT}']").click()
        expect(page.locator("h1")).to_have_text("Bạn cần làm thủ tục gì?")


def test_style_is_one_small_file(site):
    """A phone on a slow line: two requests, no script."""
    page = requests.get(site + ROOT, timeout=30)
    assert page.text.count('rel="stylesheet"') == 1 and "<script" not in page.text
    style = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    answer = requests.get(site + style, timeout=30)
    assert answer.ok and "immutable" in answer.headers["Cache-Control"]
    assert len(page.content) + len(answer.content) < 40_000
