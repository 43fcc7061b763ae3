import base64
import io
import re
from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from psycopg2.errors import RaiseException

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.tthc_onestop.tests.common import DossierCase, at, change_calendar

from .history import behind

SCAN = base64.b64encode(b"%PDF-1.4")
QUARTER = {"kind": "quarter", "year": 2023, "quarter": 2}


class SealCase(DossierCase):
    """A quarter with a dossier of each kind of end, sealed after its last day."""

    def setUp(self):
        super().setUp()
        self.settled = self.received("2023-05-25")
        with at("2023-05-29"):
            self.as_user("counter", self.settled).action_process(self.users["officer"].id)
            self.as_user("officer", self.settled).action_settle()
        self.open = self.received("2023-06-05", procedure="calendar")
        self.late = self.received("2023-05-10")
        self.quarter = self.model("statistician", "tthc.report.period").create(QUARTER)

    def collect(self, period, day="2023-06-15"):
        with at(day):
            period.action_collect()

    def seal(self, period, day="2023-06-15"):
        self.collect(period, day)
        with at(day):
            period.action_seal()
        return period.seal_id


@tagged("post_install", "-at_install")
class TestReportSeal(SealCase):
    def test_what_is_kept(self):
        seal = self.seal(self.quarter)
        self.assertEqual(self.quarter.state, "sealed")
        self.assertEqual((seal.position, seal.user_id), (1, self.users["statistician"]))
        content = seal.content
        figures = content["figures"]["II.06a"]
        self.assertEqual(figures["total"]["values"]["3"], 3)
        self.assertEqual(figures["total"]["values"]["13"], 1)
        behind = {line[0]: line[1:] for line in content["behind"]["II.06a"]}
        self.assertEqual(
            behind,
            {
                self.settled.id: [len(self.settled.event_ids), self.civil.id, ["3", "5", "7", "8"]],
                self.open.id: [len(self.open.event_ids), self.land.id, ["3", "5", "11", "12"]],
                self.late.id: [len(self.late.event_ids), self.civil.id, ["3", "5", "11", "13"]],
            },
        )
        book = load_workbook(io.BytesIO(base64.b64decode(seal.workbook)), data_only=True)
        self.assertEqual(book["II.06a"]["C14"].value, 3)

    def test_the_forms_stay_in_their_order(self):
        live = list(self.quarter.sheets)
        self.seal(self.quarter)
        self.env.invalidate_all()  # as the database gives it back
        self.assertEqual(list(self.quarter.sheets), live)

    def test_when_it_can_be_sealed(self):
        with self.assertRaisesRegex(UserError, "have not been prepared"):
            self.quarter.action_seal()
        self.collect(self.quarter, "2023-06-14")  # the last day is not over
        with at("2023-06-15"), self.assertRaisesRegex(UserError, "have not been prepared"):
            self.quarter.action_seal()
        for group in ("leader", "counter", "officer", "auditor"):
            with self.assertRaises(AccessError):
                self.quarter.with_user(self.users[group]).action_seal()
        self.seal(self.quarter)
        with self.assertRaisesRegex(UserError, "is sealed"):
            self.quarter.action_seal()
        with self.assertRaisesRegex(UserError, "is sealed"):
            self.quarter.action_collect()

    def test_figures_that_do_not_add_up_are_not_sealed(self):
        self.collect(self.quarter)
        figures = self.quarter.figures
        for change, message in [("13", "others than those prepared"), (None, "do not add up")]:
            if change:
                figures["II.06a"]["total"]["values"][change] += 1
            else:
                figures = self.quarter.sudo()._current_figures()
                figures["II.06a"]["identities"][0]["holds"] = False
                self.patch(
                    type(self.quarter), "_current_figures", lambda period, kept=figures: kept
                )
            self.quarter._write_kept({"figures": figures})
            with (
                self.subTest(message),
                at("2023-06-15"),
                self.assertRaisesRegex(UserError, message),
            ):
                self.quarter.action_seal()

    @mute_logger("odoo.sql_db")
    def test_nobody_changes_a_sealed_report(self):
        seal = self.seal(self.quarter)
        self.env.flush_all()
        for statement in (
            "UPDATE tthc_report_seal SET reason = 'x' WHERE id = %s",
            "DELETE FROM tthc_report_seal WHERE id = %s",
            "TRUNCATE tthc_report_seal CASCADE -- %s",
        ):
            with self.assertRaisesRegex(RaiseException, "never changed"), self.env.cr.savepoint():
                self.env.cr.execute(statement, [seal.id])
        for group in self.users:
            with self.assertRaises(AccessError):
                seal.with_user(self.users[group]).write({"reason": "x"})
            with self.assertRaises(AccessError):
                seal.with_user(self.users[group]).unlink()

    def test_each_sees_what_they_may(self):
        self.seal(self.quarter)
        for group, count in [("leader", 3), ("auditor", 3), ("counter", 3), ("officer", 2)]:
            period = self.quarter.with_user(self.users[group])
            sheet = period.sheets["II.06a"]
            self.assertEqual(sheet["total"]["values"]["3"], count, group)
            self.assertEqual(len(behind(period, "II.06a", "3")), count)
            self.assertTrue(period.xlsx())
        officer = self.quarter.with_user(self.users["officer"])
        self.assertEqual(behind(officer, "II.06a", "3", self.land.id), [])
        with self.assertRaises(AccessError):
            officer.seal_id.read(["content"])

    def test_a_replacement_names_what_it_replaces(self):
        first = self.seal(self.quarter)
        with at("2023-06-20"):
            with self.assertRaisesRegex(UserError, "Say why"):
                self.quarter.action_replace(" ")
            with self.assertRaisesRegex(UserError, "are the sealed ones still"):
                self.quarter.action_replace("Biểu mẫu mới")
            # the circular is understood in another way: withdrawn dossiers are still pending
            self.as_user("counter", self.late).action_withdraw("Công dân rút")
            form = self.env.ref("tthc_reporting.form_ii_06a")
            period = self.model("statistician", "tthc.report.period").create(
                {"kind": "adhoc", "date_from": "2023-06-15", "date_to": "2023-06-20"}
            )
        kept = self.seal(period, "2023-06-21")
        self.assertFalse(self.replacing(period).changed)
        form.withdrawn_as = "pending"
        preview = re.sub(r"<[^>]*>|\s+", " ", str(self.replacing(period).changed))
        self.assertRegex(preview, r"II\.06a +Tổng số +\(7\) .*đã giải quyết – Tổng số +1 +0 ")
        self.assertNotRegex(preview, r"\(3\)")  # the same as before
        with at("2023-06-22"):
            period.action_send()
            self.replacing(period, reason="Theo hướng dẫn của huyện").action_confirm()
        self.assertEqual((period.state, period.sent_at), ("sealed", False))
        self.assertIn("is replaced", str(period.message_ids[0].body))
        second = period.seal_id
        self.assertEqual((second.replaces_id, second.position), (kept, 3))
        self.assertEqual(second.reason, "Theo hướng dẫn của huyện")
        self.assertEqual(kept.content["figures"]["II.06a"]["total"]["values"]["7"], 1)
        self.assertEqual(second.content["figures"]["II.06a"]["total"]["values"]["7"], 0)
        self.assertIn("<table", str(second.changed))
        self.assertFalse(kept.changed)
        self.assertEqual(self.quarter.seal_id, first)
        self.assertEqual(self.model("auditor", "tthc.report.seal").verify_chain(), [])
        # what was replaced stays readable, figure by figure
        self.assertEqual(kept.sheets["II.06a"]["total"]["values"]["7"], 1)
        for group in ("auditor", "officer", "counter"):
            mine = kept.with_user(self.users[group])
            self.assertEqual(behind(mine, "II.06a", "7"), self.late.ids)
            self.assertEqual(behind(period.with_user(self.users[group]), "II.06a", "7"), [])
        with self.assertRaises(AccessError):
            kept.with_user(self.users["officer"]).part("figures")

    def replacing(self, period, **values):
        return self.model("statistician", "tthc.report.reason").create(
            {"period_id": period.id, "replaces": True, "reason": "x", **values}
        )

    def test_what_concerns_a_sealed_period_is_told_in_the_next(self):
        self.seal(self.quarter)
        with at("2023-06-19"):
            self.as_user("leader", self.settled).action_reopen("Sai tên trên giấy khai sinh")
            post = self.new(channel="post", handed_over_at="2023-06-13 02:00:00")
            post.action_receive()
        after = self.model("statistician", "tthc.report.period").create(QUARTER | {"quarter": 3})
        told = {
            (line["kind"], line["id"], line["seal_id"], line["reason"])
            for line in after.adjustments
        }
        self.assertEqual(
            told,
            {
                ("reopen", self.settled.id, self.quarter.seal_id.id, "Sai tên trên giấy khai sinh"),
                ("late", post.id, self.quarter.seal_id.id, ""),
            },
        )
        self.assertFalse(self.quarter.adjustments)
        seal = self.seal(after, "2023-09-15")
        self.assertEqual(len(seal.content["adjustments"]), 2)

    def test_what_is_done_by_sql_is_found_and_located(self):
        for number in (1, 2, 3):
            period = self.quarter
            if number != 2:
                period = period.create(QUARTER | {"quarter": number})
            self.seal(period, f"2023-{3 * number:02d}-20")
        chain = self.model("auditor", "tthc.report.seal")
        self.assertEqual(chain.verify_chain(), [])
        mine = f"company_id = {self.company.id}"
        for statement, expected in [
            (
                f"UPDATE tthc_report_seal SET date_to = '2023-06-13' WHERE position = 2 AND {mine}",
                (2, "changed"),
            ),
            (
                f"UPDATE tthc_report_seal SET content = jsonb_set(content, "
                f"'{{figures,II.06a,total,values,3}}', '9') WHERE position = 1 AND {mine}",
                (1, "changed"),
            ),
            (
                f"UPDATE tthc_report_seal SET workbook = 'eA==' WHERE position = 3 AND {mine}",
                (3, "workbook"),
            ),
            (f"DELETE FROM tthc_report_seal WHERE position = 2 AND {mine}", (2, "missing")),
            (f"DELETE FROM tthc_report_seal WHERE position = 3 AND {mine}", (0, "unsealed")),
        ]:
            point = self.env.cr.savepoint()
            self.env.flush_all()
            self.env.cr.execute("SET LOCAL session_replication_role = replica")
            self.env.cr.execute(statement)
            self.env.cr.execute("SET LOCAL session_replication_role = origin")
            self.env.invalidate_all()
            with self.subTest(statement):
                problem = chain.verify_chain()[0]
                self.assertEqual((problem["position"], problem["problem"]), expected)
                with self.assertRaisesRegex(UserError, self.company.name):
                    chain.action_verify()
            point.close(rollback=True)
            self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.model("finance", "tthc.report.seal").verify_chain()


