"""The desk as its users work at it: a real browser, real keys, no console error."""

import io
import time
from contextlib import contextmanager

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from .browser import ROOT, choose_procedure, picture, search, status
from .conftest import PASSWORD, SCREENSHOTS, odoo_shell

DEMO_YEAR = ROOT / "scripts" / "demo_year.py"
# menus of who sees figures
POSTING = ["Thủ tục", "Niêm yết"]
FIGURES = [
    "Hồ sơ",
    "Phí, lệ phí",
    "Thủ tục",
    "Phản ánh",
    "Niêm yết",
    "Kế hoạch",
    "Báo cáo",
    "Cấu hình",
]
# what is under "Hồ sơ" for them, and for who may know what papers a person has handed in
DOSSIERS = ["Hồ sơ", "Phiếu", "Sổ theo dõi hồ sơ", "Thời gian giữ hồ sơ"]
HELD = [*DOSSIERS[:3], "Giấy tờ đã có", DOSSIERS[3]]


@contextmanager
def faster_than(seconds):
    start = time.monotonic()
    yield
    assert time.monotonic() - start < seconds


@pytest.mark.parametrize(
    ("login", "home"), [("motcua", ".o_main_navbar"), ("congdan", ".o_portal_my_home")]
)
def test_who_logs_in_is_at_home(site, chromium, login, home):
    page = chromium.new_page()
    page.goto(f"{site}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(home)
    page.close()


def test_intake_with_the_keyboard_alone(desk):
    """From the empty form to the code, the due date and the printed slip: no mouse, under 30 s."""
    page = desk("motcua")
    page.goto(f"{page.site}/odoo/tiep-nhan")
    with faster_than(30):
        choose_procedure(page, "chung thuc ban sao")
        page.keyboard.press("Tab")  # the way of filing: at the desk, as most are
        for text in ("Tăng Thị Kim Oanh", "030185000123", "0912345678", "Thôn Đoài, xã Bình Lãng"):
            page.keyboard.press("Tab")
            page.keyboard.insert_text(text)
        page.keyboard.press("Alt+y")  # all papers handed in
        expect(page.locator(".o_data_row input:checked").first).to_be_attached()
        picture(page, "tiep-nhan")
        page.keyboard.press("Alt+q")  # receive
        page.wait_for_selector(".o_form_view h1 [name=name]")
        page.wait_for_selector("button[name=action_print_receipt]:enabled")
        with page.context.expect_page() as printed:
            page.keyboard.press("Alt+r")
    code = page.locator("h1 [name=name]").inner_text()
    assert code.startswith("H23.00.00-") and len(code.rsplit("-", 1)[1]) == 4
    assert status(page) == "received"
    expect(page.locator("[name=deadline_explanation]")).to_contain_text("không tính ngày tiếp nhận")
    slip = page.context.request.get(printed.value.url)
    paper, _second_copy = PdfReader(io.BytesIO(slip.body())).pages
    assert code in paper.extract_text() and "Tăng Thị Kim Oanh" in paper.extract_text()
    picture(page, "ho-so")


def card(page, name):
    return page.locator(".o_kanban_record", has_text=name)


def column(page, title):
    return page.locator(".o_kanban_group", has=page.locator(".o_column_title", has_text=title))


def drag(page, name, title):
    card(page, name).scroll_into_view_if_needed()
    box = card(page, name).bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=4)
    target = column(page, title).bounding_box()
    page.mouse.move(target["x"] + 100, target["y"] + 120, steps=8)
    page.mouse.up()


