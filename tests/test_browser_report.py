"""A report from the hand-ins to the seal, in a browser, by each of those who have a part in it."""

from datetime import date, timedelta

from playwright.sync_api import expect

from .conftest import Client

LATE, SUBMITTED = 3, 4  # columns of the kanban


def hand_ins(page):
    page.goto(f"{page.site}/odoo/nop-so-lieu")
    columns = page.locator(".o_kanban_group")
    expect(columns).to_have_count(5)
    return columns


def period(page, number):
    page.goto(f"{page.site}/odoo/bao-cao/{number}")
    page.wait_for_selector(".o_tthc_matrix")


def confirm(page, button):
    page.click(f"button[name={button}]")
    page.locator(".modal .btn-primary").click()


def test_from_the_hand_ins_to_the_seal(site, database, desk):
    _name, keys = database
    client = Client(site, keys["thongke"])

    def call(method, **body):
        answer = client.call("tthc.report.period", method, **body)
        assert answer.ok, answer.text
        return answer.json()

    month = date.today().replace(day=1) - timedelta(days=1)  # its period is over, its hand-in late
    values = {"kind": "month", "year": month.year, "month": month.month}
    [number] = call("create", vals_list=[values])
    for method in ("action_collect", "action_prepare_hand_ins"):
        call(method, ids=[number])

    statistician = desk("thongke")
    columns = hand_ins(statistician)
    expect(columns.nth(LATE).locator(".o_kanban_record .text-bg-danger")).to_have_count(3)
    period(statistician, number)
    statistician.click("button[name=action_remind]")
    expect(statistician.locator(".o_notification")).to_contain_text("Tư pháp - Hộ tịch")

    officer = desk("chuyenmon")
    hand_ins(officer).nth(LATE).locator(".o_kanban_record").click()
    officer.click(".nav-link[name=words]")
    officer.locator("div[name=results] textarea").fill("Đã rà soát các hồ sơ của kỳ.")
    confirm(officer, "action_submit")
    expect(officer.locator("button[name=action_submit]")).to_have_count(0)
    columns = hand_ins(statistician)
    expect(columns.nth(LATE).locator(".o_kanban_record")).to_have_count(2)
    expect(columns.nth(SUBMITTED).locator(".o_kanban_record")).to_have_count(1)

    period(statistician, number)
    confirm(statistician, "action_seal")
    expect(statistician.locator(".o_error_dialog")).to_be_visible()  # the leader has not agreed
    statistician.locator(".modal .btn-primary").click()
    statistician.click("button[name=action_ask_approval]")
    expect(statistician.locator("button[name=action_ask_approval]")).to_have_count(0)

    leader = desk("chutich")
    leader.goto(f"{leader.site}/odoo/bao-cao")
    leader.click(".o_switch_view.o_kanban")
    leader.locator(".o_kanban_record .btn-primary").click()
    expect(leader.locator(".o_kanban_record .btn-primary")).to_have_count(0)

    period(statistician, number)
    confirm(statistician, "action_seal")
    expect(statistician.locator(".alert-success")).to_be_visible()
    statistician.goto(f"{statistician.site}/odoo/bao-cao-da-chot")
    statistician.click("button[name=action_verify]")
    expect(statistician.locator(".o_notification_bar.bg-success")).to_be_visible()
    statistician.locator(".o_data_row").first.click()
    statistician.click(".o_tthc_matrix .nav-link:text-is('II.04b')")
    total = statistician.locator(".o_tthc_matrix_total td")
    expect(total).to_have_text(["", "Tổng số", *5 * [""]])  # nothing is kept of a review: no 0


def test_a_disputed_dossier_is_corrected(site, database, desk):
    """The leader puts right what the specialist disputes, and the figures follow."""
    client = Client(site, database[1]["thongke"])
    yesterday = date.today() - timedelta(days=1)

    def call(model, method, **body):
        answer = client.call(model, method, **body)
        assert answer.ok, answer.text
        return answer.json()

    days = {"date_from": str(yesterday - timedelta(days=40)), "date_to": str(yesterday)}
    [number] = call("tthc.report.period", "create", vals_list=[{"kind": "adhoc", **days}])
    for method in ("action_collect", "action_prepare_hand_ins"):
        call("tthc.report.period", method, ids=[number])
    mine = [["period_id", "=", number], ["user_id.login", "=", "chuyenmon"]]
    [hand_in] = call("tthc.report.hand.in", "search", domain=mine)
    hers = [["applicant_name", "=", "Lê Thị Thu Hương"]]
    [dossier] = call("tthc.dossier", "search_read", domain=hers, fields=["name"])
    code = dossier["name"]

    officer = desk("chuyenmon")
    officer.goto(f"{site}/odoo/nop-so-lieu/{hand_in}")
    officer.click("div[name=line_ids] .o_field_x2many_list_row_add a")
    chosen = officer.locator("div[name=line_ids] .o_selected_row div[name=dossier_id] input")
    chosen.fill(code)
    officer.locator(".o-autocomplete--dropdown-item", has_text=code).click()
    expect(chosen).to_have_value(code)
    text = officer.locator("div[name=line_ids] .o_selected_row div[name=dispute] textarea")
    text.fill("Đã xong hôm qua, chưa ghi")
    officer.click(".o_form_button_save")
    expect(officer.locator(".o_arrow_button_current")).to_have_attribute("data-value", "disputed")

    leader = desk("chutich")
    leader.goto(f"{site}/odoo/nop-so-lieu/{hand_in}")
    settled = leader.locator(".o_tthc_matrix tbody tr:last-child td").nth(6)
    before = int(settled.inner_text())
    leader.click("div[name=line_ids] button[name=action_correct]")
    leader.locator(".modal div[name=done_at] input, .modal div[name=done_at] button").first.click()
    leader.locator(".modal div[name=done_at] input").fill(f"{yesterday:%d/%m/%Y} 16:00:00")
    leader.keyboard.press("Tab")
    leader.click(".modal button[name=action_confirm]")
    expect(leader.locator(".o_arrow_button_current")).to_have_attribute("data-value", "in_work")
    expect(settled).to_have_text(str(before + 1))

    statistician = desk("thongke")
    period(statistician, number)
    expect(statistician.locator(".o_tthc_adjustments")).to_contain_text("Đã xong hôm qua")
