import base64
import io
from contextlib import contextmanager
from datetime import date

from openpyxl import load_workbook
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from ..render.communication_xlsx import HEAD
from .common import at
from .test_plan import PlanCase

LINE = "Tổ chức tuyên truyền về cải cách"
MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x0a" + bytes(10) + b"\xff\xfb\x90\x64" + bytes(400)


class CommunicationCase(PlanCase):
    @contextmanager
    def refused(self, words, error=UserError):
        """Refused with these words, and nothing of it stays."""
        with self.assertRaisesRegex(error, words), self.env.cr.savepoint():
            yield

    def item(self, group="communication", **values):
        return self.model(group, "tthc.communication.item").create(
            {
                "name": "Nộp hồ sơ trực tuyến",
                "company_id": self.company.id,
                "task_id": self.task(LINE).id,
                "date_planned": "2023-06-05",
                "body": "<p>Mời bà con…</p>",
                **values,
            }
        )

    def out(self, day="2023-06-05", **values):
        """An item that the leader has approved, and that went out on a day."""
        item = self.item(**values)
        with at(day):
            item.action_hand_in()
            self.as_user("leader", item).action_approve()
            item.action_publish()
        return item


@tagged("post_install", "-at_install")
class TestCommunication(CommunicationCase):
    def test_from_planned_to_out(self):
        item = self.item(kind="broadcast")
        self.assertEqual((item.state, item.channel), ("planned", "radio"))
        self.assertEqual(item.user_id, self.users["communication"])
        with self.refused("stands at"):
            item.action_publish()
        item.action_hand_in()
        self.assertIn(self.users["leader"], item.sudo().activity_ids.user_id)
        with self.refused("waits for the leader"):
            item.action_publish()
        with self.refused("stands at"):
            item.body = "Khác"
        with at("2023-06-06"):
            self.as_user("leader", item).action_approve()
            self.assertFalse(item.sudo().activity_ids)
            item.action_publish()
        self.assertEqual(
            (item.state, item.date_published, item.broadcast_count, item.approved_by_id),
            ("published", date(2023, 6, 6), 1, self.users["leader"]),
        )
        item.write({"broadcast_count": 4, "url": "https://binhlang.example/tin"})
        for values in ({"name": "x"}, {"date_published": "2023-06-01"}, {"channel": "press"}):
            with self.refused("stands at"):
                item.write(values)
        with self.refused("stands at"):
            item.unlink()

    def test_it_is_written_with_a_text_a_file_or_a_link(self):
        item = self.item(body="<p><br></p>")
        with self.refused("Enter the text"):
            item.action_hand_in()
        item.url = "https://binhlang.example/tin"
        item.action_hand_in()

    def test_a_commune_that_asks_no_approval(self):
        self.company.tthc_news_approval = False
        item = self.item()
        item.action_hand_in()
        self.assertFalse(item.sudo().activity_ids)
        item.action_publish()
        self.assertEqual(item.state, "published")

    def test_sent_back_by_the_leader(self):
        item = self.item()
        item.action_hand_in()
        with self.refused("Say what"):
            self.as_user("leader", item).action_send_back(" ")
        wizard = self.model("leader", "tthc.plan.reason")
        dialogue = Form(wizard.with_context(default_item_ids=item.ids))
        dialogue.reason = "Nêu rõ mức phí"
        dialogue.save().action_confirm()
        self.assertEqual((item.state, item.returned_reason), ("planned", "Nêu rõ mức phí"))
        self.assertEqual(item.sudo().activity_ids.user_id, self.users["communication"])
        item.body = "<p>Mức phí 0 đồng</p>"
        item.action_hand_in()
        self.assertFalse(item.returned_reason)
        self.assertEqual(item.sudo().activity_ids.user_id, self.users["leader"])

    def test_whose_steps_they_are(self):
        item = self.item()
        for values in ({"name": "x"}, {"state": "written"}, {"state": "cancelled"}):
            with self.refused("others write it", AccessError):
                self.as_user("leader", item).write(values)
        item.action_hand_in()
        for group in ("communication", "statistician"):
            with self.refused("done by", AccessError):
                self.as_user(group, item).write({"state": "approved"})
        for group in ("officer", "finance", "counter"):
            with self.assertRaises(AccessError):
                self.as_user(group, item).read(["name"])
        with self.refused("buttons"):
            item.write({"approved_on": "2023-06-05"})
        with self.refused("planned first"):
            self.item(state="published")

    def test_the_card_is_dropped_through_the_gate(self):
        """Each pair of columns: the move it means, or why not."""
        allowed = {
            *(("planned", each) for each in ("written", "cancelled")),
            *(("written", each) for each in ("planned", "approved", "cancelled")),
            *(("approved", each) for each in ("planned", "published", "cancelled")),
            *((each, "planned") for each in ("published", "cancelled")),
        }
        reach = {
            "planned": (),
            "written": ("hand_in",),
            "approved": ("hand_in", "approve"),
            "published": ("hand_in", "approve", "publish"),
            "cancelled": ("cancel",),
        }
        for source, moves in reach.items():
            for target in reach:
                if source == target:
                    continue
                with self.subTest(source=source, target=target), self.env.cr.savepoint() as undo:
                    item = self.item().sudo()
                    for move in moves:
                        getattr(item, f"action_{move}")()
                    if (source, target) in allowed:
                        item.state = target
                        self.assertEqual(item.state, target)
                    else:
                        with self.assertRaises(UserError):
                            item.state = target
                    undo.rollback()
                    self.env.invalidate_all()

    def test_what_is_out_is_a_deliverable_of_its_task(self):
        """Of the quarter in which it went out; the line of the plan has delivered by it too."""
        line = self.task(LINE)
        second = line.child_ids.sorted("occurrence_on")[1]
        self.assertFalse((line | second).deliverable_ids.filtered("delivered"))
        item = self.out(url="https://binhlang.example/tin")
        made = second.deliverable_ids - second._expected()
        self.assertEqual(
            (made.kind, made.name, made.date, made.url, made.communication_item_id),
            ("news", item.name, date(2023, 6, 5), item.url, item),
        )
        self.assertTrue(all((line | second).deliverable_ids.mapped("delivered")))
        self.assertFalse(line.child_ids[0].deliverable_ids.delivered)
        self.assertEqual(second.progress, 100)
        item.action_take_back()
        self.assertFalse(made.exists())
        self.assertFalse((line | second).deliverable_ids.filtered("delivered"))

    def test_what_the_leader_was_shown_stays(self):
        line = self.task(LINE)
        second = line.child_ids.sorted("occurrence_on")[1].with_user(self.users["communication"])
        item = self.out()
        second.action_submit()
        with self.refused("was shown"):
            item.action_take_back()
        later = self.out("2023-06-12", name="Tin sau")
        self.assertEqual(later.state, "published")
        self.assertEqual(len(second.deliverable_ids), 2)

    def test_an_item_of_a_task_that_its_officer_does_not_see(self):
        hidden = self.task("Kiểm tra công tác")
        item = self.item("statistician", task_id=hidden.id, user_id=self.users["communication"].id)
        item = self.as_user("communication", item)
        item.action_hand_in()
        self.as_user("leader", item).action_approve()
        item.action_publish()
        self.assertIn(item, hidden.deliverable_ids.communication_item_id)
        item.action_take_back()
        self.assertFalse(hidden.deliverable_ids.communication_item_id)

    def test_nobody_else_says_that_a_deliverable_is_an_item(self):
        item = self.out(task_id=False)
        deliverable = self.task(LINE, "communication").deliverable_ids
        with self.refused("enter it there"):
            deliverable.communication_item_id = item
        with self.refused("enter it there"):
            deliverable.create(
                {
                    "task_id": deliverable.task_id.id,
                    "name": "x",
                    "communication_item_id": item.id,
                }
            )

    def test_the_plan_of_the_next_year_expects_no_items(self):
        self.out()
        action = self.as_user("statistician", self.plan).action_next_year()
        copies = self.env["tthc.plan.task"].search([("plan_id", "=", action["res_id"])])
        [copy] = copies.filtered(lambda task: task.name.startswith(LINE))
        self.assertEqual(copy.deliverable_ids.mapped("name"), ["Tin, bài tuyên truyền"])

    def test_its_task_is_one_that_the_user_sees(self):
        hidden = self.task("Kiểm tra công tác")
        with self.refused("", AccessError):
            self.item(task_id=hidden.id)
        with self.refused("", AccessError):
            self.item().task_id = hidden
        self.item("statistician", task_id=hidden.id)

    @mute_logger("odoo.sql_db")
    def test_days_counts_and_links(self):
        item = self.item()
        item.action_hand_in()
        with at("2023-06-05"), self.refused("not to come"):
            item.date_published = "2023-06-06"
        item.date_published = "2023-06-02"
        self.as_user("leader", item).action_approve()
        item.action_publish()
        self.assertEqual(item.date_published, date(2023, 6, 2))
        for values in ({"broadcast_count": -1}, {"url": "javascript:alert(1)"}):
            with self.assertRaises(CheckViolation):
                item.write(values)
                item.flush_recordset()

    def test_recordings(self):
        """A recording of an item, not of a dossier; and nothing that a browser would run."""
        item = self.item()
        item.write({"file": base64.b64encode(MP3), "filename": "phat-thanh.mp3"})
        with self.refused("whatever its name says", ValidationError):
            item.file = base64.b64encode(b"<html><script>alert(1)</script></html>")
        with self.refused("whatever its name says", ValidationError):
            self.env["ir.attachment"].create(
                {"name": "a.mp3", "raw": MP3, "res_model": "tthc.plan.task", "res_id": 1}
            )

    def test_the_text_runs_no_script(self):
        item = self.item(body="<p onclick='x()'>Chào</p><script>alert(1)</script>")
        self.assertNotIn("script", item.body)
        self.assertNotIn("onclick", item.body)

    def test_no_dossier(self):
        for model in ("tthc.dossier", "tthc.dossier.document", "tthc.dossier.event"):
            with self.assertRaises(AccessError):
                self.model("communication", model).search_read([], ["id"])

    def test_reminders_before_it_is_due(self):
        """As for tasks: two working days before, one before, on the day, and late: leaders too."""
        item = self.item(date_planned="2023-03-31")  # a Friday
        names = [
            self.env["tthc.reminder"]._in_vietnamese()._rung_name(rung) for rung in (2, 1, 0, -1)
        ]
        days = ("2023-03-29", "2023-03-30", "2023-03-31", "2023-04-03")
        for day, name in zip(days, names, strict=True):
            self.remind(day)
            told = item.sudo().activity_ids.sorted(lambda each: each.user_id.login)
            logins = ["test_communication", *(["test_leader"] if day == days[-1] else [])]
            self.assertEqual(told.mapped("user_id.login"), logins, day)
            self.assertEqual({each.summary.split(":")[0] for each in told}, {name}, day)
        self.assertTrue(item.overdue)
        item.action_cancel()
        self.remind("2023-04-04")
        self.assertFalse(item.sudo().activity_ids)

    def remind(self, day):
        with at(day, "07:25"), self.enter_registry_test_mode():
            self.env.ref("tthc_onestop.ir_cron_communication_remind").method_direct_trigger()
        self.env.invalidate_all()

    def test_where_the_communication_officer_begins(self):
        """The first menu with an action is the programme, not the catalogue."""
        menus = self.model("communication", "ir.ui.menu").load_web_menus(False)
        root = menus[self.env.ref("tthc_onestop.menu_root").id]
        action = self.env.ref("tthc_onestop.communication_item_action")
        self.assertEqual(root["actionID"], action.id)
        others = self.model("leader", "ir.ui.menu").load_web_menus(False)
        self.assertNotIn(self.env.ref("tthc_onestop.menu_communication").id, others)


