"""The money of the plan and the communication programme, in the browser of who works with them."""

from playwright.sync_api import expect

from .browser import picture


def test_money_from_the_plan_to_its_voucher(desk):
    """Finance plans it, the leader approves it on the board, and no more than that is spent."""
    page = desk("taichinh")
    page.goto(f"{page.site}/odoo/kinh-phi")
    page.locator(".o_data_row td[name=name]").first.click()
    page.locator("div[name=planned] input").fill("1000000")
    page.locator("button[name=action_submit]").click()
    expect(page.locator("button[name=action_revise]")).to_be_visible()
    line = page.url

    leader = desk("chutich")
    leader.goto(f"{leader.site}/odoo/kinh-phi?view_type=kanban")
    waiting = leader.locator(".o_kanban_record", has=leader.locator("[name=action_approve]"))
    expect(waiting).to_have_count(1)
    picture(leader, "kinh-phi")
    waiting.locator("[name=action_approve]").click()
    expect(waiting).to_have_count(0)

    page.goto(line)
    expect(page.locator("div[name=approved]")).to_contain_text("1.000.000")
    for amount, spent in (("600000", "600.000"), ("500000", None)):
        page.locator("div[name=voucher_ids] .o_field_x2many_list_row_add a").click()
        row = page.locator("div[name=voucher_ids] .o_selected_row")
        row.locator("[name=number] input").fill(f"PC{amount}")
        row.locator("[name=content] input").fill("Giấy in")
        row.locator("[name=amount] input").fill(amount)
        page.locator(".o_form_button_save").click()
        if spent:
            expect(page.locator(".o_form_button_save")).to_be_hidden()  # it is saved
            expect(page.locator("div[name=spent]")).to_contain_text(spent)
            # its note is there when it is saved: what was typed before would be lost
            expect(page.locator(".o-mail-Message").first).to_contain_text(spent)
    refused = page.locator(".modal")
    expect(refused).to_contain_text("1.100.000")
    expect(refused).to_contain_text("100.000")
    picture(page, "kinh-phi-vuot")


def test_an_item_from_the_calendar_to_the_board(desk):
    """The communication officer begins with the programme; the leader reads it on the board."""
    page = desk("vanhoa")
    page.goto(f"{page.site}/odoo")
    page.locator(".o_calendar_view, .o_apps").first.wait_for()
    if page.locator(".o_apps").count():
        page.locator(".o_apps .o_app").first.click()
    expect(page.locator(".o_calendar_view")).to_be_visible()
    page.goto(f"{page.site}/odoo/tuyen-truyen/new")
    page.locator("div[name=name] input").fill("Nộp hồ sơ trực tuyến tại nhà")
    page.locator("div[name=body] .odoo-editor-editable").fill("Mời bà con nộp hồ sơ trên cổng.")
    page.locator(".o_form_button_save").click()
    page.locator("button[name=action_hand_in]").click()
    expect(page.locator("button[name=action_take_back]")).to_be_visible()
    expect(page.locator("button[name=action_publish]")).to_have_count(0)
    picture(page, "tuyen-truyen-tin")

    leader = desk("chutich")
    leader.goto(f"{leader.site}/odoo/tuyen-truyen?view_type=kanban")
    card = leader.locator(".o_kanban_record", has_text="Nộp hồ sơ trực tuyến tại nhà")
    card.locator("[name=action_approve]").click()
    expect(card.locator("[name=action_approve]")).to_have_count(0)

    page.reload()
    page.locator("button[name=action_publish]").click()
    expect(page.locator("div[name=broadcast_count]")).to_be_visible()
    page.goto(f"{page.site}/odoo/tuyen-truyen")
    expect(page.locator(".fc-event")).to_contain_text(["Nộp hồ sơ trực tuyến tại nhà"])
    picture(page, "tuyen-truyen")
