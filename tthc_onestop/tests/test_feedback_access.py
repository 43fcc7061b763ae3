import base64

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import at
from .feedback_common import FeedbackCase


@tagged("post_install", "-at_install")
class TestFeedbackAccess(FeedbackCase):
    """What is about an officer: they and their neighbours learn of it by no way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["neighbour"] = cls.new_user("test_neighbour", "counter")
        cls.users["colleague"] = cls.new_user("test_colleague", "officer")
        cls.users["second_leader"] = cls.new_user("test_second_leader", "leader")
        cls.civil.officer_ids += cls.users["colleague"]
        cls.env.ref("base.group_allow_export").user_ids += cls.env["res.users"].union(
            *cls.users.values()
        )

    def sees(self, group, feedback):
        """Whether a user learns of it: searching, counting, grouping, by its notes and files."""
        model, only = self.model(group, "tthc.feedback"), [("id", "=", feedback.id)]
        note = feedback.sudo().message_post(body="Ghi chú nội bộ")
        file = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": "a.pdf",
                    "datas": base64.b64encode(b"%PDF-1.4"),
                    "res_model": feedback._name,
                    "res_id": feedback.id,
                }
            )
        )
        user = self.users[group]

        def opens(record, field):
            return allows(record.with_user(user).read, [field])

        def allows(method, *arguments):
            try:
                return bool(method(*arguments))
            except AccessError:
                return False

        domain = [("content", "ilike", "cả buổi")]
        events = self.model(group, "tthc.feedback.event")
        todo = feedback.sudo().activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.env.ref("base.user_admin").id
        )
        messages, files = (self.model(group, name) for name in ("mail.message", "ir.attachment"))
        found = [
            bool(model.search(only)),
            bool(model.search_count(domain + only)),
            bool(model._read_group(only, [], ["__count"])[0][0]),
            bool(model._read_group(only, ["sender_name"], ["__count"])),
            bool(model.name_search(feedback.name)),
            bool(model.web_search_read(only, {"subject": {}})["length"]),
            bool(model.formatted_read_group(only, ["subject"], ["__count"])),
            bool(model.web_read_group(only, ["status"], ["__count"])["groups"]),
            allows(feedback.with_user(user).export_data, ["content"]),
            bool(events.search([("feedback_id", "=", feedback.id)])),
            bool(events._read_group([("feedback_id", "=", feedback.id)], ["kind"], ["__count"])),
            bool(messages.search([("id", "=", note.id)])),
            bool(messages.search([("model", "=", feedback._name), ("res_id", "=", feedback.id)])),
            bool(files.search([("id", "=", file.id)])),
            bool(files.search([("res_model", "=", feedback._name), ("res_id", "=", feedback.id)])),
            opens(feedback, "content"),
            opens(feedback.event_ids[:1], "kind"),
            opens(note, "body"),
            opens(file, "datas"),
        ]
        self.assertEqual(len({*found}), 1, f"{group} learns of it by some ways: {found}")
        # Odoo shows the activities of others to who may write alone
        told = self.model(group, "mail.activity").search([("id", "=", todo.id)])
        self.assertLessEqual(bool(told), found[0], group)
        return found[0]

    def who_sees(self, feedback):
        everybody = (
            "counter", "neighbour", "officer", "colleague", "statistician", "leader",
            "second_leader", "auditor",
        )  # fmt: skip
        return {group for group in everybody if self.sees(group, feedback)}

    def test_not_looked_at_yet(self):
        """It may be about anybody at the desk: the focal point and the leaders alone."""
        above = {"statistician", "leader", "second_leader", "auditor"}
        self.assertEqual(self.who_sees(self.entered()), above)
        typed = self.entered(by="counter")
        self.assertEqual(self.who_sees(typed), above | {"counter"}, "who took it down")
        self.as_user("leader", typed).action_classify({"category": "regulation"})
        self.assertEqual(self.who_sees(typed), above | {"counter", "neighbour"})

    def test_about_an_officer(self):
        leaders = {"leader", "second_leader", "auditor"}
        typed = self.entered(by="counter", about_officer=True)
        self.assertEqual(self.who_sees(typed), leaders | {"counter"})
        leader = self.as_user("leader", typed)
        values = {"category": "conduct", "procedure_id": self.procedures["days"].id}
        leader.action_classify(values | {"accused_ids": self.users["counter"].ids})
        self.assertTrue(typed.sensitive)
        self.assertEqual(self.who_sees(typed), leaders)
        leader.action_assign(self.users["colleague"].id)
        self.assertEqual(self.who_sees(typed), leaders | {"colleague"})

    def test_about_a_leader(self):
        feedback = self.entered()
        self.as_user("second_leader", feedback).action_classify(
            {"category": "conduct", "accused_ids": self.users["leader"].ids}
        )
        self.assertEqual(self.who_sees(feedback), {"second_leader", "auditor"})

    def test_nobody_handles_what_is_about_them(self):
        feedback = self.classified(
            values={"category": "conduct", "accused_ids": self.users["officer"].ids}
        )
        with self.assertRaisesRegex(Exception, feedback.name):
            self.as_user("leader", feedback).action_assign(self.users["officer"].id)

    def test_what_was_told_before_is_taken_back(self):
        feedback = self.classified(values={"category": "conduct"})
        officer, counter = self.users["officer"], self.users["counter"]
        feedback.message_subscribe(counter.partner_id.ids)
        note = feedback.message_post(body="Xem giúp", partner_ids=counter.partner_id.ids)
        feedback.activity_schedule("mail.mail_activity_data_todo", user_id=officer.id)
        mine = note.with_user(counter)
        self.assertTrue(mine.read(["body"]))
        values = {"category": "conduct", "sensitive": True}
        self.as_user("leader", feedback).action_classify(values)
        self.assertNotIn(counter.partner_id, feedback.message_partner_ids)
        with self.assertRaises(AccessError):
            mine.read(["body"])
        self.assertNotIn(officer, feedback.activity_ids.user_id)
        told = self.model("officer", "mail.activity").search_count([("res_id", "=", feedback.id)])
        self.assertFalse(told)

    def test_duplicates_follow(self):
        original, same = self.entered(), self.entered()
        self.as_user("leader", same).action_link(original.id)
        self.as_user("leader", original).action_classify(
            {"category": "conduct", "accused_ids": self.users["statistician"].ids}
        )
        self.assertNotIn("statistician", self.who_sees(same))

    def test_count_on_the_procedure(self):
        """A count tells too."""
        self.classified(values={"category": "conduct", "sensitive": True})
        procedure = self.procedures["days"]
        self.assertEqual(procedure.with_user(self.users["officer"]).feedback_count, 0)
        self.assertEqual(procedure.with_user(self.users["leader"]).feedback_count, 1)

    def test_wizard_leaves_what_is_not_seen_any_more(self):
        feedback = self.entered()
        wizard = self.model("statistician", "tthc.feedback.move").create(
            {
                "move": "classify",
                "feedback_ids": feedback.ids,
                "category": "conduct",
                "sensitive": True,
            }
        )
        self.assertEqual(wizard.action_confirm()["res_model"], "tthc.feedback")

    def test_complaint_leaves_nothing(self):
        feedback = self.entered(sender_email="dao@example.vn", proposal="Kỷ luật")
        feedback.message_post(body="Bị đánh", attachments=[("don.pdf", b"%PDF-1.4")])
        with at("2023-06-06"):
            self.as_user("leader", feedback).action_route_out("denunciation")
        self.assertEqual((feedback.status, feedback.refusal_kind), ("refused", "denunciation"))
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(f)::text FROM tthc_feedback f WHERE id = %s", [feedback.id]
        )
        left = self.env.cr.fetchone()[0]
        for word in ("buổi", "Đào", "Đoài", "0912345678", "dao@example", "Kỷ luật", "lâu"):
            self.assertNotIn(word, left)
        attached = [("res_model", "=", feedback._name), ("res_id", "=", feedback.id)]
        self.assertFalse(self.env["ir.attachment"].sudo().search_count(attached))
        self.assertFalse(self.env["mail.message"].sudo().search_count([
            ("model", "=", feedback._name), ("res_id", "=", feedback.id), ("body", "ilike", "đánh"),
        ]))  # fmt: skip
        letter = self.env["mail.mail"].sudo().search([("email_to", "=", "dao@example.vn")])
        self.assertIn("tố cáo", "".join(letter.mapped("body_html")))
        self.assertNotIn("buổi", "".join(letter.mapped("body_html")))

    def test_complainant_is_named(self):
        feedback = self.entered()
        self.as_user("leader", feedback).action_route_out("complaint")
        self.assertEqual(feedback.sender_name, "Nguyễn Thị Đào")
        self.assertFalse(feedback.sender_phone)
