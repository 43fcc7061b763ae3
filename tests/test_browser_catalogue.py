"""The catalogue on the screen: a change is proposed, published, and shown beside what was."""

from playwright.sync_api import expect

from .browser import picture, search, status

CODE = "2.000908"
TERM = "Trong 02 giờ làm việc; sau 15 giờ: ngày làm việc tiếp theo"


def open_procedure(page, path=""):
    page.goto(f"{page.site}/odoo/thu-tuc{path}")
    page.wait_for_selector(".o_control_panel")
    if not path:
        search(page, CODE)
        page.locator(".o_group_header").first.click()
        page.locator(".o_data_row", has_text=CODE).first.locator("td[name=name]").click()
    page.wait_for_selector(".o_form_view [name=code]")


def save(page):
    page.locator(".o_form_button_save").click()
    page.wait_for_selector(
        ".o_form_saved, .o_form_status_indicator_buttons.invisible", state="attached"
    )


def test_a_change_is_proposed_and_published(desk):
    officer = desk("chuyenmon")
    open_procedure(officer)
    assert status(officer) == "published"
    # what is published is shown, not edited
    expect(officer.locator("[name=duration_text] input")).to_have_count(0)
    expect(officer.locator("button[name=action_publish]")).to_have_count(0)
    officer.locator("button[name=action_new_version]").click()
    expect(officer.locator("[name=duration_text] input")).to_be_visible()
    officer.locator("[name=duration_text] input").fill(TERM)
    officer.locator(".nav-link[name=publication]").click()
    officer.locator("[name=proposal_reason] textarea").fill("Văn bản mới rút ngắn thời hạn.")
    officer.locator("button[name=action_submit_proposal]").click()
    expect(officer.locator("button[name=action_submit_proposal]")).to_have_count(0)
    draft = officer.url.rpartition("/")[2]

    page = desk("thongke")
    page.goto(f"{page.site}/odoo/quyet-dinh-cong-bo/new")
    for name, value in (
        ("number", "1351/QĐ-UBND"),
        ("issuer", "UBND tỉnh Hải Dương"),
        ("signed_on", "04/10/2022"),
        ("effective_on", "10/10/2022"),
    ):
        page.locator(f"[name={name}] input").fill(value)
        page.keyboard.press("Tab")
    save(page)
    open_procedure(page, f"/{draft}")
    expect(page.locator("[name=duration_text] input")).to_have_value(TERM)
    page.locator(".nav-link[name=publication]").click()
    page.locator("[name=decision_id] input").fill("1351")
    page.locator(".o-autocomplete--dropdown-item", has_text="1351").first.click()
    picture(page, "thu-tuc-de-xuat")
    page.locator("button[name=action_publish]").click()
    page.locator(".modal .btn-primary").click()
    expect(page.locator("button[name=action_publish]")).to_have_count(0)
    assert status(page) == "published"
    page.locator("button[name=action_show_changes]").click()
    changes = page.locator(".modal .o_tthc_changes")
    expect(changes.locator("mark").first).to_be_visible()
    expect(changes).to_contain_text("02 giờ làm việc")
    picture(page, "thu-tuc-thay-doi")
    page.locator(".modal .btn-close").click()
    page.locator("button[name=action_open_versions]").click()
    expect(page.locator(".o_data_row")).to_have_count(2)
    picture(page, "thu-tuc-phien-ban")