def test_kanban(desk):
    """Counts, days left in colour, who has it, the sector; dragging runs the gate."""
    page = desk("motcua")
    page.goto(f"{page.site}/odoo/ho-so")
    page.wait_for_selector(".o_kanban_record")
    picture(page, "kanban")
    for name, urgency, words in [
        ("Vũ Quang Hải", "safe", "Còn"),
        ("Lê Thị Thu Hương", "soon", "Còn 1 ngày"),
        ("Bùi Xuân Trường", "today", "Hẹn trả hôm nay"),
        ("Hoàng Văn Sơn", "late", "Quá hạn"),
        ("Đặng Thị Ngọc Yến", "waiting", "Chờ công dân"),
    ]:
        badge = card(page, name).locator(f".o_tthc_urgency_{urgency}")
        expect(badge).to_contain_text(words)
    colours = {
        urgency: page.locator(f".o_tthc_urgency_{urgency}").first.evaluate(
            "badge => getComputedStyle(badge).backgroundColor"
        )
        for urgency in ("safe", "soon", "today", "late")
    }
    assert len(set(colours.values())) == 4, colours
    late = card(page, "Hoàng Văn Sơn")
    expect(late).to_contain_text("Hộ tịch")
    expect(late.locator(".o_m2o_avatar img, .o_avatar img").first).to_be_visible()
    expect(column(page, "Đang xử lý").locator(".o_column_title")).to_contain_text("(4)")

    drag(page, "Nguyễn Thị Đào", "Đang xử lý")
    expect(column(page, "Đang xử lý").locator(".o_column_title")).to_contain_text("(5)")
    drag(page, "Phạm Đức Mạnh", "Mới đăng ký")
    refused = page.locator(".modal", has_text="không thể chuyển từ")
    expect(refused).to_contain_text("“Được tiếp nhận” sang “Mới đăng ký”")
    page.keyboard.press("Escape")
    expect(column(page, "Được tiếp nhận").locator(".o_kanban_record").first).to_be_visible()
    page.set_viewport_size({"width": 2200, "height": 860})  # the column is far to the right
    drag(page, "Phạm Đức Mạnh", "Yêu cầu bổ sung")
    expect(page.locator(".modal")).to_contain_text("phải có lý do")


@pytest.mark.parametrize("view", ["list", "calendar", "activity"])
def test_other_views(desk, view):
    page = desk("chutich")
    page.goto(f"{page.site}/odoo/ho-so")
    page.locator(f".o_cp_switch_buttons .o_{view}").click()
    page.wait_for_selector(f".o_{view}_view")
    shown = {"list": ".o_data_row", "calendar": ".fc-event", "activity": ".o_activity_view"}
    expect(page.locator(shown[view]).first).to_be_visible()
    picture(page, f"ho-so-{view}")


def test_ready_filters(desk):
    """Mine, late, due this week, by sector, and search without diacritics."""
    page = desk("chuyenmon")
    page.goto(f"{page.site}/odoo/ho-so?view_type=list")
    page.wait_for_selector(".o_data_row")
    rows = page.locator(".o_data_row")
    for title, found in [("Quá hạn", "Hoàng Văn Sơn"), ("Của tôi", "Bùi Xuân Trường")]:
        page.locator(".o_searchview_dropdown_toggler").click()
        page.locator(".o_filter_menu .o-dropdown-item", has_text=title).first.click()
        page.keyboard.press("Escape")
        expect(rows.filter(has_text=found)).to_be_visible()
        expect(rows.filter(has_text="Vũ Quang Hải")).to_have_count(0)
        page.locator(".o_searchview_facet", has_text=title).locator(".o_facet_remove").click()
    page.locator(".o_searchview_dropdown_toggler").click()
    page.locator(".o_group_by_menu .o-dropdown-item", has_text="Lĩnh vực").click()
    expect(page.locator(".o_group_header", has_text="Hộ tịch")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".o_searchview_facet", has_text="Lĩnh vực").locator(".o_facet_remove").click()
    search(page, "hoang van son")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("Hoàng Văn Sơn")


def test_a_sheet_opens_its_dossiers_and_downloads(desk):
    page = desk("thongke")
    page.goto(f"{page.site}/odoo/bao-cao/new")
    page.locator("div[name=kind] input").click()
    page.locator(".o_select_menu_item", has_text="Khoảng ngày bất kỳ").click()
    for field, day in [("date_from", "01/01/2023"), ("date_to", "31/12/2030")]:
        page.locator(f"div[name={field}] input, div[name={field}] button").first.click()
        page.locator(f"div[name={field}] input").fill(day)
        page.keyboard.press("Tab")
    page.locator(".o_form_button_save").click()
    total = page.locator("[data-cell='total:3']")
    expect(total).to_be_visible()
    expect(page.locator(".o_tthc_matrix .text-bg-success")).to_have_count(5)
    expect(page.locator(".o_tthc_matrix .text-bg-danger")).to_have_count(0)
    figure = total.inner_text()
    with page.expect_download() as download:
        page.locator("button[name=action_xlsx]").click()
    sheet = load_workbook(io.BytesIO(download.value.path().read_bytes()), data_only=True)["II.06a"]
    [line] = [row for row in sheet.iter_rows(values_only=True) if row[1] == "Tổng số"]
    assert str(line[2]) == figure
    total.click()
    page.wait_for_selector(".o_list_view .o_data_row")
    pager = page.locator(".o_pager_counter").inner_text()
    assert pager.replace(" ", "").endswith(f"/{figure}")


