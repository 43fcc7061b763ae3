from datetime import datetime

from lxml import html

from odoo.tests import tagged

from .common import DossierCase, at

STEPS = (
    ("Tiếp nhận, chuyển hồ sơ", "counter", 0.5),
    ("Thẩm định", "officer", 3),
    ("Ký duyệt", "leader", 1),
    ("Trả kết quả", "counter", 0.5),
)


@tagged("post_install", "-at_install")
class TestDossierWorkflow(DossierCase):
    def setUp(self):
        super().setUp()
        self.revise(
            step_ids=[
                (0, 0, {"name": name, "role": role, "duration": duration, "sequence": number})
                for number, (name, role, duration) in enumerate(STEPS)
            ]
        )

    def rows(self, dossier, group="officer"):
        """The table as a user sees it: step, due, state."""
        self.env.invalidate_all()
        table = html.fromstring(self.as_user(group, dossier).workflow)
        cells = [
            [" ".join(cell.text_content().split()) for cell in row] for row in table.iter("tr")
        ]
        return [(step, due, state) for step, _, due, state in cells[1:]]

    def states(self, dossier):
        return [state for *_, state in self.rows(dossier)]

    def test_through_its_life(self):
        dossier = self.received()
        self.assertEqual(
            [due for _, due, _ in self.rows(dossier)],
            ["06/06/2023 17:00", "09/06/2023 17:00", "12/06/2023 17:00", "12/06/2023 17:00"],
        )
        with at("2023-06-06"):
            self.assertEqual(self.states(dossier), ["Now", "", "", ""])
            self.as_user("counter", dossier).action_process()
            self.assertEqual(self.states(dossier), ["Done", "Now", "", ""])
        with at("2023-06-09", "17:30"):
            self.assertEqual(self.states(dossier), ["Done", "Late", "", ""])
            self.as_user("officer", dossier).action_submit_for_signature()
            self.assertEqual(self.states(dossier), ["Done", "Done", "Now", ""])
        with at("2023-06-13"):
            self.assertEqual(self.states(dossier), ["Done", "Done", "Late", "Late"])
            self.as_user("leader", dossier).action_approve()
            self.assertEqual(self.states(dossier), ["Done", "Done", "Done", "Now"])
            self.as_user("counter", dossier).action_return()
            self.assertEqual(self.states(dossier), ["Done"] * 4)

    def test_a_pause_moves_the_steps_not_due_yet(self):
        dossier = self.received()
        with at("2023-06-09"):
            self.as_user("officer", dossier).action_request_supplement("Thiếu ảnh")
        with at("2023-06-13"):
            self.as_user("counter", dossier).action_resume()
            dues = [due[:5] for _, due, _ in self.rows(dossier)]
        self.assertEqual(dues, ["06/06", "13/06", "14/06", "14/06"])
        self.assertEqual(dossier.due_at, datetime(2023, 6, 14, 10))

    def test_the_date_promised_is_the_last(self):
        """Until a leader agrees to what a changed calendar gives."""
        dossier = self.received()
        with at("2023-06-06"):
            day = self.env["tthc.calendar.day"].create(
                {
                    "year_id": self.env.ref("tthc_onestop.calendar_2023").id,
                    "date": "2023-06-08",
                    "name": "Ngày nghỉ mới",
                }
            )
            dues = [due[:5] for _, due, _ in self.rows(dossier)]
            self.assertEqual(dues, ["06/06", "12/06", "12/06", "12/06"])
            self.as_user("leader", dossier).action_reschedule(day.name)
            dues = [due[:5] for _, due, _ in self.rows(dossier)]
            self.assertEqual(dues, ["06/06", "12/06", "13/06", "13/06"])

    def test_without_dates(self):
        """There is no workflow, or nothing is received yet; a later version changes no dossier."""
        dossier = self.received()
        rows = self.rows(dossier)
        self.revise(duration=0, step_ids=False)
        self.assertFalse(self.received().workflow)
        self.revise(duration=2, step_ids=[(0, 0, {"name": "Một bước", "duration": 2})])
        self.assertEqual(self.rows(dossier), rows)
        with at("2023-06-05"):
            self.assertEqual(self.rows(self.new(), "counter"), [("Một bước", "", "Now")])
