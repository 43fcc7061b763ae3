import base64

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import DossierCase, at

PHOTO = base64.b64encode(b"%PDF-1.4")
LINK = "https://binhlang.example/thu-tuc"
MANY_PROCEDURES, MANY_PLACES = 150, 6


class PostingCase(DossierCase):
    """Two places of the commune: the board of the statistician, the loudspeaker of another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # those of the communes that are here already cost queries and are counted by the superuser
        cls.env["tthc.posting.place"].sudo().search([]).action_archive()
        with at("2023-06-05"):
            cls.board, cls.loudspeaker = cls.env["tthc.posting.place"].create(
                [
                    {
                        "name": name,
                        "kind": kind,
                        "user_id": cls.users[group].id,
                        "company_id": cls.company.id,
                    }
                    for name, kind, group in (
                        ("Bảng niêm yết", "board", "statistician"),
                        ("Đài truyền thanh", "loudspeaker", "communication"),
                    )
                ]
            )

    def posting(self, place, procedure):
        """The posting of a version at a place that is not taken down yet."""
        return self.env["tthc.posting"].search(
            [
                ("place_id", "=", place.id),
                ("procedure_id", "=", procedure.id),
                ("state", "!=", "taken_down"),
            ]
        )

    def of_place(self, place, state):
        domain = [("place_id", "=", place.id), ("state", "=", state)]
        return self.env["tthc.posting"].search(domain)

    def new_version(self, procedure):
        """The next version, which takes over at once."""
        return self.next_version(procedure)

    def abolish(self, procedure):
        procedure.action_abolish(self.decision().id)

    def activities(self, place):
        return [
            (each.user_id.login, each.summary, str(each.date_deadline))
            for each in place.sudo().activity_ids
        ]

    def slow(self):
        """{(place, procedure)} in force and not hanging, walked through one by one."""
        places = self.env["tthc.posting.place"].search([("company_id", "=", self.company.id)])
        in_force = self.env["tthc.procedure"].search([("state", "=", "published")])
        hanging = {
            (each.place_id, each.procedure_id)
            for each in self.env["tthc.posting"].search([("state", "=", "posted")])
        }
        return {(place, each) for place in places for each in in_force} - hanging

    def needed(self):
        domain = [("state", "=", "needed"), ("company_id", "=", self.company.id)]
        found = self.env["tthc.posting"].search(domain)
        return {(each.place_id, each.procedure_id) for each in found}


@tagged("post_install", "-at_install")
class TestPosting(PostingCase):
    def test_every_version_in_force_at_every_place(self):
        self.assertEqual(self.needed(), self.slow())
        self.assertTrue(self.needed())
        posting = self.posting(self.board, self.procedures["days"])
        self.assertEqual(str(posting.needed_on), "2023-06-05")
        self.assertEqual(str(posting.due_on), "2023-06-12", "5 working days, the first not counted")

    def test_the_time_limit_is_a_setting(self):
        self.company.tthc_posting_days = 2
        with at("2023-06-09"):  # a Friday
            version = self.new_version(self.procedures["days"])
        self.assertEqual(str(self.posting(self.board, version).due_on), "2023-06-13")

    def test_a_year_without_calendar_does_not_stop_it(self):
        with at("2089-06-01"):
            version = self.new_version(self.procedures["days"])
        self.assertEqual(str(self.posting(self.board, version).due_on), "2089-06-06")

    def test_figures_against_a_slow_count(self):
        """Whatever happens in between: publishing, posting, taking down, places closing."""
        days, hours, open_ = (self.procedures[name] for name in ("days", "hours", "open"))
        steps = [
            lambda: self.posting(self.board, days).action_post(url=LINK),
            lambda: self.posting(self.board, hours).action_post(url=LINK),
            lambda: self.new_version(days),
            lambda: self.abolish(hours),
            lambda: self.loudspeaker.action_archive(),
            lambda: self.of_place(self.board, "needed").action_post(url=LINK),
            lambda: self.posting(self.board, open_).action_take_down(),
            lambda: self.loudspeaker.action_unarchive(),
            lambda: self.new_version(hours),
            lambda: self.new_version(self.procedures["calendar"]),
        ]
        for number, step in enumerate(steps):
            with at("2023-06-06"):
                step()
            with self.subTest(step=number):
                self.assertEqual(self.needed(), self.slow())
                for place in self.board + self.loudspeaker:
                    counts = {
                        state: len(self.of_place(place, state))
                        for state in ("posted", "needed", "outdated")
                    }
                    found = {state: place[f"{state}_count"] for state in counts}
                    self.assertEqual(found, counts)

    def test_a_new_version_takes_over(self):
        old = self.procedures["days"]
        hanging = self.posting(self.board, old)
        with at("2023-06-07"):
            hanging.action_post(url=LINK)
        said = self.posting(self.loudspeaker, old)
        with at("2023-06-07"):
            said.action_post(url=LINK)
        with at("2023-06-08"):
            new = self.new_version(old)
        self.assertEqual((hanging.state, str(hanging.outdated_on)), ("outdated", "2023-06-08"))
        self.assertEqual(said.state, "taken_down", "what was said does not hang")
        self.assertEqual(self.posting(self.board, new).state, "needed")
        with at("2023-06-09"):
            self.posting(self.board, new).action_post(url=LINK)
        self.assertEqual((hanging.state, str(hanging.taken_down_on)), ("taken_down", "2023-06-09"))
        self.assertEqual(str(hanging.posted_on), "2023-06-07", "its history stays")

    def test_a_change_that_told_nobody(self):
        """What was written past the ORM is found by the scheduled action."""
        self.env.cr.execute(
            "UPDATE tthc_procedure SET state = 'abolished' WHERE id = %s",
            [self.procedures["days"].id],
        )
        self.env.invalidate_all()
        self.assertNotEqual(self.needed(), self.slow())
        with self.enter_registry_test_mode():
            self.env.ref("tthc_onestop.ir_cron_posting").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.needed(), self.slow())

    def test_drafts_are_not_posted(self):
        draft = self.procedures["days"].copy()
        self.assertFalse(self.posting(self.board, draft))
        draft.unlink()

    def test_what_was_posted_is_not_deleted(self):
        self.posting(self.board, self.procedures["days"]).action_post(url=LINK)
        for record in (self.procedures["days"], self.board):
            with self.assertRaises(UserError):
                record.unlink()
        self.loudspeaker.unlink()

    # ---------------------------------------------------------------- marking

    def test_many_with_one_file(self):
        needed = self.of_place(self.board, "needed")
        with at("2023-06-07"):
            mark = Form(self.model("statistician", "tthc.posting.mark"))
            mark.place_id = self.board
            mark.file, mark.note = PHOTO, "Đã dán"
            mark = mark.save()
            mark.filename = "bang.pdf"
            mark.action_save()
        self.assertEqual(set(needed.mapped("state")), {"posted"})
        evidence = needed.evidence_id
        self.assertEqual((len(evidence), evidence.name), (1, "bang.pdf"))
        self.assertEqual(needed.posted_by_id, self.users["statistician"])
        self.assertEqual(set(map(str, needed.mapped("posted_on"))), {"2023-06-07"})
        with self.assertRaises(AccessError):
            evidence.with_user(self.users["manager"]).unlink()
        self.assertFalse(self.board.needed_count)

    def test_by_whom(self):
        posting = self.posting(self.loudspeaker, self.procedures["days"])
        for group in ("counter", "officer", "leader", "finance", "auditor"):
            with self.subTest(group=group), self.assertRaises(AccessError):
                self.as_user(group, posting).action_post(url=LINK)
        self.assertEqual(posting.state, "needed")
        self.as_user("communication", posting).action_post(url=LINK)
        with self.assertRaises(AccessError):
            self.as_user("counter", posting).action_take_down()
        self.as_user("manager", posting).action_take_down()
        self.assertEqual(posting.taken_down_by_id, self.users["manager"])
        again = self.posting(self.loudspeaker, self.procedures["days"])
        self.assertEqual(again.state, "needed", "it is still in force")

    def test_refused(self):
        posting = self.posting(self.board, self.procedures["days"])
        with at("2023-06-07"):
            for why, values in (
                ("nothing shows it", {}),
                ("to come", {"url": LINK, "posted_on": "2023-06-08"}),
                ("not a page", {"filename": "a.html", "content": base64.b64encode(b"<html>")}),
            ):
                with self.subTest(why), self.assertRaises(UserError):
                    posting.action_post(**values)
            with self.assertRaises(UserError):
                posting.action_take_down()
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                with self.env.cr.savepoint():
                    posting.action_post(url="javascript:alert(1)")
                    self.env.flush_all()
            posting.action_post(url=LINK)
            for call in (
                lambda: posting.action_post(url=LINK),
                lambda: posting.action_take_down("2023-06-06"),
            ):
                with self.assertRaises(UserError):
                    call()

    def test_a_responsible_of_the_commune(self):
        stranger = self.env.ref("base.user_admin")
        stranger.company_ids -= self.company
        with self.assertRaises(UserError):
            self.board.user_id = stranger

    # ---------------------------------------------------------------- who is told

    def test_one_activity_for_each_place(self):
        count = len(self.of_place(self.board, "needed"))
        [(login, summary, day)] = self.activities(self.board)
        self.assertEqual((login, day), ("test_statistician", "2023-06-12"))
        self.assertIn(str(count), summary)
        with at("2023-06-06"):
            self.of_place(self.board, "needed").action_post(url=LINK)
        self.assertFalse(self.activities(self.board))
        with at("2023-06-07"):
            new = self.new_version(self.procedures["days"])
        self.assertEqual(
            [(login, day) for login, _, day in self.activities(self.board)],
            [("test_statistician", "2023-06-14")],
        )
        self.board.user_id = self.users["counter"]
        self.assertEqual(self.activities(self.board)[0][0], "test_counter")
        with at("2023-06-08"):
            self.posting(self.board, new).action_post(url=LINK)
            self.assertFalse(self.activities(self.board), "the old one went with it")
            self.abolish(self.procedures["hours"])
        self.assertEqual(self.activities(self.board)[0][2], "2023-06-15", "to be taken down")
        self.board.action_archive()
        self.assertFalse(self.activities(self.board))

    def test_whoever_publishes_tells_every_commune(self):
        other = self.env["res.company"].create(
            {"name": "UBND xã Khác", "tthc_unit_code": "H23.20.32"}
        )
        user = self.new_user("test_other", "statistician")
        user.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        place = self.env["tthc.posting.place"].create(
            {"name": "Bảng", "user_id": user.id, "company_id": other.id}
        )
        self.posting(place, self.procedures["days"]).action_post(url=LINK)
        self.abolish(self.as_user("manager", self.procedures["days"]))
        self.assertEqual(self.of_place(place, "outdated").code, self.procedures["days"].code)
        self.assertTrue(self.activities(place))

    # ---------------------------------------------------------------- what it costs

    def many(self):
        self.env["tthc.procedure"].create(
            [
                {"code": f"8.{number:06d}", "name": "Thủ tục", "sector_id": self.civil.id}
                for number in range(MANY_PROCEDURES)
            ]
        )
        return self.env["tthc.posting.place"].create(
            [
                {
                    "name": f"Nhà văn hóa thôn {number}",
                    "kind": "village",
                    "user_id": self.users["officer"].id,
                    "company_id": self.company.id,
                }
                for number in range(MANY_PLACES)
            ]
        )

    def test_as_many_queries_for_many(self):
        """Publishing one procedure, with two places and few postings, then eight and 1,200."""
        counts = []
        for prepare in (lambda: None, self.many):
            prepare()
            for name in ("days", "hours", "open"):  # the first fills the caches
                draft = self.procedures[name].copy({"decision_id": self.decision().id})
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                draft.action_publish()
                self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 42)

    def test_opening_the_places(self):
        self.many()
        places = self.model("statistician", "tthc.posting.place")
        specification = {
            name: {} for name in ("name", "posted_count", "needed_count", "overdue_count")
        }
        places.web_search_read([], specification)
        self.env.invalidate_all()
        with self.assertQueryCount(3):
            found = places.web_search_read([], specification)
        self.assertGreaterEqual(found["records"][-1]["needed_count"], MANY_PROCEDURES)

    def test_procedures_that_are_to_be_posted(self):
        procedures = self.model("statistician", "tthc.procedure")
        to_post = [("posting_ids.state", "in", ["needed", "outdated"])]
        of_these = [("id", "in", [each.id for each in self.procedures.values()])]
        self.assertEqual(len(procedures.search(to_post + of_these)), len(self.procedures))
        self.assertEqual(self.procedures["days"].to_post_count, 2)
        for place in self.board + self.loudspeaker:
            self.posting(place, self.procedures["days"]).action_post(url=LINK)
        self.assertEqual(self.procedures["days"].to_post_count, 0)
        self.assertNotIn(self.procedures["days"], procedures.search(to_post))
