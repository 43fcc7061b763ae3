"""What the catalogue is loaded from, and what is held of a person, on the screen."""

import io

from openpyxl import Workbook
from playwright.sync_api import expect

from .browser import picture


def test_a_list_says_what_it_would_change(desk):
    book = Workbook()
    for row in (
        ["DANH MỤC THỦ TỤC HÀNH CHÍNH CẤP XÃ"],
        ["Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Thời hạn giải quyết"],
        ["1.001193", "Thủ tục đăng ký khai sinh (sửa)", "Hộ tịch", "Trong ngày"],
        ["6.000001", "Thủ tục mới", "Hộ tịch", "05 ngày làm việc"],
        ["sai", "Thủ tục sai mã", "Hộ tịch", "05 ngày làm việc"],
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    page = desk("thongke")
    page.goto(f"{page.site}/odoo/action-tthc_onestop.procedure_import_action")
    file = {"name": "danh-muc.xlsx", "mimeType": "application/octet-stream"}
    page.locator("input[type=file]").set_input_files(file | {"buffer": out.getvalue()})
    page.locator("button[name=action_check]:visible").click()
    for tab, field, code in (
        ("errors", "error_ids", "sai"),
        ("changed", "changed_ids", "1.001193"),
        ("new", "new_ids", "6.000001"),
    ):
        page.locator(f".nav-link[name={tab}]").click()
        expect(page.locator(f"[name={field}] .o_data_row")).to_have_count(1)
        expect(page.locator(f"[name={field}] .o_data_row")).to_contain_text(code)
    picture(page, "nap-danh-muc")
    # what changes is published under a decision
    page.locator("button[name=action_load]:visible").click()
    expect(page.locator(".o_notification, .o_error_dialog, .modal").last).to_be_visible()
    expect(page.locator("button[name=action_load]:visible")).to_have_count(1)


def test_what_is_revoked_is_told_apart(desk):
    page = desk("motcua")
    page.goto(f"{page.site}/odoo/giay-to-da-co")
    rows = page.locator(".o_data_row")
    expect(rows.first).to_be_visible()
    expect(rows.first.locator("[name=identity_masked]")).to_contain_text("•••")
    before = rows.count()
    rows.last.locator("input[type=checkbox]").check()
    page.locator("button[name=action_ask_revoke]").click()
    page.locator(".modal [name=reason] textarea").fill("Giấy tờ giả")
    page.locator(".modal button[name=action_confirm]").click()
    expect(page.locator(".modal")).to_have_count(0)
    expect(rows).to_have_count(before - 1)
    page.locator(".o_searchview_facet .o_facet_remove").click()
    expect(page.locator(".o_data_row.text-danger")).to_have_count(1)
    picture(page, "giay-to-da-co")
