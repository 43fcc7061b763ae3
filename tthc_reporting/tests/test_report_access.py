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

    def test_every_group_and_verb(self):
        form = self.env.ref("tthc_reporting.form_ii_06a")
        for group in [*GROUPS, "portal"]:
            period = self.period.with_user(self.users[group])
            settings = form.with_user(self.users[group])
            reads, writes = group in READERS, group == "statistician"
            with self.subTest(group=group):
                self.allowed(reads, lambda period=period: period.read(["name", "sheet"]))
                self.allowed(
                    writes, lambda period=period: period.write({"hand_in_on": "2023-06-16"})
                )
                self.allowed(writes, lambda period=period: period.action_collect())
                self.allowed(writes, lambda period=period: period.copy({"year": 2040}))
                self.allowed(False, lambda period=period: period.unlink())
                may_see = reads or group == "manager"
                self.allowed(may_see, lambda settings=settings: settings.read(["code"]))
                self.allowed(
                    group == "manager", lambda settings=settings: settings.write({"name": "x"})
                )

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

    def test_another_commune(self):
        other = self.env["res.company"].create({"name": "UBND xã Khác"})
        for group in READERS:
            stranger = new_test_user(
                self.env,
                login=f"other_report_{group}",
                groups=f"tthc_onestop.group_{group}",
                company_id=other.id,
                company_ids=other.ids,
            )
            env = self.env(user=stranger, context={"allowed_company_ids": other.ids})
            with self.subTest(group=group):
                self.assertFalse(env["tthc.report.period"].search([("id", "=", self.period.id)]))
                with self.assertRaises(AccessError):
                    env["tthc.report.period"].browse(self.period.id).read(["sheet"])
                for call in ("get_figures", "get_dossier_ids"):
                    column = ("3",) if call == "get_dossier_ids" else ()
                    with self.assertRaises(AccessError):
                        getattr(env["tthc.report"], call)(
                            "II.06a", *column, *PERIOD, company_id=self.company.id
                        )


@tagged("post_install", "-at_install")
class TestReportDownload(HttpCase, DossierCase):
    def test_excel_over_http(self):
        period = self.env["tthc.report.period"].create(
            {"kind": "quarter", "year": 2023, "quarter": 2, "company_id": self.company.id}
        )
        url = f"/tthc_reporting/period/{period.id}/xlsx"
        self.assertIn("/web/login", self.url_open(url).url)
        for group, status in [("statistician", 200), ("officer", 200), ("finance", 403)]:
            self.authenticate(f"test_{group}", f"test_{group}")
            with self.subTest(group=group), mute_logger("odoo.http"):
                self.assertEqual(self.url_open(url).status_code, status)
        self.authenticate("test_leader", "test_leader")
        answer = self.url_open(url)
        self.assertTrue(answer.content.startswith(b"PK"))
        self.assertIn("II.06a_20230315_20230614.xlsx", answer.headers["Content-Disposition"])
        self.assertEqual(self.url_open(url.replace(str(period.id), "999999")).status_code, 404)