def open_menu(page, name):
    page.locator(".o_menu_sections button", has_text=name).click()
    page.wait_for_selector(".o-dropdown--menu")


@pytest.mark.parametrize(
    ("login", "menus", "dossiers"),
    [
        ("motcua", ["Tiếp nhận hồ sơ", *FIGURES], HELD[:-1]),
        ("chuyenmon", [menu for menu in FIGURES if menu != "Phí, lệ phí"], HELD),
        ("thongke", FIGURES, DOSSIERS),
        ("chutich", FIGURES, HELD),
        ("taichinh", ["Hồ sơ", "Phí, lệ phí", *POSTING, "Kế hoạch"], ["Hồ sơ"]),
        ("vanhoa", ["Tuyên truyền", *POSTING, "Kế hoạch"], None),
        ("thanhtra", FIGURES, HELD),
        ("quantri", [*POSTING, "Cấu hình"], None),
    ],
)
def test_what_each_role_finds(desk, login, menus, dossiers):
    page = desk(login)
    page.goto(f"{page.site}/odoo")
    page.wait_for_selector(".o_main_navbar")
    page.goto(f"{page.site}/odoo/{'ho-so' if dossiers else 'thu-tuc'}")
    page.wait_for_selector(".o_control_panel")
    shown = page.locator(".o_menu_sections").inner_text().split("\n")
    assert [entry for entry in shown if entry.strip()] == menus
    if dossiers:
        open_menu(page, "Hồ sơ")
        expect(page.locator(".o-dropdown--menu .dropdown-item")).to_have_text(dossiers)
        page.keyboard.press("Escape")
        page.locator(".o_kanban_record").first.click()
        page.wait_for_selector(".o_form_view [name=applicant_name]")


def test_the_catalogue_marks_what_is_unverified(desk):
    page = desk("quantri")
    page.goto(f"{page.site}/odoo/thu-tuc")
    page.wait_for_selector(".o_group_header")
    search(page, "khai sinh")
    page.locator(".o_group_header").first.click()
    row = page.locator(".o_data_row").first
    row.locator("td[name=name]").click()
    expect(page.locator(".alert-warning")).to_contain_text("Chưa có nguồn nào xác nhận")
    picture(page, "thu-tuc")


def test_the_sheet_of_a_quarter(desk, database):
    if SCREENSHOTS:  # a picture wants more than the few dossiers of the other tests
        odoo_shell(database[0], DEMO_YEAR.read_text())
    page = desk("thongke")
    page.goto(f"{page.site}/odoo/bao-cao/new")
    page.locator("div[name=year] input").fill("2023")
    page.locator("div[name=quarter] input").fill("2")
    page.keyboard.press("Tab")
    expect(page.locator("div[name=date_to]")).to_contain_text("14/06/2023")
    page.locator(".o_form_button_save").click()
    page.locator("button[name=action_collect]").click()
    expect(page.locator("[name=collected_at]")).to_be_visible()
    expect(page.locator(".o_tthc_matrix")).to_be_visible()
    picture(page, "bao-cao")


def open_dossier(page, name):
    page.goto(f"{page.site}/odoo/ho-so?view_type=list")
    # the newest: in the demo year somebody else may have the name
    page.locator(".o_data_row", has_text=name).first.locator("[name=applicant_name]").click()
    page.wait_for_selector(".o_tthc_dossier_form")


def test_the_result_goes_back_to_who_comes_for_it(desk):
    """The dialogue of the return offers the applicant, and keeps who took the result."""
    page = desk("motcua")
    open_dossier(page, "Ngô Thị Phượng")
    page.keyboard.press("Alt+q")
    dialogue = page.locator(".modal")
    recipient = dialogue.locator("[name=recipient_name] input")
    expect(recipient).to_have_value("Ngô Thị Phượng")
    expect(dialogue.locator("[name=number], [name=agency]")).to_have_count(0)
    identity = dialogue.locator("[name=recipient_identity] input")
    expect(identity).to_have_value("030185000123")
    recipient.fill("Ngô Văn Tám")
    page.keyboard.press("Tab")
    expect(identity).to_have_value("")
    dialogue.locator("button[name=action_confirm]").click()
    expect(dialogue).to_have_count(0)
    assert status(page) == "returned"
    expect(page.locator("[name=recipient_name]")).to_have_text("Ngô Văn Tám")


