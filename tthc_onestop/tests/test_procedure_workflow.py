import io

from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import DossierCase, at


def steps(case, *lines):
    """Commands that add steps: (role, time) or (role, time, level)."""
    return [
        Command.create(
            {
                "case": case,
                "name": f"Bước {number} {case}".strip(),
                "role": role,
                "duration": time,
                "level": level[0] if level else "commune",
                "sequence": number,
            }
        )
        for number, (role, time, *level) in enumerate(lines)
    ]


# what the messages say is English here, and numbers are as the only active language writes them
PLAIN = steps("", ("counter", 0.5), ("officer", 3), ("leader", 1.5), ("counter", 0))
CHECKED = steps("Phải xác minh", ("counter", 0.5), ("officer", 7.5))
CASE = [Command.create({"name": "Phải xác minh", "duration": 8, "duration_unit": "working_day"})]


class WorkflowCase(DossierCase):
    def draft(self, **values):
        """A version that nobody has published, of 5 working days."""
        return self.env["tthc.procedure"].create(
            {
                "code": "9.000005",
                "name": "Bản dự thảo",
                "sector_id": self.civil.id,
                "duration": 5,
                "duration_unit": "working_day",
                "state": "draft",
                **values,
            }
        )

    def published(self, **values):
        procedure = self.draft(**values)
        procedure.publish_under(self.decision())
        return procedure


@tagged("post_install", "-at_install")
class TestProcedureWorkflow(WorkflowCase):
    def test_a_draft_may_be_off(self):
        """The form says so while it is written; it is published when it adds up."""
        draft = self.draft(step_ids=steps("", ("counter", 0.5), ("officer", 3)))
        self.assertIn("off by -1,5", draft.workflow_problem)
        with self.assertRaisesRegex(UserError, "off by -1,5"), self.env.cr.savepoint():
            draft.publish_under(self.decision())
        draft.step_ids = steps("", ("leader", 1.5))
        self.assertFalse(draft.workflow_problem)
        draft.publish_under(self.decision())
        for change in (
            {"duration": 4},
            {"step_ids": steps("", ("officer", 0.25))},
            {"case_ids": CASE},
        ):
            with self.subTest(change), self.assertRaisesRegex(UserError, "off by"):
                with self.env.cr.savepoint():
                    self.next_version(draft, **change)

    def test_each_case_says_by_how_much(self):
        draft = self.draft(step_ids=PLAIN[:2] + CHECKED[:1], case_ids=CASE)
        with self.assertRaises(UserError) as refused:
            draft._check_publishable()
        said = str(refused.exception)
        self.assertIn("9.000005 take 3,5 together and its term is 5 working days", said)
        self.assertIn("off by -1,5", said)
        self.assertIn("9.000005 (Phải xác minh) take 0,5 together and its term is 8", said)
        self.assertIn("off by -7,5", said)
        draft.step_ids = [Command.clear(), *CHECKED]
        with self.assertRaisesRegex(UserError, "No case of 9.000005 takes the published term"):
            draft._check_publishable()
        draft.step_ids = PLAIN
        draft._check_publishable()

    def test_while_it_is_typed(self):
        drafts = self.model("manager", "tthc.procedure").with_context(default_state="draft")
        with Form(drafts) as form:
            form.code, form.name, form.sector_id = "9.000009", "Mới", self.civil
            form.duration, form.duration_unit = 1, "working_day"
            with form.step_ids.new() as step:
                step.name, step.duration = "Thẩm định", 0.75
            self.assertIn("off by -0,25", form.workflow_problem)
            with form.step_ids.edit(0) as step:
                step.duration = 1
            self.assertFalse(form.workflow_problem)

    def test_a_dossier_follows_the_case_of_the_published_term(self):
        procedure = self.published(step_ids=CHECKED + PLAIN, case_ids=CASE)
        with at("2023-06-05"):
            dossier = self.received(procedure_id=procedure.id)
            followed = [name for name, *_ in dossier._workflow_steps()]
        self.assertEqual(followed, ["Bước 0", "Bước 1", "Bước 2", "Bước 3"])
        self.assertTrue(procedure.terms().signed)

    def test_another_agency_signs_nothing_here(self):
        procedure = self.published(
            step_ids=steps(
                "", ("counter", 0.5), ("officer", 1.5), ("agency", 3, "province"), ("counter", 0)
            )
        )
        self.assertFalse(procedure.terms().signed)
        dossier = self.received(procedure_id=procedure.id)
        with at("2023-06-06"):
            self.as_user("officer", dossier).action_process()
            labels = [role for _name, role, *_ in dossier._workflow_steps()]
            self.assertEqual(labels[2], "Another agency")
            self.as_user("officer", dossier).action_settle()
        self.assertEqual(dossier.status, "settled")

    def test_whether_there_is_one(self):
        draft = self.draft()
        found = [("has_workflow", "=", True), ("id", "=", draft.id)]
        self.assertFalse(draft.search_count(found))
        with self.assertRaisesRegex(UserError, "no workflow"):
            draft.action_print_workflow()
        draft.step_ids = PLAIN
        self.assertTrue(draft.search_count(found))
        self.assertEqual(draft.action_print_workflow()["url"], f"/tthc/workflow/{draft.id}")
        draft.step_ids = [Command.clear()]
        self.assertFalse(draft.search_count(found))


