from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.tthc_onestop.tests.common import GROUPS, DossierCase

READERS = {"counter", "officer", "statistician", "leader", "auditor"}
PERIOD = ("2023-03-15", "2023-06-14")


@tagged("post_install", "-at_install")
class TestReportAccess(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["portal"] = new_test_user(
            cls.env, login="test_report_portal", groups="base.group_portal"
        )
        cls.period = cls.env["tthc.report.period"].create(
            {"kind": "quarter", "year": 2023, "quarter": 2, "company_id": cls.company.id}
        )

    def allowed(self, allow, call):
        if allow:
            call()
        else:
            with self.assertRaises(AccessError):
                call()

    def test_who_prepares_the_figures(self):
        for group in GROUPS:
            period = self.period.with_user(self.users[group])
            with self.subTest(group=group):
                self.allowed(group == "statistician", period.action_collect)

    def test_a_specialist_sees_the_sheet_of_their_sectors(self):
        """Also when the figures of all sectors have been collected."""
        self.received("2023-03-20")
        self.received("2023-03-20", procedure="calendar")
        self.period.action_collect()
        for group, count in [("officer", 1), ("leader", 2)]:
            sheet = self.period.with_user(self.users[group]).sheets["II.06a"]
            self.assertEqual(sheet["total"]["values"]["3"], count, group)

    def test_who_gets_figures(self):
        self.received("2023-03-20")
        self.received("2023-03-20", procedure="calendar")
        for group in [*GROUPS, "portal"]:
            report = self.model(group, "tthc.report")
            arguments = ("II.06a", *PERIOD, self.company.id)
            with self.subTest(group=group):
                if group not in READERS:
                    with self.assertRaises(AccessError):
                        report.get_figures(*arguments)
                    continue
                count = 1 if group == "officer" else 2
                self.assertEqual(report.get_figures(*arguments)["total"]["values"]["3"], count)
                ids = report.get_dossier_ids("II.06a", "3", *PERIOD, None, self.company.id)
                self.assertEqual(len(ids), count)
                found = self.model(group).search([("id", "in", ids)])
                self.assertEqual(len(found), count, "the same as may be seen")


@tagged("post_install", "-at_install")
class TestReportDownload(HttpCase, DossierCase):
    def test_files_over_http(self):
        period = self.env["tthc.report.period"].create(
            {"kind": "quarter", "year": 2023, "quarter": 2, "company_id": self.company.id}
        )
        other = period.copy({"company_id": self.env["res.company"].create({"name": "Khác"}).id})
        new_test_user(self.env, login="test_portal", groups="base.group_portal")
        for kind, magic in [("xlsx", b"PK"), ("pdf", b"%PDF")]:
            self.authenticate(None, None)
            url = f"/tthc_reporting/period/{period.id}/{kind}"
            self.assertIn("/web/login", self.url_open(url).url)
            for group in [*GROUPS, "portal"]:
                self.authenticate(f"test_{group}", f"test_{group}")
                with self.subTest(group=group, kind=kind), mute_logger("odoo.http"):
                    status = 200 if group in READERS else 403
                    self.assertEqual(self.url_open(url).status_code, status)
                    there = self.url_open(url.replace(str(period.id), str(other.id)))
                    self.assertEqual(there.status_code, 403)
            self.authenticate("test_leader", "test_leader")
            answer = self.url_open(url)
            self.assertTrue(answer.content.startswith(magic))
            name = f"bieu-mau_20230315_20230614.{kind}"
            self.assertIn(name, answer.headers["Content-Disposition"])
            missing = self.url_open(url.replace(str(period.id), "999999"))
            self.assertEqual(missing.status_code, 404)
