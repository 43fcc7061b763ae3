from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import DossierCase, at

OTHER_PERSON = "030185000456"
FORM = "Tờ khai"  # the paper that every procedure of these tests asks for


@tagged("post_install", "-at_install")
class TestDossierReuse(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with at("2023-05-04"):
            cls.before = cls.settled(cls.company)

    @classmethod
    def settled(cls, company, procedure="days", **values):
        """A dossier whose paper was handed in, and that was settled and returned."""
        env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        dossier = env["tthc.dossier"].create(
            {
                "procedure_id": cls.procedures[procedure].id,
                "applicant_name": "Nguyễn Thị Đào",
                "applicant_identity": "030185000123",
                "company_id": company.id,
                **values,
            }
        )
        dossier.action_hand_in_all()
        dossier.action_receive()
        dossier.action_settle()
        dossier.action_return()
        return dossier.with_env(cls.env)

    def paper(self, dossier, name=FORM):
        return dossier.document_ids.filtered(lambda paper: paper.name == name)

    def test_a_paper_held_is_offered_and_reused(self):
        with at("2023-06-05"):
            dossier = self.new("hours")
            paper = self.paper(dossier)
            self.assertIn(self.before.name, paper.offer)
            self.assertIn("04/05/2023", paper.offer)
            self.assertEqual(paper.offered_from_id, self.paper(self.before))
            self.assertEqual(dossier.offered_count, 1, "what is only shown is not held")
            dossier.action_reuse_all()
            self.assertEqual(paper.digitisation, "reused_dossier")
            self.assertEqual(paper.reused_from_id, self.paper(self.before))
            self.assertTrue(paper.handed_in)
            self.assertFalse(paper.originals, "the receipt attests no sheet")
            self.assertEqual((dossier.reused_count, dossier.offered_count), (1, 0))
            with self.assertRaises(UserError):
                dossier.action_reuse_all()
            dossier.action_receive()
        found = self.model("leader").search([("reused_count", ">", 0)])
        self.assertEqual(found, dossier)
        [total] = self.model("leader").formatted_read_group([], [], ["reused_count:sum"])
        self.assertEqual(total["reused_count:sum"], 1)
        [slip] = dossier.slip_ids
        self.assertIn(
            {"name": f"{FORM} (đã có trong hồ sơ {self.before.name})", "originals": "–"},
            [{key: each[key] for key in ("name", "originals")} for each in slip.content["papers"]],
        )

    def test_what_is_not_offered(self):
        with at("2023-06-05"):
            # received only: nobody has said yet that its papers are right
            open_one = self.new(applicant_identity=OTHER_PERSON)
            open_one.action_hand_in_all()
            open_one.action_receive()
            for label, values in [
                ("another person", {"applicant_identity": OTHER_PERSON}),
                ("no number", {"applicant_identity": False}),
            ]:
                with self.subTest(label):
                    self.assertFalse(self.new(**values).offered_count)
            dossier = self.new()
            dossier.action_receive()
            self.assertFalse(dossier.offered_count, "the desk has decided on its papers")

    def test_during_a_supplement(self):
        with at("2023-06-05"):
            dossier = self.new("hours")
            dossier.action_receive()
            dossier.action_request_supplement("Thiếu tờ khai")
            dossier.action_reuse_all()
            dossier.action_resume()
        self.assertEqual(dossier.reused_count, 1)

    def test_a_reused_paper_is_offered_from_its_source(self):
        with at("2023-06-05"):
            second = self.new()
            second.action_reuse_all()
            second.action_receive()
            second.sudo().action_settle()
            self.assertEqual(self.paper(self.new()).offered_from_id, self.paper(self.before))

    def test_how_long_a_paper_is_valid(self):
        with at("2023-06-05"):
            for days, offered in ((0, 1), (32, 1), (31, 0)):
                self.company.tthc_reuse_days = days
                with self.subTest(days=days):
                    self.assertEqual(self.new().offered_count, offered)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.company.tthc_reuse_days = -1

    def test_a_result_is_offered(self):
        """What the commune itself issued is not asked for, until its validity ends."""
        version = self.revise("open", result_name="Giấy xác nhận (mã KQ.1); Bản trích lục")
        self.env.flush_all()
        asked = {"document_ids": [Command.create({"name": "giấy xác nhận"})]}
        with at("2023-05-04"):
            source = self.settled(self.company, procedure_id=version.id)
            source.action_record_result({"number": "12/GXN", "valid_until": "2023-06-06"})
        [result] = source.result_ids
        with at("2023-06-06"):
            dossier = self.new("hours", **asked)
            self.assertIn("12/GXN", dossier.document_ids.offer)
            self.assertEqual(dossier.document_ids.offered_result_id, result)
            dossier.document_ids.action_reuse()
            self.assertEqual(dossier.document_ids.digitisation, "reused_result")
            self.assertEqual(dossier.document_ids.reused_result_id, result)
        with at("2023-06-07"):
            self.assertFalse(self.new("hours", **asked).document_ids.offer)
        with at("2023-06-06"):
            source.action_correct_result("Sai tên", {"number": "13/GXN"})
            self.assertIn("13/GXN", self.new("hours", **asked).document_ids.offer)

    def test_a_paper_under_another_name(self):
        """Which names are of one paper is data, and counts for what is held already."""
        kinds = self.env["tthc.paper.kind"]
        kept, other = kinds.named(FORM), kinds.create({"name": "Tờ khai mẫu cũ"})
        asked = Command.create({"name": "TỜ KHAI mẫu cũ (CT01)"})
        self.revise("hours", document_ids=[asked])
        with at("2023-06-05"):
            dossier = self.new("hours")
            self.assertEqual(dossier.document_ids.kind_id, other)
            self.assertFalse(dossier.offered_count)
            for one, same in ((other, kept), (kept, other)):
                one.same_as_id = same
                self.env.invalidate_all()
                self.assertEqual(dossier.offered_count, 1)
                with self.assertRaises(ValidationError):
                    same.same_as_id = kinds.create({"name": "Thứ ba"})
                one.same_as_id = False
            kept.valid_days = 31
            self.env.invalidate_all()
            self.assertFalse(self.new().offered_count, "a kind may be valid for less")

    def test_what_is_typed_makes_no_kind(self):
        kinds = self.env["tthc.paper.kind"].search_count([])
        with at("2023-06-05"):
            paper = {"name": "Giấy của ông Nguyễn Văn An", "handed_in": True}
            self.new(document_ids=[Command.create(paper)])
        self.assertEqual(self.env["tthc.paper.kind"].search_count([]), kinds)

    def test_a_paper_says_its_end(self):
        with at("2023-05-04"):
            source = self.new("hours", applicant_identity=OTHER_PERSON)
            source.action_hand_in_all()
            self.paper(source).write(
                {"number": "07/GCN", "issued_on": "2023-01-02", "valid_until": "2023-06-05"}
            )
            source.action_receive()
            source.sudo().action_settle()
        for day, offered in (("2023-06-05", 1), ("2023-06-06", 0)):
            with at(day), self.subTest(day):
                dossier = self.new(applicant_identity=OTHER_PERSON)
                self.assertEqual(dossier.offered_count, offered)

    def test_a_dossier_opened_again_holds_nothing(self):
        with at("2023-06-05"):
            fresh = self.settled(self.company, "hours", applicant_identity=OTHER_PERSON)
            self.assertTrue(self.new(applicant_identity=OTHER_PERSON).offered_count)
            fresh.action_reopen("Sai sót")
            self.assertFalse(self.new(applicant_identity=OTHER_PERSON).offered_count)

    def test_asked_again_after_all(self):
        with at("2023-06-05"):
            dossier = self.new()
            paper = self.paper(dossier)
            for undo in (
                lambda: paper.write({"handed_in": False}),
                lambda: dossier.write({"applicant_identity": OTHER_PERSON}),
            ):
                dossier.action_reuse_all()
                undo()
                self.assertEqual(paper.digitisation, "none")
                self.assertFalse(paper.reused_from_id)
                self.assertFalse(paper.handed_in)
                self.assertEqual(paper.originals, 1)
                self.assertFalse(dossier.reused_count)

    def test_nobody_takes_the_paper_of_another_person(self):
        with at("2023-06-05"):
            paper = self.paper(self.new(applicant_identity=OTHER_PERSON))
            with self.assertRaises(ValidationError):
                paper.write(
                    {
                        "digitisation": "reused_dossier",
                        "reused_from_id": self.paper(self.before).id,
                    }
                )

    def test_who_is_offered_what(self):
        with at("2023-06-05"):
            dossier = self.new()
            for group in ("officer", "leader", "auditor"):
                with self.subTest(group):
                    self.assertTrue(self.as_user(group, dossier).offered_count)
                    with self.assertRaises(AccessError):
                        self.as_user(group, dossier).action_reuse_all()
            for group in ("finance", "statistician", "communication"):
                with self.subTest(group), self.assertRaises(AccessError):
                    self.as_user(group, dossier).read(["offered_count"])
            with self.assertRaises(AccessError):
                self.as_user("finance", dossier).read(["reused_count"])
            # a specialist sees nothing of sectors that are not theirs
            self.revise(sector_id=self.land.id)
            with at("2023-05-05"):
                self.settled(self.company, "calendar", applicant_identity=OTHER_PERSON)
            theirs = self.new("hours", applicant_identity=OTHER_PERSON)
            self.assertEqual(theirs.offered_count, 1)
            self.env.invalidate_all()
            self.assertFalse(self.as_user("officer", theirs).offered_count)

    def test_another_commune(self):
        """A clerk of another commune is offered nothing; one of both, nothing of the other."""
        other = self.env["res.company"].create({"name": "UBND xã Khác", "tthc_unit_code": "H23.1"})
        stranger = self.new_user("test_stranger_clerk", "counter")
        stranger.write({"company_ids": other.ids, "company_id": other.id})
        both = self.new_user("test_clerk_of_both", "counter")
        both.company_ids += other
        with at("2023-06-05"):
            for user, communes in ((stranger, other), (both, other + self.company)):
                model = self.env["tthc.dossier"].with_user(user)
                dossier = model.with_context(allowed_company_ids=communes.ids).create(
                    {
                        "procedure_id": self.procedures["days"].id,
                        "applicant_name": "Nguyễn Thị Đào",
                        "applicant_identity": "030185000123",
                        "company_id": other.id,
                    }
                )
                with self.subTest(user.login):
                    self.assertFalse(dossier.offered_count)
                    self.assertFalse(dossier.history_ids.filtered(lambda d: d.company_id != other))

    def test_at_the_form(self):
        """What is typed is looked up when the field is left, before anything is saved."""
        with at("2023-06-05"), Form(self.model("counter")) as form:
            form.procedure_id = self.procedures["hours"]
            form.applicant_name = "Nguyễn Thị Đào"
            self.assertFalse(form.offered_count)
            form.applicant_identity = "030 185 000 123"
            self.assertEqual(form.offered_count, 1)
            self.assertEqual(form.history_ids[:], self.before)

    def test_what_it_costs(self):
        """As many queries for a person with many papers as for one with few."""
        spent = []
        with at("2023-06-05"):
            dossier = self.new()
            for more in (0, 5):
                for _ in range(more):
                    self.settled(self.company, "hours")
                for _ in range(2):  # the first fills the caches of rights
                    self.env.flush_all()
                    self.env.invalidate_all()
                    start = self.cr.sql_log_count
                    self.assertTrue(dossier.offered_count)
                spent.append(self.cr.sql_log_count - start)
        self.assertEqual(spent[0], spent[1])
        self.assertLessEqual(spent[0], 10)
