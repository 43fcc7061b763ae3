import io
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from odoo import Command
from odoo.tests import BaseCase, HttpCase, tagged
from odoo.tools import mute_logger

from ..rules.plan_list import COLUMNS, STANDINGS, quarter_name, standing, tally
from .common import at
from .test_plan import PlanCase

days = st.dates(date(2023, 1, 1), date(2024, 12, 31))


class TestPlanListRules(BaseCase):
    def test_how_a_task_stood(self):
        """Done on 10/6, due on 15/6."""
        done, due = date(2023, 6, 10), date(2023, 6, 15)
        for said, done_on, day, today in (
            ("open", done, "2023-06-09", "2023-06-20"),
            ("done", done, "2023-06-10", "2023-06-20"),
            ("open", None, "2023-06-14", "2023-06-20"),
            ("late", None, "2023-06-15", "2023-06-16"),  # the day is over
            ("open", None, "2023-06-15", "2023-06-15"),
            ("open", None, "2023-12-31", "2023-06-15"),
        ):
            with self.subTest(day=day, today=today):
                stood = standing(done_on, due, date.fromisoformat(day), date.fromisoformat(today))
                self.assertEqual(stood, said)
        self.assertEqual(standing(None, None, due, due), "open")

    @given(st.none() | days, st.none() | days, days, days, days)
    def test_what_is_past_stays(self, done_on, due, day, today, later):
        """On a day that is over nothing changes any more, whenever it is asked."""
        if day < today <= later:
            self.assertEqual(standing(done_on, due, day, today), standing(done_on, due, day, later))

    @given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(sorted(STANDINGS)))))
    def test_nothing_is_lost_in_the_tally(self, standings):
        counted = tally(standings)
        self.assertEqual(sum(each.total for each in counted), len(standings))
        for each in counted:
            self.assertEqual(each.total, each.done + each.late + each.open)
            self.assertTrue(0 <= each.progress <= 100)

    def test_quarters(self):
        self.assertEqual(quarter_name(date(2023, 6, 30)), "Quý II/2023")
        self.assertEqual(quarter_name(None), "Khi có yêu cầu")


