from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import DossierCase

PROPOSERS = ("counter", "officer")
OTHERS = ("leader", "communication", "finance", "auditor")
PARTS = (
    "tthc.procedure",
    "tthc.procedure.document",
    "tthc.procedure.step",
    "tthc.procedure.legal.basis",
)


class ProposalCase(DossierCase):
    def proposed(self, group="officer", **values):
        """A draft that a user of a group has made of the procedure "days"."""
        version = self.as_user(group, self.procedures["days"])
        draft = version.browse(version.action_new_version()["res_id"])
        draft.write({"proposal_reason": "Giấy chứng sinh không cần nữa", **values})
        return draft


@tagged("post_install", "-at_install")
class TestProcedureProposal(ProposalCase):
    def test_the_way_of_a_proposal(self):
        for group in PROPOSERS:
            with self.subTest(group=group):
                draft = self.proposed(group, name=f"Tên do {group} đề xuất")
                draft.document_ids[0].unlink()
                draft.document_ids[0].copies = 2
                draft.write({"legal_basis_ids": [(0, 0, {"name": "Luật"})]})
                self.assertEqual(draft.proposal_state, "open")
                draft.action_submit_proposal()
                self.assertEqual(draft.proposal_state, "submitted")
                asked = draft.sudo().activity_ids.user_id
                self.assertEqual(asked, self.users["manager"] + self.users["statistician"])
                for call in (
                    lambda d=draft: d.write({"name": "x"}),
                    lambda d=draft: d.document_ids[0].write({"name": "x"}),
                    lambda d=draft: d.unlink(),
                    lambda d=draft: d.action_submit_proposal(),
                ):
                    with self.assertRaises(AccessError):
                        call()
                judged = self.as_user("statistician", draft)
                with self.assertRaisesRegex(UserError, "why it is sent back"):
                    judged.action_return_proposal()
                judged.action_return_proposal("Thiếu căn cứ")
                self.assertEqual(draft.proposal_answer, "Thiếu căn cứ")
                self.assertEqual(draft.sudo().activity_ids.user_id, self.users[group])
                draft.name = "Sửa lại"
                draft.action_submit_proposal()
                judged.decision_id = self.decision()
                judged.action_publish()
                self.assertEqual((draft.state, draft.proposal_state), ("published", "approved"))
                self.assertFalse(draft.sudo().activity_ids)
                told = self.env["mail.notification"].search(
                    [
                        ("mail_message_id.model", "=", draft._name),
                        ("mail_message_id.res_id", "=", draft.id),
                    ]
                )
                self.assertEqual(told.res_partner_id, self.users[group].partner_id)

    def test_a_reason_is_needed(self):
        draft = self.proposed(proposal_reason=" ")
        with self.assertRaisesRegex(UserError, "why the change is proposed"):
            draft.action_submit_proposal()

    def test_the_rest_is_out_of_reach(self):
        """What is published, and what another proposes: by every way that changes it."""
        drafts = {
            "published": self.procedures["days"],
            "of the manager": self.procedures["days"].copy(),
            "of a colleague": self.proposed("counter").sudo(),
        }
        for what, version in drafts.items():
            record = self.as_user("officer", version)
            part = record.document_ids[0]
            for number, call in enumerate(
                (
                    lambda r=record: r.write({"name": "x"}),
                    lambda r=record: r.write({"proposal_state": "open"}),
                    lambda r=record: r.unlink(),
                    lambda r=record: r.write({"document_ids": [(5,)]}),
                    lambda p=part: p.write({"name": "x"}),
                    lambda p=part: p.unlink(),
                    lambda p=part, r=record: p.create({"procedure_id": r.id, "name": "x"}),
                    lambda r=record: r.action_publish(),
                    lambda r=record: r.action_return_proposal("x"),
                )
            ):
                with self.subTest(what, call=number), self.assertRaises(UserError):
                    call()
        self.assertEqual(len(self.procedures["days"].document_ids), 2)

    def test_a_proposal_is_not_moved_into_what_is_published(self):
        draft = self.proposed()
        for target in (self.procedures["days"], self.procedures["days"].copy()):
            with self.assertRaises(UserError):
                draft.document_ids[0].write({"procedure_id": target.id})

    def test_nobody_approves_by_writing(self):
        draft = self.proposed()
        for vals in (
            {"proposal_state": "approved"},
            {"state": "published"},
            {"proposal_answer": "Được"},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                draft.write(vals)
        self.assertEqual((draft.state, draft.proposal_state), ("draft", "open"))

    def test_others_do_not_propose(self):
        for group in OTHERS:
            with self.subTest(group=group), self.assertRaises(AccessError):
                self.as_user(group, self.procedures["days"]).action_new_version()

    def test_both_a_specialist_and_the_statistician(self):
        """More than one role gives more, not less."""
        self.users["officer"].group_ids += self.env.ref("tthc_onestop.group_statistician")
        draft = self.as_user("officer", self.procedures["days"].copy())
        draft.name = "x"
        draft.decision_id = self.decision()
        draft.action_publish()
        self.assertEqual(draft.state, "published")


@tagged("post_install", "-at_install")
class TestProposalOverRpc(ProposalCase, HttpCase):
    def call(self, record, method, *args):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{record._name}/{method}",
            {"model": record._name, "method": method, "args": [record.ids, *args], "kwargs": {}},
        )

    @mute_logger("odoo.http")
    def test_roles(self):
        """What each role may over RPC: change a draft, publish it, touch what is published."""
        published = self.procedures["days"]
        for group in (*PROPOSERS, *OTHERS, "statistician", "manager"):
            draft = self.procedures["hours"].copy({"decision_id": self.decision().id})
            edits = group in ("statistician", "manager")
            self.authenticate(f"test_{group}", f"test_{group}")
            for record, method, args, allowed in (
                (draft, "write", ({"note": "x"},), edits),
                (draft.document_ids[0], "write", ({"note": "x"},), edits),
                (draft, "action_publish", (), edits),
                (published, "write", ({"note": "x"},), False),
                (published, "unlink", (), False),
                (published.document_ids, "unlink", (), False),
                (published, "_keep_state", ("draft",), False),
                (published, "publish_under", (draft.decision_id.id,), False),
            ):
                with self.subTest(group=group, method=method, model=record._name):
                    if allowed:
                        self.call(record, method, *args)
                    else:
                        with self.assertRaises(Exception) as refused:  # noqa: B017
                            self.call(record, method, *args)
                        self.assertRegex(
                            str(refused.exception),
                            "odoo.exceptions|Private|access|decided|not allowed",
                        )
            self.assertEqual(draft.state, "published" if edits else "draft")
        self.assertFalse(published.note)
