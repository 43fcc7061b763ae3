from .common import DossierCase, at

CRITERIA = dict.fromkeys(
    (
        "criterion_necessary",
        "criterion_lawful",
        "criterion_simple",
        "criterion_feasible",
        "criterion_consistent",
        "criterion_treaties",
    ),
    "yes",
)


class FeedbackCase(DossierCase):
    """Feedback as the people of a commune enter and handle it."""

    def entered(self, day="2023-06-05", hour="09:00", by="statistician", **values):
        """A feedback entered on a day at an hour of the commune (2023-06-05 is a Monday)."""
        with at(day, hour):
            created = self.model(by, "tthc.feedback").create(
                {
                    "subject": "Chờ lâu",
                    "content": "Nộp hồ sơ khai sinh phải chờ cả buổi sáng.",
                    "sender_name": "Nguyễn Thị Đào",
                    "sender_address": "Thôn Đoài",
                    "sender_phone": "0912345678",
                    "channel": "paper",
                    "company_id": self.company.id,
                    **values,
                }
            )
        return created.with_env(self.env)

    def classified(self, day="2023-06-05", values=(), **entered):
        feedback = self.entered(day, **entered)
        values = {
            "category": "regulation",
            "procedure_id": self.procedures["days"].id,
            "procedure_part": "documents",
            **dict(values),
        }
        with at(day, "10:00"):
            self.as_user("leader", feedback).action_classify(values)
        return feedback

    def assigned(self, day="2023-06-05", values=(), **entered):
        feedback = self.classified(day, values, **entered)
        with at(day, "11:00"):
            self.as_user("leader", feedback).action_assign(self.users["officer"].id)
        return feedback

    def submitted(self, day="2023-06-05", handed_in="2023-06-08", values=(), **entered):
        feedback = self.assigned(day, values, **entered)
        with at(handed_in):
            own = self.as_user("officer", feedback)
            own.write({"sufficient": "yes", "outcome": "propose", "answer": "Đã xem xét."})
            own.write(CRITERIA)
            own.action_submit()
        return feedback

    def answered(self, day="2023-06-05", answered="2023-06-09", values=(), **entered):
        feedback = self.submitted(day, day, values, **entered)
        with at(answered):
            leader = self.as_user("leader", feedback)
            leader.action_approve()
            if feedback.status != "answered":
                leader.action_send("post")
        return feedback


class FeedbackMailCase(FeedbackCase):
    """A commune whose feedback comes in by mail too, at phan-anh@xa.example."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create({"name": "xa.example"})
        cls.company.alias_domain_id = domain
        cls.company.tthc_feedback_alias = "phan-anh"

    def receive(self, message, day="2023-06-05"):
        """What the mail gateway makes of a message: the feedback that are new."""
        feedbacks = self.env["tthc.feedback"]
        before = feedbacks.search([])
        with at(day, "09:30"):
            self.env["mail.thread"].message_process(False, message)
        return feedbacks.search([]) - before

    def letters(self, feedback):
        return self.env["mail.mail"].sudo().search([("res_id", "=", feedback.id)])

    def told(self, feedback):
        """What somebody is told of it besides what is to be done next."""
        todo = self.env.ref("mail.mail_activity_data_todo")
        return feedback.activity_ids.filtered(lambda each: each.activity_type_id == todo)
