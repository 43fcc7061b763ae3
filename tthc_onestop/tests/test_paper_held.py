from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DossierCase, at

FORM = "Tờ khai"


@tagged("post_install", "-at_install")
class TestPaperHeld(DossierCase):
    """The register of the papers held of a person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with at("2023-05-04"):
            cls.before = cls.settled("days")

    @classmethod
    def settled(cls, procedure, **values):
        dossier = cls.env["tthc.dossier"].create(
            {
                "procedure_id": cls.procedures[procedure].id,
                "applicant_name": "Nguyễn Thị Đào",
                "applicant_identity": "030185000123",
                "company_id": cls.company.id,
                **values,
            }
        )
        dossier.action_hand_in_all()
        dossier.action_receive()
        dossier.action_settle()
        return dossier

    def held(self, group="counter", dossier=None):
        return self.model(group, "tthc.paper.held").search(
            [("dossier_id", "=", (dossier or self.before).id)]
        )

    def test_what_is_in_it(self):
        """Each paper handed in with a settled dossier, once; none that was only shown."""
        with at("2023-06-05"):
            open_one = self.new()
            open_one.action_hand_in_all()
            open_one.action_receive()
            self.assertFalse(self.held(dossier=open_one))
            again = self.new("hours")
            again.action_reuse_all()
            again.action_receive()
            again.sudo().action_settle()
            self.assertFalse(self.held(dossier=again), "a reused paper stands by its source")
            [paper] = self.held()
        self.assertEqual(paper.name, FORM)
        self.assertEqual(paper.kind_id, self.env["tthc.paper.kind"].named(FORM))
        self.assertEqual(paper.holder_name, "Nguyễn Thị Đào")
        self.assertEqual(str(paper.accepted_on), "2023-05-04")
        self.assertEqual(paper.identity_masked, "•••••••••123")
        self.assertEqual(paper.state, "valid")
        self.assertFalse(paper.valid_until or paper.sha256)

    def test_a_result_is_in_it_for_each_kind_it_stands_for(self):
        self.revise("open", result_name="Giấy xác nhận thử; thẻ thử")
        self.env.flush_all()
        with at("2023-05-04"):
            source = self.settled("open", procedure_id=self.procedures["open"].id)
            source.action_record_result({"number": "12/GXN", "file": "JVBERi0xLjQ="})
            source.action_correct_result("Sai tên", {"number": "13/GXN", "file": "JVBERi0xLjQ="})
        given = self.held(dossier=source).filtered("result_id")
        self.assertEqual(sorted(given.mapped("name")), ["Giấy xác nhận thử", "Thẻ thử"])
        self.assertEqual(set(given.mapped("number")), {"13/GXN"}, "what is corrected is not held")
        self.assertEqual(set(map(len, given.mapped("sha256"))), {64})
        self.assertEqual(given.read(["number"])[0]["number"], "13/GXN", "found by its id")
        given[0].with_user(self.users["counter"]).action_revoke("Cấp sai")
        self.assertEqual(
            set(self.held(dossier=source).filtered("result_id").mapped("state")), {"revoked"}
        )

    def test_the_scan_in_use_is_told_by_its_hash(self):
        document = self.before.document_ids.filtered(lambda paper: paper.name == FORM)
        for content in ("JVBERi0xLjQ=", "JVBERi0xLjU="):
            document.file_ids.create(
                {"document_id": document.id, "name": "a.pdf", "content": content}
            )
        self.assertEqual(self.held().sha256, document.file_ids.sorted("id")[-1].sha256)

    def test_what_counts_no_more_is_not_offered(self):
        with at("2023-06-05"):
            dossier = self.new()
            self.assertTrue(dossier.offered_count)
            paper = self.held()
            with self.assertRaises(UserError):
                paper.action_revoke("  ")
            wizard = self.model("counter", "tthc.paper.revoke").with_context(
                **paper.action_ask_revoke()["context"]
            )
            wizard.create({"reason": "Giấy tờ giả"}).action_confirm()
            self.env.invalidate_all()
            self.assertFalse(dossier.offered_count)
            self.assertEqual(paper.state, "revoked")
            self.assertEqual(paper.revoked_reason, "Giấy tờ giả")
            self.assertEqual(paper.revoked_by_id, self.users["counter"])
            with self.assertRaises(UserError):
                paper.action_revoke("Lần nữa")

    def test_states_are_found_as_they_are_shown(self):
        papers = self.model("counter", "tthc.paper.held")
        of_commune = [("company_id", "=", self.company.id)]
        with at("2023-05-10"):
            late = self.settled("hours", applicant_identity="030185000456")
            self.settled("days", applicant_identity="030185000789")
        self.company.tthc_reuse_days = 30
        self.held(dossier=late).action_revoke("Hết giá trị")
        with at("2023-06-05"):
            for state in ("valid", "expired", "revoked"):
                with self.subTest(state):
                    found = papers.search([*of_commune, ("state", "=", state)])
                    self.assertEqual(found.mapped("state"), [state])

    def test_found_by_their_ids(self):
        """Which are reckoned from those of papers, or of results with kinds."""
        self.revise("open", result_name="Giấy xác nhận thử; thẻ thử")
        with at("2023-05-04"):
            source = self.settled("open", procedure_id=self.procedures["open"].id)
            source.action_record_result({"number": "12/GXN", "file": "JVBERi0xLjQ="})
        held = self.held(dossier=source)
        self.assertEqual(len(held), 3)
        for domain, expected in (
            ([("id", "in", held.ids)], held),
            ([("id", "=", held[0].id)], held[0]),
            *(
                ([("dossier_id", "=", source.id), ("id", "not in", (held - one).ids)], one)
                for one in held
            ),
            *(
                (["!", ("id", "in", (held - one).ids), ("dossier_id", "=", source.id)], one)
                for one in held
            ),
            ([("id", "in", [])], held.browse()),
            ([("id", "in", [False, held[0].id])], held[0]),
        ):
            with self.subTest(domain):
                self.assertEqual(held.browse().search(domain), expected)

    def test_pages_are_as_if_all_was_sorted(self):
        """The first pages look among the newest dossiers alone."""
        for day in range(8, 13):
            with at(f"2023-05-{day:02}"):
                self.settled("days", applicant_identity="030185000789")
        papers = self.model("counter", "tthc.paper.held").with_context(
            allowed_company_ids=self.company.ids
        )
        every = papers.search([]).ids
        self.assertEqual(len(every), 6)
        for domain in ([], [("identity", "=", "030185000123")]):
            for offset in range(0, 7, 2):
                with self.subTest(domain, offset=offset):
                    page = papers.web_search_read(domain, {"number": {}}, offset=offset, limit=2)
                    expected = papers.search(domain, offset=offset, limit=2).ids
                    self.assertEqual([paper["id"] for paper in page["records"]], expected)
                    if expected:
                        self.assertEqual(page["length"], papers.search_count(domain))

    def test_who_may_revoke(self):
        for group in ("auditor", "statistician", "finance", "communication", "manager"):
            with self.subTest(group), self.assertRaises(AccessError):
                self.held().with_user(self.users[group]).action_revoke("x")
        with at("2023-05-04"):
            unassigned = self.settled("calendar")
        paper = self.held(dossier=unassigned)
        with self.assertRaises(AccessError):
            paper.with_user(self.users["officer"]).action_revoke("x")
        self.held().with_user(self.users["officer"]).action_revoke("Giấy tờ giả")
        self.assertEqual(self.held().state, "revoked")

    def test_no_identity_number_leaves_in_a_file(self):
        self.users["counter"].group_ids += self.env.ref("base.group_allow_export")
        [[number]] = self.held().export_data(["identity"])["datas"]
        self.assertEqual(number, "•••••••••123")

    def test_the_database_keeps_one_revocation(self):
        self.held().action_revoke("Giấy tờ giả")
        values = self.env["tthc.paper.revocation"].search([], limit=1).copy_data()[0]
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env["tthc.paper.revocation"].create(values)