@tagged("post_install", "-at_install")
class TestWorkflowSheet(WorkflowCase):
    def pages(self, **values):
        procedure = self.draft(**values)
        reader = procedure.with_user(self.users["officer"]).with_company(self.company)
        pages = PdfReader(io.BytesIO(reader.workflow_pdf())).pages
        return pages, " ".join(" ".join(page.extract_text() for page in pages).split())

    def test_sheet(self):
        """A4, Vietnamese whoever prints it, with each part, sub-totals and totals."""
        pages, text = self.pages(
            sets=2,
            conditions="Hai bên phải có mặt",
            fee_text="Miễn (mức 2023: không tìm được)",
            duration_max_text="08 ngày làm việc (memory)",
            result_name="Giấy chứng nhận kết hôn",
            result_code="KQ.G15.000032",
            step_ids=steps(
                "", ("counter", 0.25), ("officer", 1.75), ("agency", 3, "province"), ("counter", 0)
            )
            + CHECKED,
            case_ids=CASE,
            legal_basis_ids=[Command.create({"name": "Luật Hộ tịch", "number": "60/2014/QH13"})],
            channel_ids=[Command.create({"channel": "online", "duration_text": "05 ngày"})],
            document_ids=[
                Command.create({"name": "Lưu ý gì đó", "kind": "note"}),
                Command.create({"name": "Tờ khai", "originals": 1}),
                Command.create({"name": "Giấy tờ tùy thân", "kind": "show"}),
                Command.create({"name": "Biên bản", "case": "Bị bỏ rơi", "copies": 2}),
            ],
        )
        size = [round(float(side) / 72 * 25.4) for side in pages[0].mediabox[2:]]
        self.assertEqual(size, [210, 297])
        for words in (
            "UBND XÃ THỬ NGHIỆM",
            "9.000005.000.00.00.H23",
            "Luật Hộ tịch (60/2014/QH13)",
            "Hai bên phải có mặt",
            "Giấy tờ phải nộp 1 Tờ khai 01 Giấy tờ phải nộp – Bị bỏ rơi 2 Biên bản 02",
            "Giấy tờ phải xuất trình 3 Giấy tờ tùy thân Lưu ý Lưu ý gì đó",
            "Số lượng hồ sơ: 02 bộ",
            "Thời gian giải quyết: 05 ngày làm việc",
            "Trực tuyến 05 ngày",
            "Cấp xã 1 Bước 0",
            "0,25",
            "Cộng cấp xã 02",
            "Cấp tỉnh 3 Bước 2",
            "Không tính thời gian",
            "Cộng cấp tỉnh 03",
            "Tổng thời gian giải quyết TTHC 05",
            "Phải xác minh",
            "Trường hợp phải xác minh: 08 ngày làm việc 4.5",
            "Phí, lệ phí Miễn",
            "Tổng thời gian giải quyết TTHC 08",
            "Giấy chứng nhận kết hôn (KQ.G15.000032)",
        ):
            self.assertIn(words, text)
        self.assertNotIn("không tìm được", text)

    def test_a_bare_one(self):
        """One level has no sub-total; a part that is empty has no heading without a text."""
        _, text = self.pages(step_ids=steps("", ("officer", 5)))
        self.assertIn("Chưa có thành phần hồ sơ", text)
        self.assertNotIn("Cộng cấp xã", text)
        self.assertNotIn("Căn cứ pháp lý", text)
        self.assertNotIn("False", text)


@tagged("post_install", "-at_install")
class TestWorkflowOverHttp(HttpCase, WorkflowCase):
    @mute_logger("odoo.http")
    def test_who_gets_the_sheet(self):
        """Who reads the catalogue; nobody from outside, and nothing where there are no steps."""
        draft = self.draft(step_ids=PLAIN)
        address = f"/tthc/workflow/{draft.id}"
        self.assertIn("/web/login", self.url_open(address).url)
        self.authenticate("test_officer", "test_officer")
        answer = self.url_open(address)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        draft.step_ids = [Command.clear()]
        for missing in (address, "/tthc/workflow/0"):
            self.assertEqual(self.url_open(missing).status_code, 404)
        new_test_user(self.env, "test_citizen", groups="base.group_portal")
        self.authenticate("test_citizen", "test_citizen")
        self.assertEqual(self.url_open(address).status_code, 403)