@tagged("post_install", "-at_install")
class TestCommunicationSummary(CommunicationCase, HttpCase):
    def test_the_summary_of_a_quarter(self):
        """Quarter II of 2023: from 15/3 to 14/6. What is planned, what went out, with live sums."""
        self.out("2023-03-14", name="Trước kỳ", date_planned="2023-03-14")
        self.out("2023-03-15", name="=1+1", kind="broadcast", date_planned="2023-03-15")
        self.out("2023-06-14").broadcast_count = 5
        self.item(name="Chưa đăng")
        self.out("2023-06-15", name="Đăng sau kỳ")
        with at("2023-06-20"):
            summary = self.model("communication", "tthc.communication.summary").create({})
        self.assertEqual(
            (summary.date_from, summary.date_to), (date(2023, 3, 15), date(2023, 6, 14))
        )
        self.env.flush_all()
        self.authenticate("test_communication", "test_communication")
        answer = self.url_open(summary.action_xlsx()["url"])
        self.assertEqual(answer.status_code, 200)
        book = load_workbook(io.BytesIO(answer.content))
        shown = load_workbook(io.BytesIO(answer.content), data_only=True)
        listed = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(HEAD + 2)]
        self.assertEqual(
            [row[1] for row in listed],
            ["=1+1", "Nộp hồ sơ trực tuyến", "Chưa đăng", "Đăng sau kỳ"],
        )
        self.assertEqual(book.worksheets[0].cell(HEAD + 2, 2).data_type, "s")
        self.assertEqual([row[8:10] for row in listed], [[1, 1], [1, 5], [0, 0], [0, 0]])
        summed = book.worksheets[1]
        self.assertEqual(summed.cell(HEAD + 2, 2).value, "=COUNTIF('Chương trình'!$C$7:$C$10,A7)")
        total = [cell.value for cell in shown.worksheets[1][summed.max_row]]
        self.assertEqual(total, ["TỔNG CỘNG", 4, 2, 6])

    @mute_logger("odoo.http")
    def test_others_do_not_get_it(self):
        summary = self.model("communication", "tthc.communication.summary").create({})
        self.env.flush_all()
        for login in ("test_officer", "test_leader"):
            self.authenticate(login, login)
            answer = self.url_open(f"/tthc/communication/{summary.id}.xlsx")
            self.assertIn(answer.status_code, (403, 404))