def test_a_result_document_its_correction_and_reopening(desk):
    """The dialogues of a result, from settling to a leader's second thoughts."""

    def ask(button):
        page.locator(".o_statusbar_buttons button", has_text=button).click()
        expect(dialogue.locator("button[name=action_confirm]")).to_be_visible()

    def confirm():
        dialogue.locator("button[name=action_confirm]").click()
        expect(dialogue).to_have_count(0)

    page = desk("chuyenmon")
    dialogue = page.locator(".modal")
    open_dossier(page, "Bùi Xuân Trường")
    ask("Xử lý xong")
    dialogue.locator("[name=number] input").fill("12/GXN-UBND")
    dialogue.locator("[name=file] input[type=file]").set_input_files(
        {"name": "12.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    )
    confirm()
    assert status(page) == "settled"
    ask("Báo cho công dân")
    expect(dialogue.locator("[name=told_by]")).to_be_visible()
    confirm()
    page = desk("chutich")
    dialogue = page.locator(".modal")
    open_dossier(page, "Bùi Xuân Trường")
    ask("Sửa kết quả sai")
    dialogue.locator("[name=number] input").fill("13/GXN-UBND")
    dialogue.locator("[name=reason] textarea").fill("Sai ngày sinh")
    confirm()
    page.locator(".nav-link", has_text="Kết quả").click()
    expect(page.locator("[name=result_ids] .o_data_row")).to_have_count(2)
    expect(page.locator("[name=result_ids]")).to_contain_text("12/GXN-UBND")
    ask("Mở lại hồ sơ")
    dialogue.locator("[name=reason] textarea").fill("Bản án mới của Tòa án")
    confirm()
    assert status(page) == "processing"


def test_the_scans_of_a_paper(desk):
    """Attached from the paper's line, replaced by a better one, both kept; a page is refused."""

    def attach(name, content):
        dialogue.locator("[name=scan] input[type=file]").set_input_files(
            {"name": name, "mimeType": "application/pdf", "buffer": content}
        )
        expect(dialogue.locator("[name=scan] input[type=text]")).to_have_value(name)
        dialogue.locator(".o_form_button_save").click()

    page = desk("motcua")
    open_dossier(page, "Phạm Đức Mạnh")
    line = page.locator("[name=document_ids] .o_data_row").first
    expect(line.locator("[name=digitisation]")).to_have_text("Chưa số hóa")
    dialogue = page.locator(".modal", has=page.locator(".o_tthc_paper_form"))
    for number, content in enumerate((b"%PDF-1.4 mo", b"%PDF-1.4 ro"), start=1):
        line.locator("button[name=action_files]").click()
        attach(f"quét {number}.pdf", content)
        expect(dialogue).to_have_count(0)
        expect(line.locator("[name=digitisation]")).to_have_text("Đã số hóa")
    line.locator("button[name=action_files]").click()
    versions = dialogue.locator("[name=file_ids] .o_data_row")
    expect(versions).to_have_count(2)
    expect(versions.nth(0).locator("[name=version]")).to_have_text("2")
    expect(versions.nth(1)).to_contain_text("quét 1.pdf")
    expect(versions.locator("button[name=delete]")).to_have_count(0)
    with page.expect_download() as download:
        versions.nth(1).locator(".o_form_uri").click()
    assert download.value.suggested_filename == "quét 1.pdf"
    assert download.value.path().read_bytes() == b"%PDF-1.4 mo"
    attach("trang.pdf", b"<html><script>alert(1)</script></html>")
    expect(page.locator(".modal", has_text="thực chất là tệp loại text/html")).to_be_visible()


def test_another_agency_is_asked(desk):
    page = desk("chuyenmon")
    open_dossier(page, "Lê Thị Thu Hương")
    page.locator("button", has_text="Lấy ý kiến cơ quan khác").click()
    dialogue = page.locator(".modal")
    dialogue.locator("[name=agency] input").fill("Công an xã")
    dialogue.locator("[name=answer_by] input, [name=answer_by] button").first.click()
    dialogue.locator("[name=answer_by] input").fill("31/12/2030")
    page.keyboard.press("Tab")
    dialogue.locator("[name=reason] textarea").fill("Xác minh nhân thân")
    expect(dialogue.locator("[name=request_kind]")).to_contain_text("Liên thông cùng cấp")
    dialogue.locator("button[name=action_confirm]").click()
    expect(dialogue).to_have_count(0)
    page.locator(".nav-link", has_text="Cơ quan khác").click()
    expect(page.locator("[name=request_ids] .o_data_row")).to_contain_text("Công an xã")


def test_who_has_held_it_and_for_how_long(desk):
    page = desk("chutich")
    open_dossier(page, "Đỗ Hữu Khánh")
    bar = page.locator("[name=holding]")
    expect(bar).to_contain_text("Công dân")
    expect(bar).to_contain_text("Thời gian làm việc:")
    expect(page.locator("[name=holder]")).to_have_text("Công dân")
    width = page.locator(".o_tthc_holding_bar .progress").bounding_box()["width"]
    held = page.locator(".progress .o_tthc_holder_citizen").bounding_box()["width"]
    assert held == pytest.approx(width, rel=0.02), "asked to pay at once"
    open_menu(page, "Hồ sơ")
    page.get_by_role("menuitem", name="Thời gian giữ hồ sơ").click()
    page.locator(".modal button[name=action_show]").click()
    page.wait_for_selector(".o_list_view")


HOLIDAY = """
from datetime import datetime
from odoo.addons.tthc_onestop.rules.working_time import add_working_days
day = add_working_days(env.company.tthc_work_calendar(), datetime.utcnow().date(), 1)
year = env["tthc.calendar.year"].search([("year", "=", day.year), ("company_id", "=", False)])
env["tthc.calendar.day"].create({"year_id": year.id, "date": day, "name": "Ngày nghỉ mới"})
env.cr.commit()
env.registry.signal_changes()  # as a request does: the server has the calendar in its cache
print("YEAR", year.year)
"""
APPLY = """
env["tthc.calendar.impact"]._cron_apply()
env.cr.commit()
"""


def test_a_changed_calendar(desk, database):
    """The manager sees which dossiers move and asks; the leader agrees; the desk prints."""
    year = odoo_shell(database[0], HOLIDAY).split("YEAR", 1)[1].split()[0]
    page = desk("quantri")
    page.goto(f"{page.site}/odoo/action-tthc_onestop.calendar_year_action")
    page.locator(".o_data_row", has_text=year).locator("[name=day_count]").click()
    expect(page.locator(".alert-info")).to_contain_text("chưa được")
    page.locator("button[name=action_effect]").click()
    lines = page.locator("[name=line_ids] .o_data_row")
    expect(lines.first).to_contain_text("Ngày nghỉ mới (Nhập thêm)")
    page.locator("button[name=action_propose]:visible").click()
    expect(page.locator(".o_arrow_button_current")).to_have_text("Đã trình")
    address = page.url
    page = desk("chutich")
    page.goto(address)
    page.locator("button[name=action_approve]").click()
    page.locator(".modal .btn-primary").click()
    expect(page.locator(".o_arrow_button_current")).to_have_text("Đang áp dụng")
    odoo_shell(database[0], APPLY)
    page.reload()
    expect(page.locator(".o_arrow_button_current")).to_have_text("Đã áp dụng")
    expect(page.locator("[name=line_ids] .o_data_row").first).to_contain_text("Đã đổi hạn")
    page = desk("motcua")
    page.goto(address)
    page.locator("button[name=action_open_lines]").click()
    page.locator("thead .o_list_record_selector input").check()
    with page.expect_popup() as opened:
        page.locator("button[name=action_print_slips]").click()
    assert "/tthc/slips?ids=" in opened.value.url


def test_a_citizen_follows_a_dossier(desk, chromium):
    """With an account: when it is due and why. Without: a code and a status."""
    page = desk("congdan")
    page.goto(f"{page.site}/my")
    page.locator(".o_portal_my_home a", has_text="Hồ sơ của tôi").click()
    code = page.locator("table a").first.inner_text()
    page.locator("table a").first.click()
    expect(page.locator("#wrap")).to_contain_text("không tính ngày tiếp nhận")
    expect(page.locator("#wrap")).to_contain_text("Thiếu giấy chứng sinh")
    picture(page, "cong-dan")
    stranger = chromium.new_page()
    stranger.goto(f"{page.site}/tra-cuu")
    stranger.fill("input[name=code]", code)
    stranger.keyboard.press("Enter")
    expect(stranger.locator(".alert-success")).to_have_text(f"{code}: Yêu cầu bổ sung giấy tờ")
    picture(stranger, "tra-cuu")
    stranger.close()
