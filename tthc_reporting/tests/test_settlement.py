from collections import Counter
from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.tthc_onestop.models.res_company import to_utc
from odoo.addons.tthc_onestop.tests.common import at

from ..rules.settlement import CARRIED_OVER, II_06A
from .history import CUTS, HISTORIES, HistoryCase, slow_count

START = date(2023, 2, 1)
CASES = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.differing_executors],
)


@tagged("post_install", "-at_install")
class TestSettlement(HistoryCase):
    def figures(self, first, last, group="statistician"):
        return self.model(group, "tthc.report").get_figures("II.06a", first, last, self.company.id)

    @CASES
    @given(HISTORIES, HISTORIES, CUTS)
    def test_random_histories(self, history, afterwards, cuts):
        """Each sheet proves itself, equals a slow count, follows the one before, and stays."""
        point = self.env.cr.savepoint()
        try:
            with freeze_time(to_utc(datetime.combine(START, time(7)))) as frozen:
                dossiers = {}
                day = self.play(history, dossiers, frozen, START)
                edges = [START + timedelta(days=cut) for cut in cuts]
                sheets = self.check_sheets(edges)
                for first, last, sheet in sheets:
                    if last < day:  # what happens later changes nothing of it
                        self.play(afterwards, dict(dossiers), frozen, day, late=False)
                        self.assertEqual(self.figures(first, last), sheet)
                        break
        finally:
            point.close(rollback=True)
            self.env.invalidate_all()

    def check_sheets(self, edges):
        ledger, sheets, pending = self.ledger(), [], None
        for first, after in zip(edges, edges[1:], strict=False):
            last = after - timedelta(days=1)
            sheet = self.figures(first, last)
            self.assertTrue(all(identity["holds"] for identity in sheet["identities"]), sheet)
            self.assertEqual(sheet["total"]["values"], slow_count(ledger, first, last))
            rows = Counter({column: 0 for column in II_06A.figures})
            for row in sheet["rows"]:
                self.assertTrue(any(row["values"].values()))
                rows.update(row["values"])
            self.assertEqual(dict(rows), sheet["total"]["values"])
            if pending is not None:
                self.assertEqual(sheet["total"]["values"]["6"], pending)
            pending = sheet["total"]["values"]["11"]
            self.check_drill_down(sheet, first, last)
            sheets.append((first, last, sheet))
        return sheets

    def check_drill_down(self, sheet, first, last):
        report = self.model("statistician", "tthc.report")
        for line in [*sheet["rows"], sheet["total"]]:
            for column in ("3", "6", "7", "13"):
                ids = report.get_dossier_ids(
                    "II.06a", column, first, last, line["key"], self.company.id
                )
                self.assertEqual(len(ids), line["values"][column], (line, column))
                self.assertEqual(ids, sorted(set(ids)))

    def test_a_quarter_by_hand(self):
        """One dossier for each column, at its edge."""
        for received, procedure, channel, moves in [
            # before the period: carried over, one settled before it began, one on its first day
            ("2023-03-14", "days", "direct", []),
            ("2023-03-10", "days", "direct", [("2023-03-14", "settle")]),
            ("2023-03-10", "days", "direct", [("2023-03-15", "settle")]),
            # within it
            ("2023-03-15", "days", "online", [("2023-03-16", "settle")]),
            ("2023-03-15", "days", "post", [("2023-03-22", "settle")]),
            ("2023-03-15", "days", "direct", [("2023-03-23", "settle")]),
            ("2023-06-14", "days", "direct", []),
            ("2023-06-05", "days", "direct", []),  # due on the 12th: overdue on the 14th
            ("2023-06-05", "days", "direct", [("2023-06-08", "request_supplement")]),
            ("2023-06-06", "days", "direct", [("2023-06-15", "settle")]),  # after the cut-off
            ("2023-06-05", "days", "direct", [("2023-06-06", "withdraw")]),
            # after it
            ("2023-06-15", "days", "direct", []),
        ]:
            dossier = self.received(received, procedure=procedure, channel=channel).sudo()
            for day, move in moves:
                with at(day):
                    self.make(dossier, move, date.fromisoformat(day))
        values = self.figures("2023-03-15", "2023-06-14")["total"]["values"]
        self.assertEqual(
            values,
            {
                "3": 10, "4": 1, "5": 7, "6": 2,
                "7": 5, "8": 2, "9": 2, "10": 1,
                "11": 5, "12": 2, "13": 3,
            },
        )  # fmt: skip

    def test_the_status_of_today_counts_for_nothing(self):
        """Whatever a column of the dossier says now, the sheet comes from the ledger."""
        dossier = self.received("2023-03-20")
        with at("2023-05-02"):
            self.as_user("officer", dossier).action_settle()
        before = self.figures("2023-03-15", "2023-06-14")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE tthc_dossier SET status = 'withdrawn', outcome = 'early', due_on = NULL,"
            " ended_on = NULL, stage_id = NULL WHERE id = %s",
            [dossier.id],
        )
        self.assertEqual(self.figures("2023-03-15", "2023-06-14"), before)

    def test_what_comes_by_post_is_counted_when_it_is_entered(self):
        """Signed over on the last day of a period, entered on the first of the next one."""
        signed = to_utc(datetime(2023, 6, 14, 9))
        before = self.figures("2023-03-15", "2023-06-14")
        dossier = self.received("2023-06-15", channel="post", handed_over_at=signed)
        self.assertEqual(dossier.received_on, date(2023, 6, 14))
        self.assertEqual(self.figures("2023-03-15", "2023-06-14"), before)
        self.assertEqual(
            self.figures("2023-06-15", "2023-09-14")["total"]["values"]["5"],
            1,
        )

    def test_what_is_opened_again_comes_in_again(self):
        dossier = self.received("2023-06-05").sudo()
        with at("2023-06-08"):
            self.make(dossier, "settle", date(2023, 6, 8))
        before = self.figures("2023-03-15", "2023-06-14")
        with at("2023-06-20"):
            self.make(dossier, "reopen", date(2023, 6, 20))
        self.assertEqual(self.figures("2023-03-15", "2023-06-14"), before, "the past stays")
        values = self.figures("2023-06-15", "2023-09-14")["total"]["values"]
        self.assertEqual((values["5"], values["6"], values["11"]), (1, 0, 1))
        after = self.figures("2023-09-15", "2023-12-14")
        self.assertEqual(after["total"]["values"]["6"], 1)
        self.assertTrue(all(identity["holds"] for identity in after["identities"]))

    def test_how_withdrawn_and_stopped_count_is_a_setting(self):
        for name in ("withdraw", "stop"):
            dossier = self.received("2023-03-20").sudo()
            with at("2023-03-21"):
                self.make(dossier, name, date(2023, 3, 21))
        form = self.env.ref("tthc_reporting.form_ii_06a")
        for withdrawn, stopped, settled in [
            ("settled", "pending", 1),
            ("settled", "settled", 2),
            ("pending", "pending", 0),
        ]:
            form.write({"withdrawn_as": withdrawn, "stopped_as": stopped})
            values = self.figures("2023-03-15", "2023-06-14")["total"]["values"]
            self.assertEqual(
                (values["7"], values["9"], values["11"]), (settled, settled, 2 - settled)
            )
            self.assertEqual(values["13"], 0)

    def test_a_new_circular_breaks_the_chain_in_the_open(self):
        """(6) = (11) of the period before, whichever way each form counts; red when it is not."""
        dossier = self.received("2023-03-20").sudo()
        with at("2023-03-21"):
            self.make(dossier, "withdraw", date(2023, 3, 21))
        form = self.env.ref("tthc_reporting.form_ii_06a")
        form.write({"withdrawn_as": "pending", "date_to": "2023-06-14"})
        form.copy({"withdrawn_as": "settled", "date_from": "2023-06-15", "date_to": False})
        before = self.figures("2023-03-15", "2023-06-14")["total"]["values"]["11"]
        sheet = self.figures("2023-06-15", "2023-09-14")
        values = sheet["total"]["values"]
        self.assertEqual((before, values["6"], values["7"], values["11"]), (1, 1, 1, 0))
        self.assertTrue(all(identity["holds"] for identity in sheet["identities"]))
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL session_replication_role = replica")
        self.env.cr.execute(
            "DELETE FROM tthc_dossier_event WHERE dossier_id = %s AND kind = 'receive'",
            [dossier.id],
        )
        self.env.cr.execute("SET LOCAL session_replication_role = origin")
        broken = self.figures("2023-06-15", "2023-09-14")["identities"]
        self.assertEqual([i["name"] for i in broken if not i["holds"]], [CARRIED_OVER])

    def test_one_statement(self):
        for _ in range(3):
            self.received("2023-03-20")
        report = self.model("statistician", "tthc.report")
        report.get_figures("II.06a", "2023-03-15", "2023-06-14", self.company.id)
        self.env.flush_all()
        # the form's settings, a setting of the database, the sheet, the names of the sectors
        with self.assertQueryCount(4):
            report.get_figures("II.06a", "2023-03-15", "2023-06-14", self.company.id)

    def test_bad_questions(self):
        report = self.model("statistician", "tthc.report")
        for arguments, words in [
            (("II.99", "2023-03-15", "2023-06-14"), "II.99"),
            (("II.06a", "2023-06-14", "2023-03-15"), "before it begins"),
            (("II.06a", False, "2023-03-15"), "first and the last day"),
            (("II.06a", "hôm qua", "2023-03-15"), "first and the last day"),
        ]:
            with self.subTest(arguments=arguments), self.assertRaisesRegex(UserError, words):
                report.get_figures(*arguments)
        for column in ("1", "2", "14", "1); DROP TABLE x", None):
            with self.subTest(column=column), self.assertRaisesRegex(UserError, "no column"):
                report.get_dossier_ids("II.06a", column, "2023-03-15", "2023-06-14")
        with self.assertRaisesRegex(UserError, "no row"):
            report.get_dossier_ids("II.06a", "3", "2023-03-15", "2023-06-14", row_key="1 OR 1=1")
