import base64
import json

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .feedback_common import FeedbackCase

SECRET = "Đòi tiền bồi dưỡng"


@tagged("post_install", "-at_install")
class TestFeedbackHidden(FeedbackCase, HttpCase):
    """What a complained-about officer gets over the wire of what is about them: nothing."""

    def setUp(self):
        super().setUp()
        self.users["neighbour"] = self.new_user("test_neighbour", "counter")
        export = self.env.ref("base.group_allow_export")
        export.user_ids += self.env["res.users"].union(*self.users.values())
        self.feedback = self.entered(content=SECRET, subject=SECRET, by="leader")
        self.note = self.feedback.message_post(body=SECRET)
        self.file = self.env["ir.attachment"].create(
            {
                "name": f"{SECRET}.pdf",
                "datas": base64.b64encode(b"%PDF-1.4 bi mat"),
                "res_model": self.feedback._name,
                "res_id": self.feedback.id,
            }
        )
        self.as_user("leader", self.feedback).action_classify(
            {"category": "conduct", "accused_ids": self.users["counter"].ids}
        )
        self.feedback.flush_recordset()

    def rpc(self, path, **params):
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        headers = {"Content-Type": "application/json"}
        return self.url_open(path, data=json.dumps(body), headers=headers).text

    def call(self, model, method, *args, **kwargs):
        path = f"/web/dataset/call_kw/{model}/{method}"
        return self.rpc(path, model=model, method=method, args=args, kwargs=kwargs)

    def everything(self):
        """All that the server answers to the ways of asking that a browser has."""
        model, one = "tthc.feedback", self.feedback.id
        only, shown = [("id", "=", one)], {"subject": {}, "content": {}, "accused_ids": {}}
        of_it = [("res_id", "=", one), ("res_model", "=", model)]
        yield self.call(model, "web_read", [one], specification=shown)
        yield self.call(model, "search_read", only, ["subject", "content"])
        yield self.call(model, "web_search_read", domain=only, specification=shown)
        yield self.call(model, "web_search_read", domain=[], specification=shown)
        yield self.call(model, "name_search", SECRET[:9])
        yield self.call(model, "web_name_search", SECRET[:9], {"display_name": {}})
        yield self.call(model, "export_data", [one], ["content"])
        for method in ("web_read_group", "formatted_read_group"):
            yield self.call(model, method, only, groupby=["subject"], aggregates=["__count"])
        yield self.call(model, "action_open_duplicates", [one])
        bar = {"field": "status", "colors": {"classified": "success"}}
        yield self.call(model, "read_progress_bar", only, group_by="subject", progress_bar=bar)
        yield self.call("mail.activity", "formatted_read_group", of_it, ["res_name"], ["__count"])
        yield self.call("ir.attachment", "name_search", SECRET[:9])
        yield self.call("ir.attachment", "formatted_read_group", of_it, ["name"], ["__count"])
        thread = {"thread_model": model, "thread_id": one, "request_list": ["attachments"]}
        wanted = [["mail.thread", thread], "systray_get_activities", "init_messaging"]
        yield self.rpc("/mail/data", fetch_params=wanted)
        asked = {"default_move": "publish", "default_feedback_ids": [one]}
        move, fields = "tthc.feedback.move", ["move", "question"]
        yield self.call(move, "default_get", fields, context=asked)
        values, seen = {"move": "link", "feedback_ids": [[4, one]]}, {"fields": {"subject": {}}}
        yield self.call(move, "web_save", [], values, specification={"feedback_ids": seen})
        yield self.call("tthc.feedback.event", "search_read", [("feedback_id", "=", one)])
        yield self.call("mail.message", "search_read", [("id", "=", self.note.id)], ["body"])
        yield self.call("mail.message", "search_read", [("body", "ilike", SECRET)], ["body"])
        yield self.call("mail.activity", "search_read", of_it, ["res_name", "summary"])
        yield self.call("ir.attachment", "search_read", of_it, ["name", "datas"])
        yield self.rpc("/mail/thread/messages", thread_model=model, thread_id=one)
        yield self.url_open(f"/web/content/{self.file.id}").text
        yield self.url_open(f"/web/content/{model}/{one}/content").text
        yield self.url_open(f"/tthc/feedback/{one}/receipt").text

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_over_the_wire(self):
        for group in ("counter", "neighbour", "statistician"):
            login = self.users[group].login
            self.authenticate(login, login)
            for number, said in enumerate(self.everything()):
                said = said.encode().decode("unicode_escape", "ignore") + said
                with self.subTest(group=group, number=number):
                    self.assertNotIn(SECRET, said)
                    self.assertNotIn("bi mat", said)
                    self.assertNotIn(self.feedback.name, said)

    def test_the_leader_gets_it_by_the_same_ways(self):
        """What finds nothing must be able to find something."""
        login = self.users["leader"].login
        self.authenticate(login, login)
        said = [json.loads(each)["result"] if each.startswith("{") else each for each in
                self.everything()]  # fmt: skip
        found = [SECRET in str(each) or "bi mat" in str(each) for each in said]
        self.assertGreaterEqual(sum(found), 21, found)
