"""A desk that is quick to work at: scanning, papers that are held, many dossiers at once."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from .browser import choose_procedure, picture, status

AGAIN = "1.004873"  # what the person of scenes.py comes for again


def code_of(page, name):
    page.goto(f"{page.site}/odoo/ho-so?view_type=list")
    return page.locator(".o_data_row", has_text=name).locator("td[name=name]").inner_text()


def is_open(page, code):
    expect(page.locator(".o_form_view h1 [name=name]")).to_have_text(code)


@pytest.mark.parametrize("view", ["kanban", "list"])
def test_a_code_in_the_search_box_opens_its_dossier(desk, view):
    page = desk("motcua")
    code = code_of(page, "Vũ Quang Hải")
    page.goto(f"{page.site}/odoo/ho-so?view_type={view}")
    page.wait_for_selector(f".o_{view}_view .o_kanban_record, .o_{view}_view .o_data_row")
    page.wait_for_selector(".o_searchview_input:focus")
    page.keyboard.type(code)  # as fast as a scanner
    page.keyboard.press("Enter")
    is_open(page, code)


# with no field to type in, and at a scanner's pace, which a busy machine does not keep for keys
SCAN = """code => {
    document.activeElement.blur();
    for (const key of [...code, "Enter"]) {
        document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
    }
}"""
SEARCH_BOX, PROCEDURE = ".o_searchview_input:focus", "div[name=procedure_id] input:focus"


@pytest.mark.parametrize(
    ("path", "focus"),
    [
        ("", PROCEDURE),
        ("/ho-so", SEARCH_BOX),
        ("/ho-so?view_type=list", SEARCH_BOX),
        ("/thu-tuc", SEARCH_BOX),
    ],
)
def test_a_code_scanned_anywhere_opens_its_dossier(desk, path, focus):
    """With no field to type in, from the home screen too; what nobody may see is said so."""
    page = desk("motcua")
    code = code_of(page, "Vũ Quang Hải")
    page.goto(f"{page.site}/odoo{path}")
    page.wait_for_selector(focus)  # the last that loading does
    page.evaluate(SCAN, f"{code[:-4]}9999")
    expect(page.locator(".o_notification")).to_contain_text("9999")
    page.evaluate(SCAN, code)
    is_open(page, code)


def test_a_code_scanned_at_the_home_screen_opens_its_dossier(desk):
    """Where the cursor waits in the procedure of a new dossier; that one asks for nothing."""
    page = desk("motcua")
    code = code_of(page, "Vũ Quang Hải")
    page.goto(f"{page.site}/odoo")
    page.wait_for_selector(PROCEDURE)
    page.keyboard.type(f"{code[:-4]}9999")
    page.keyboard.press("Enter")
    expect(page.locator(".o_notification")).to_contain_text("9999")
    expect(page.locator(PROCEDURE)).to_have_value("")
    expect(page.locator(".o-autocomplete--dropdown-menu")).to_have_count(0)
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    is_open(page, code)


def test_a_code_scanned_over_a_procedure_leaves_it(desk):
    page = desk("motcua")
    page.goto(f"{page.site}/odoo")
    choose_procedure(page, AGAIN, AGAIN)
    field = page.locator("div[name=procedure_id] input")
    chosen = field.input_value()
    field.fill("H23.00.00-010101-9999")
    page.keyboard.press("Enter")
    expect(page.locator(".o_notification")).to_contain_text("9999")
    expect(field).to_have_value(chosen)
    page.keyboard.press("Tab")
    expect(field).to_have_value(chosen)


def test_intake_with_the_keyboard_reuses_what_is_held(desk):
    """The person is known by number: another dossier is named, the papers held are not asked."""
    page = desk("motcua")
    page.goto(f"{page.site}/odoo/tiep-nhan")
    choose_procedure(page, AGAIN, AGAIN)
    page.keyboard.press("Tab")
    held = page.locator("button[name=action_reuse_all]")
    for text in ("Lý Thị Mai", "030190000777"):
        expect(held).to_have_count(0)
        page.keyboard.press("Tab")
        page.keyboard.insert_text(text)
    page.keyboard.press("Tab")  # looked up when the field is left
    expect(page.locator(".o_tthc_duplicates")).to_contain_text("chưa xong")
    expect(
        page.locator(".o_tthc_duplicates .badge, .o_tthc_duplicates .o_tag").first
    ).to_be_visible()
    rows = page.locator("[name=document_ids] .o_data_row")
    offered = rows.filter(has_text="H23.00.00-").count()
    assert offered
    expect(held).to_contain_text(str(offered))
    picture(page, "tiep-nhan-da-co")
    page.keyboard.press("Alt+o")
    expect(held).to_have_count(0)
    expect(rows.locator("[name=handed_in] input:checked")).to_have_count(offered)
    page.keyboard.press("Alt+q")
    page.wait_for_selector(".o_form_view h1 [name=name]")
    assert status(page) == "received"
    expect(page.locator("[name=reused_count]")).to_have_text(str(offered))


def test_many_at_once_and_their_hand_over_sheet(desk):
    """One of three cannot be handed over: it is named, the others are done and have a sheet."""
    page = desk("motcua")
    page.goto(f"{page.site}/odoo/ho-so?view_type=list")
    dialogue = page.locator(".modal")

    def choose(*names):
        for name in names:
            page.locator(".o_data_row", has_text=name).locator("input").first.check()

    choose("Phạm Đức Mạnh", "Nguyễn Thị Đào", "Trần Thị Hạnh")
    page.locator(".o_control_panel button", has_text="Chuyển xử lý").click()
    dialogue.locator("button[name=action_confirm]").click()
    expect(dialogue.locator("[name=done_count]")).to_have_text("2")
    expect(dialogue.locator("[name=refusals]")).to_contain_text("Trần Thị Hạnh")
    expect(dialogue.locator("[name=dossier_ids] .o_tag")).to_have_count(1)
    picture(page, "nhieu-ho-so")
    dialogue.locator("button[special=cancel], .btn-close").first.click()
    expect(dialogue).to_have_count(0)
    done = page.locator(".o_data_row", has_text="Phạm Đức Mạnh")
    expect(done.locator("[name=stage_id]")).to_have_text("Đang xử lý")
    page.goto(f"{page.site}/odoo/ho-so?view_type=list")
    choose("Phạm Đức Mạnh", "Nguyễn Thị Đào")
    with page.context.expect_page() as printed:
        page.locator(".o_control_panel button", has_text="Phiếu bàn giao").click()
    sheet = page.context.request.get(printed.value.url)
    text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(sheet.body())).pages)
    assert "PHIẾU BÀN GIAO HỒ SƠ" in text and "Phạm Đức Mạnh" in text


def test_the_papers_not_asked_again_are_totalled(desk):
    page = desk("chutich")
    page.goto(f"{page.site}/odoo/ho-so")
    page.locator(".o_cp_switch_buttons .o_pivot").click()
    expect(page.locator("div.o_pivot")).to_contain_text("Giấy tờ không phải nộp lại")
    page.locator(".o_searchview_dropdown_toggler").click()
    page.locator(".o_filter_menu .o-dropdown-item", has_text="Giấy tờ không phải nộp lại").click()
    expect(page.locator("div.o_pivot, .o_view_nocontent").first).to_be_visible()


def test_who_takes_the_papers_confirms_it(desk):
    """From the card, one click; the desk sees which hand-overs nobody has confirmed."""
    counter = desk("motcua")
    counter.goto(f"{counter.site}/odoo/ho-so")
    given = counter.locator(".o_kanban_record", has_text="Hoàng Văn Sơn")
    expect(given).to_be_visible()
    expect(given.locator("button[name=action_confirm_handover]")).to_have_count(0)
    picture(counter, "cho-nhan")
    specialist = desk("chuyenmon")
    specialist.goto(f"{specialist.site}/odoo/ho-so")
    card = specialist.locator(".o_kanban_record", has_text="Hoàng Văn Sơn")
    expect(card).to_be_visible()
    picture(specialist, "da-nhan")
    card.locator("button[name=action_confirm_handover]").click()
    expect(card.locator("button[name=action_confirm_handover]")).to_have_count(0)
    card.click()
    expect(specialist.locator("[name=taken_at]")).to_be_visible()
    picture(specialist, "da-nhan-ho-so")
