import base64
from datetime import date

from psycopg2.errors import RaiseException

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from .common import DossierCase, at

PDF = base64.b64encode(b"%PDF-1.4 quy che")


class RegulationCase(DossierCase):
    def regulation(self, date_from="2023-01-02", issue=True, **values):
        found = self.model("statistician", "tthc.desk.regulation").create(
            {
                "company_id": self.company.id,
                "number": f"{date_from}/QĐ-UBND",
                "date": date_from,
                "signer_name": "Trần Xuân Mãng",
                "date_from": date_from,
                "text": "Điều 1. Giờ làm việc",
                **values,
            }
        )
        if issue:
            found.action_issue()
        return found


@tagged("post_install", "-at_install")
class TestRegulation(RegulationCase):
    def test_a_new_one_takes_the_place_of_the_one_before(self):
        first = self.regulation()
        amendment = self.regulation("2023-03-01", amends_id=first.id)
        second = self.regulation("2023-06-01")
        for ended in (first, amendment):
            self.assertEqual((ended.date_to, ended.replaced_by_id), (date(2023, 5, 31), second))
        self.assertFalse(second.date_to)
        for day, in_force in (
            ("2023-02-28", first),
            ("2023-03-01", first | amendment),
            ("2023-05-31", first | amendment),
            ("2023-06-01", second),
        ):
            with self.subTest(day=day), at(day):
                self.env.invalidate_all()
                found = first.search([("running", "=", True), ("company_id", "=", self.company.id)])
                self.assertEqual(found, in_force)
                public = first.public_now(self.company.id)
                self.assertEqual(public.ids, in_force.ids)

    def test_it_does_not_begin_before_the_one_it_replaces(self):
        first = self.regulation()
        self.regulation("2023-03-01", amends_id=first.id)
        for day in ("2023-01-02", "2023-02-01", "2023-03-01"):
            with self.subTest(day=day), self.assertRaisesRegex(UserError, "takes effect"):
                self.regulation(day)

    def test_an_amendment_is_of_one_in_force(self):
        first = self.regulation()
        draft = self.regulation("2023-02-01", issue=False)
        amendment = self.regulation("2023-03-01", amends_id=first.id)
        self.regulation("2023-06-01")
        for day, amended in (
            ("2022-12-31", first),
            ("2023-06-01", first),
            ("2023-03-01", draft),
            ("2023-04-01", amendment),
        ):
            with self.subTest(day=day), self.assertRaisesRegex(UserError, "while the regulation"):
                self.regulation(day, amends_id=amended.id)

    def test_what_is_amended_may_have_ended_meanwhile(self):
        first = self.regulation()
        amendment = self.regulation("2023-07-01", amends_id=first.id, issue=False)
        self.regulation("2023-06-01")
        with self.assertRaisesRegex(UserError, "while the regulation"):
            amendment.action_issue()

    def test_neither_text_nor_file(self):
        with self.assertRaisesRegex(UserError, "or its file"):
            self.regulation(text=False)
        with self.assertRaisesRegex(UserError, "is a PDF"):
            self.regulation(file=base64.b64encode(b"<script>"))
        self.regulation(text=False, file=PDF, filename="a.pdf")

    def test_what_was_issued_stays(self):
        found = self.regulation(file=PDF)
        for values in ({"text": "x"}, {"number": "1"}, {"file": False}):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                found.write(values)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            found.unlink()
        with self.assertRaisesRegex(UserError, "button"):
            found.write({"state": "draft"})
        with self.assertRaisesRegex(UserError, "begins as a draft"):
            self.regulation("2023-06-01", state="issued")
        with self.assertRaises(AccessError):
            self.as_user("leader", found).action_issue()

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_too(self):
        found = self.regulation(file=PDF)
        self.env.flush_all()
        for statement in (
            "UPDATE tthc_desk_regulation SET text = 'x' WHERE id = %s",
            "UPDATE tthc_desk_regulation SET file = NULL WHERE id = %s",
            "UPDATE tthc_desk_regulation SET state = 'draft' WHERE id = %s",
            "DELETE FROM tthc_desk_regulation WHERE id = %s",
        ):
            with (
                self.subTest(statement),
                self.assertRaisesRegex(RaiseException, "stays as it is"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(SQL(statement, found.id))
        draft = self.regulation("2023-06-01", issue=False)
        draft.text = "Điều 1. Sửa"
        draft.unlink()


@tagged("post_install", "-at_install")
class TestRegulationPage(RegulationCase, HttpCase):
    def test_everybody_reads_what_is_in_force(self):
        place = "/thu-tuc-hanh-chinh/quy-che"
        commune = f"?xa={self.company.id}"
        draft = self.regulation(issue=False, file=PDF, filename="quy-che.pdf")
        self.assertEqual(self.url_open(place + commune).status_code, 404)
        self.assertEqual(self.url_open(f"{place}/{draft.id}").status_code, 404)
        self.assertNotIn("Quy chế", self.url_open(f"/thu-tuc-hanh-chinh{commune}").text)
        draft.action_issue()
        self.regulation("2023-03-01", amends_id=draft.id, text="Điều 1a. Sáng thứ bảy")
        page = self.url_open(place + commune)
        self.assertEqual(page.status_code, 200)
        self.assertLess(page.text.index("Điều 1. Giờ làm việc"), page.text.index("Điều 1a."))
        self.assertIn(f"{place}{commune}", self.url_open(f"/thu-tuc-hanh-chinh{commune}").text)
        file = self.url_open(f"{place}/{draft.id}")
        self.assertEqual(
            (file.content, file.headers["Content-Type"]),
            (base64.b64decode(PDF), "application/pdf"),
        )
        self.assertEqual(self.url_open(f"{place}/0").status_code, 404)
