from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.tthc_onestop.tests.common import at

from ..models.report_quality import BLOCKING, PROBLEMS
from .test_report_seal import SealCase

# what the gate and the database never let happen, done behind their back
TAMPERED = {
    "settled_before_received": (
        "settled",
        "UPDATE tthc_dossier_event SET settled_on = '2023-05-20' WHERE dossier_id = {id}",
    ),
    "no_due_date": ("open", "UPDATE tthc_dossier_event SET due_on = NULL WHERE dossier_id = {id}"),
    "no_sector": ("open", "UPDATE tthc_dossier SET sector_id = NULL WHERE id = {id}"),
    "archived_sector": (
        "open",
        "UPDATE tthc_sector SET active = FALSE WHERE id = "
        "(SELECT sector_id FROM tthc_dossier WHERE id = {id})",
    ),
    "no_officer": (
        "settled",
        "UPDATE tthc_dossier_event SET to_status = 'processing', officer_id = NULL "
        "WHERE dossier_id = {id}",
    ),
    "received_before_filed": (
        "open",
        "UPDATE tthc_dossier SET submitted_at = '2023-06-06' WHERE id = {id}",
    ),
}


@tagged("post_install", "-at_install")
class TestReportQuality(SealCase):
    def tamper(self, statement):
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL session_replication_role = replica")
        self.env.cr.execute(statement)
        self.env.cr.execute("SET LOCAL session_replication_role = origin")
        self.env.invalidate_all()

    def test_nothing_is_wrong(self):
        self.assertFalse(self.quarter.quality)
        self.seal(self.quarter)
        self.assertFalse(self.quarter.quality)

    def test_each_problem_is_found_counted_and_opened(self):
        self.assertEqual(TAMPERED.keys(), PROBLEMS.keys())
        for kind, (name, statement) in TAMPERED.items():
            dossier = getattr(self, name)
            point = self.env.cr.savepoint()
            self.tamper(statement.format(id=dossier.id))
            with self.subTest(kind):
                [line] = [line for line in self.quarter.quality if line["kind"] == kind]
                self.assertEqual((line["count"], line["blocking"]), (1, kind in BLOCKING))
                action = self.quarter.action_open_problem(kind)
                self.assertEqual(action["domain"], [["id", "in", dossier.ids]])
                if kind in BLOCKING:
                    with self.assertRaisesRegex(UserError, f"{line['label']}: 1"):
                        self.seal(self.quarter)
                else:
                    self.assertTrue(self.seal(self.quarter))
            point.close(rollback=True)
            self.env.invalidate_all()

    def test_it_looks_at_the_cut_off(self):
        """What is wrong since, or was over before, is not of the period."""
        with at("2023-06-20"):
            self.as_user("counter", self.open).action_process(self.users["officer"].id)
        self.tamper(
            "UPDATE tthc_dossier_event SET officer_id = NULL, due_on = NULL "
            f"WHERE dossier_id = {self.open.id} AND counted_on > '2023-06-14'"
        )
        self.assertFalse(self.quarter.quality)
        after = self.quarter.create({"kind": "quarter", "year": 2023, "quarter": 3})
        self.assertEqual([line["kind"] for line in after.quality], ["no_due_date", "no_officer"])
        self.tamper(TAMPERED["settled_before_received"][1].format(id=self.settled.id))
        self.assertNotIn("settled_before_received", [line["kind"] for line in after.quality])

    def test_an_identity_that_fails_is_told(self):
        self.collect(self.quarter)
        figures = self.quarter.figures
        figures["II.06a"]["identities"][0]["holds"] = False
        self.quarter._write_kept({"figures": figures})
        [line] = self.quarter.quality
        self.assertTrue(line["blocking"])
        self.assertIn("(3) = (4) + (5) + (6)", line["label"])

    def test_each_is_told_of_the_own_sectors(self):
        self.tamper(TAMPERED["no_due_date"][1].format(id=self.open.id))  # of the other sector
        self.assertFalse(self.quarter.with_user(self.users["officer"]).quality)
        self.assertEqual(self.quarter.with_user(self.users["leader"]).quality[0]["count"], 1)
        for group in ("finance", "communication"):
            with self.assertRaises(AccessError):
                self.quarter.with_user(self.users[group]).action_open_problem("no_due_date")
        with self.assertRaisesRegex(UserError, "no problem"):
            self.quarter.action_open_problem("x")