@tagged("post_install", "-at_install")
class TestPlanXlsx(PlanCase, HttpCase):
    def book(self, *days, by="statistician"):
        plan = self.as_user(by, self.plan)
        return load_workbook(io.BytesIO(plan.xlsx(*days)))

    def rows(self, book):
        """The tasks of the first sheet by their text."""
        keys = [each.key for each in COLUMNS]
        found = [
            dict(zip(keys, row, strict=True))
            for row in book["Nhiệm vụ"].iter_rows(min_row=7, values_only=True)
        ]
        return {row["task"]: row for row in found if row["task"]}

    def table(self, book, title):
        """One of the tables of the progress, by the name of its line."""
        found, inside = {}, False
        for row in book["Tiến độ"].iter_rows(values_only=True):
            if inside and row[0] is None:
                return found
            if inside:
                found[row[0]] = row[1:5]
            inside = inside or row[0] == title
        return found

    def test_each_line_with_how_it_stood(self):
        task = self.task("Ban hành các văn bản hướng dẫn")
        self.deliver(task)
        task.user_id = self.users["statistician"]
        task.result = "=1+1"
        with at("2023-06-10"):
            task.action_submit()
            task.action_approve()
        with at("2023-07-03"):
            now, quarter = self.book(), self.book(date(2023, 3, 15), date(2023, 6, 14))
            before = self.book(date(2022, 12, 15), date(2023, 3, 14))
        row = self.rows(quarter)[task.name]
        self.assertEqual(
            (row["standing"], row["progress"], row["done_on"].date()),
            ("Hoàn thành", 100, date(2023, 6, 10)),
        )
        self.assertIn("12/BC-UBND (05/06/2023)", row["deliverables"])
        self.assertTrue(row["lead"].endswith(task.user_id.name))
        self.assertEqual(row["result"], "=1+1")
        self.assertFalse(self.rows(before)[task.name]["done_on"])
        self.assertFalse(self.rows(before)[task.name]["result"])
        late = self.task("Ban hành Kế hoạch").name
        self.assertEqual(self.rows(quarter)[late]["standing"], "Quá hạn")
        self.assertEqual(self.rows(before)[late]["standing"], "Chưa đến hạn")
        # the times of a periodic task that have come, and no other
        times = [name for name in self.rows(now) if name.endswith(("quý I/2023", "quý II/2023"))]
        self.assertTrue(times)
        self.assertFalse([name for name in self.rows(now) if name.endswith("quý III/2023")])
        self.assertIn("    + quý I/2023", times)  # what it is a time of stands over it
        by_section = self.table(now, "Theo mục (dòng của kế hoạch)")
        self.assertEqual(sum(each[0] for each in by_section.values()), self.plan.task_count)
        direction = self.task("Ban hành Kế hoạch").section_id.display_name
        self.assertEqual(by_section[direction], (6, 1, 1, 4))
        by_lead = self.table(now, "Theo người chủ trì (dòng của kế hoạch)")
        self.assertEqual(by_lead[task.user_id.name], (1, 1, 0, 0))
        self.assertEqual(sum(each[0] for each in by_lead.values()), self.plan.task_count)

    def test_evidence_beside_its_target(self):
        with at("2023-06-05"):
            dossier = self.received()
            self.as_user("officer", dossier).action_settle()
            row = self.rows(self.book())[self.task("Thực hiện các yêu cầu giải quyết").name]
        self.assertEqual((row["measured"], row["target"]), (100, 100))

    def test_nothing_typed_becomes_a_formula(self):
        task = self.task("Ban hành các văn bản hướng dẫn")
        task.result = '=HYPERLINK("http://x")'
        sheet = self.book()["Nhiệm vụ"]
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        self.assertNotIn("f", kinds)

    def test_it_prints_as_an_annex(self):
        """On A4 as wide as the page in letters one can read, rows as high as their text."""
        with at("2023-07-03"):
            book = self.book()
        tasks, sums = book["Nhiệm vụ"], book["Tiến độ"]
        self.assertEqual(tasks.page_setup.orientation, "landscape")
        self.assertEqual(tasks.print_title_rows, "$6:$6")
        self.assertEqual(tasks["A1"].value, self.company.name.upper())
        for sheet in (tasks, sums):
            self.assertEqual((sheet.page_setup.paperSize, sheet.page_setup.fitToHeight), (9, 0))
        page, font = 297 - 2 * 10, 11
        self.assertGreaterEqual(font * page / sum(each.width for each in COLUMNS), 8)
        long = self.task("Đánh giá kết quả tổ chức thực hiện").name
        heights = {
            row[1].value: tasks.row_dimensions[row[0].row].height for row in tasks.iter_rows()
        }
        self.assertTrue(8 * 15 <= heights[long] <= 9 * 15, (len(long), heights[long]))
        wrapped = {row[0].value: sums.row_dimensions[row[0].row].height for row in sums.iter_rows()}
        direction = self.task("Ban hành Kế hoạch").section_id.display_name
        self.assertEqual(wrapped[direction], 2 * 15)

    def test_training_of_the_days(self):
        session = self.env["tthc.training.session"].create(
            {
                "company_id": self.company.id,
                "name": "Nghiệp vụ",
                "organiser": "Văn phòng UBND tỉnh",
                "date_from": "2023-06-05",
                "hours": 8,
                "participant_ids": [
                    Command.create({"user_id": self.users["officer"].id, "certificate": "1/CN"}),
                    Command.create({"user_id": self.users["counter"].id, "result": "absent"}),
                ],
            }
        )
        with at("2023-06-05"):
            session.action_hold()
        for days, said in (
            ((date(2023, 3, 15), date(2023, 6, 14)), [(self.users["officer"].name, 1, 8, 1)]),
            ((date(2022, 12, 15), date(2023, 3, 14)), []),
        ):
            sheet = self.book(*days)["Tập huấn"]
            self.assertEqual(list(sheet.iter_rows(min_row=7, values_only=True)), said)

    @mute_logger("odoo.http")
    def test_who_may_have_it(self):
        """Each the tasks that they see; nobody those of another commune."""
        every, own = self.rows(self.book()), self.rows(self.book(by="communication"))
        self.assertLess(own.keys(), every.keys())
        address = self.plan.action_xlsx()["url"]
        self.authenticate("test_leader", "test_leader")
        file = self.url_open(f"{address}?tu=2023-03-15&den=2023-06-14")
        self.assertEqual(file.status_code, 200)
        self.assertIn("ke-hoach_2023_20230315_20230614.xlsx", file.headers["Content-Disposition"])
        for bad in ("?tu=x", "?den=2023-02-30"):
            self.assertEqual(self.url_open(address + bad).status_code, 404, bad)
        self.assertEqual(self.url_open("/tthc/plan/0.xlsx").status_code, 404)
        self.authenticate("test_manager", "test_manager")
        self.assertEqual(self.url_open(address).status_code, 403)