@tagged("post_install", "-at_install")
class TestWhatHappensLater(SealCase):
    LATER = (
        "receive late enter_late reopen correct withdraw supplement rename_sector archive_user "
        "archive_sector delete_files holiday move_sector rename_company change_form"
    ).split()

    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(st.sampled_from(LATER), min_size=3, max_size=10))
    def run_later(self, operations):
        point = self.env.cr.savepoint()
        for number, name in enumerate(operations):
            with at(str(date(2023, 6, 16) + timedelta(days=number))), self.env.cr.savepoint():
                try:
                    getattr(self, f"do_{name}")()
                except UserError:
                    continue  # the lifecycle does not allow it twice
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.shown(), self.before)
        self.assertEqual(self.model("auditor", "tthc.report.seal").verify_chain(), [])
        point.close(rollback=True)
        self.env.invalidate_all()

    def test_later_events_never_change_it(self):
        """Random later operations: the figures, what is behind them and the file are the same."""
        paper = self.settled.document_ids[0]
        with at("2023-06-01"):
            self.env["tthc.dossier.file"].create(
                {"document_id": paper.id, "name": "a.pdf", "content": SCAN}
            )
        self.quarter.action_compose_text()
        self.seal(self.quarter)
        self.assertEqual(self.quarter.sheets["II.08"]["total"]["values"]["8"], 1)
        self.before = self.shown()
        self.run_later()

    def shown(self):
        period = self.quarter
        columns = [column["key"] for column in period.sheets["II.06a"]["columns"][2:]]
        ids = [behind(period, "II.06a", column) for column in columns]
        text = str(period.text_ids.preview), period.text_ids.docx()
        files = period.xlsx(), period.pdf()
        return period.sheets, ids, files, period.seal_id.content, text

    def do_receive(self):
        self.new().action_receive()

    def do_late(self):
        self.new(channel="post", handed_over_at="2023-06-12 02:00:00").action_receive()

    def do_enter_late(self):
        leader = self.as_user("leader", self.open)
        leader.action_correct("settle", "Chưa ghi", "2023-06-13 02:00:00")

    def do_reopen(self):
        self.as_user("leader", self.settled).action_reopen("Sai sót")

    def do_correct(self):
        leader = self.as_user("leader", self.settled)
        leader.action_correct_result("Sai số", result={"number": "13/GXN-UBND"})

    def do_withdraw(self):
        self.as_user("counter", self.open).action_withdraw("Công dân rút")

    def do_supplement(self):
        self.as_user("counter", self.late).action_request_supplement("Thiếu ảnh")

    def do_rename_sector(self):
        self.civil.name = "Tên khác"

    def do_archive_sector(self):
        self.land.active = False

    def do_archive_user(self):
        self.users["officer"].active = False

    def do_delete_files(self):
        """Past every guard: those of the dossiers, that form II.08 counts, and those of reports."""
        self.env.cr.execute("DELETE FROM ir_attachment WHERE res_model LIKE 'tthc.%'")

    def do_holiday(self):
        change_calendar(self.env)

    def do_move_sector(self):
        self.env.cr.execute(
            "UPDATE tthc_dossier SET channel = 'online', sector_id = %s WHERE id = %s",
            [self.civil.id, self.open.id],
        )

    def do_change_form(self):
        form = self.env.ref("tthc_reporting.form_ii_06a")
        form.write({"number": "Số khác", "withdrawn_as": "pending", "recipient": "UBND tỉnh"})

    def do_rename_company(self):
        self.company.name = "UBND xã Tên Khác"
