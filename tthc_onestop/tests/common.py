from datetime import datetime

from odoo.tests import TransactionCase, freeze_time

from ..models.res_company import to_utc
from ..rules import lifecycle

GROUPS = "counter officer statistician leader communication finance auditor manager".split()
# a way to each status; another agency is asked on the way, so that its answer may be recorded
REACH = {
    "submitted": [],
    "received": ["receive", "ask_agency"],
    "rejected": ["reject"],
    "processing": ["receive", "ask_agency", "process"],
    "supplement": ["receive", "ask_agency", "request_supplement"],
    "payment": ["receive", "ask_agency", "request_payment"],
    "withdrawn": ["receive", "ask_agency", "withdraw"],
    "stopped": ["receive", "ask_agency", "stop"],
    "settled": ["receive", "ask_agency", "settle"],
    "returned": ["receive", "ask_agency", "settle", "return"],
}
# what must have happened just before, for the move to be legal from its sources
BEFORE = {
    "approve": "submit_for_signature",
    "send_back": "submit_for_signature",
    "correct_result": "record_result",
}


def at(day, hour="09:00"):
    """Freeze Odoo's clock at a local day (yyyy-mm-dd) and hour of the commune."""
    return freeze_time(to_utc(datetime.fromisoformat(f"{day} {hour}")))


def arguments_of(move, due_at="2023-06-30 10:00:00"):
    """What the public method of a move needs to be given, whatever the dossier."""
    given = {"reason": "Có lý do"} if lifecycle.MOVES[move].reason else {}
    return given | {
        "extend": {"due_at": due_at},
        "ask_agency": {"agency": "Công an xã", "due_on": due_at[:10]},
        "record_result": {"result": {"number": "12/GXN-UBND"}},
        "correct_result": {"result": {"number": "13/GXN-UBND"}},
        "notify": {"means": "phone"},
    }.get(move, {})


def change_calendar(env):
    """Make 07/6/2023 a day off, or a working day again."""
    year = env.ref("tthc_onestop.calendar_2023")
    day = {"year_id": year.id, "date": "2023-06-07", "name": "Ngày nghỉ mới"}
    days = env["tthc.calendar.day"]
    found = days.search([("year_id", "=", year.id), ("date", "=", day["date"])])
    found.unlink() if found else days.create(day)


class DossierCase(TransactionCase):
    """A commune with one user per group, two sectors, and procedures of each kind of term."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {
                "name": "UBND xã Thử Nghiệm",
                "tthc_unit_code": "H23.20.31",
                "tthc_place": "Thử Nghiệm",
                "resource_calendar_id": cls.env.ref("tthc_onestop.office_hours").id,
            }
        )
        cls.env = cls.env(
            context={
                **cls.env.context,
                "allowed_company_ids": cls.company.ids,
                "no_reset_password": True,  # no letter to each new user
            }
        )
        made = cls.env["res.users"].create(
            [cls.user_values(f"test_{group}", group) for group in GROUPS]
        )
        cls.users = dict(zip(GROUPS, made, strict=True))
        cls.civil, cls.land = cls.env["tthc.sector"].create(
            [{"name": "Hộ tịch (thử)"}, {"name": "Đất đai (thử)"}]
        )
        cls.civil.officer_ids = cls.users["officer"]
        terms = {
            "days": ("9.000001", cls.civil, 5, "working_day"),
            "calendar": ("9.000002", cls.land, 15, "day"),
            "hours": ("9.000003", cls.civil, 12, "hour"),
            "open": ("9.000004", cls.civil, 0, False),
        }
        made = cls.env["tthc.procedure"].create(
            [
                {
                    "code": code,
                    "name": f"Thủ tục thử {name}",
                    "sector_id": sector.id,
                    "duration": duration,
                    "duration_unit": unit,
                    "document_ids": [
                        (0, 0, {"name": "Tờ khai", "originals": 1}),
                        (0, 0, {"name": "Giấy tờ tùy thân", "kind": "show"}),
                    ],
                }
                for name, (code, sector, duration, unit) in terms.items()
            ]
        )
        cls.procedures = dict(zip(terms, made, strict=True))

    def revise(self, procedure="days", **values):
        """What the catalogue says from now on: a new version, in force in place of the old one."""
        version = self.next_version(self.procedures[procedure], **values)
        self.procedures = self.procedures | {procedure: version}
        return version

    @classmethod
    def next_version(cls, procedure, **values):
        """A new version of a procedure, in force in its place."""
        version = procedure.copy({"decision_id": cls.decision().id, **values})
        version.action_publish()
        return version

    @classmethod
    def decision(cls, effective_on="2020-01-01", **values):
        """A decision of publication; by default one that took effect before all dossiers."""
        decisions = cls.env["tthc.procedure.decision"]
        return decisions.create(
            {
                "number": f"{decisions.search_count([]) + 1}/QĐ-UBND",
                "issuer": "UBND tỉnh",
                "signed_on": effective_on,
                "effective_on": effective_on,
                **values,
            }
        )

    @classmethod
    def new_user(cls, login, group):
        """One more user of a group in the commune; the password is the login."""
        return cls.env["res.users"].create(cls.user_values(login, group))

    @classmethod
    def user_values(cls, login, group):
        return {
            "login": login,
            "name": f"{login} (tthc_onestop.group_{group})",
            "email": f"{login[0]}.{login[0]}@example.com",
            "password": login.ljust(8, "x"),
            "group_ids": [(6, 0, cls.env.ref(f"tthc_onestop.group_{group}").ids)],
            "company_id": cls.company.id,
            "company_ids": [(6, 0, cls.company.ids)],
            "tz": "Asia/Ho_Chi_Minh",
        }

    def model(self, group, model="tthc.dossier"):
        """The model as the user of a group sees it."""
        return self.env[model].with_user(self.users[group])

    def new(self, procedure="days", **values):
        """A dossier filed at the desk, not yet received."""
        return self.model("counter").create(
            {
                "procedure_id": self.procedures[procedure].id,
                "applicant_name": "Nguyễn Thị Đào",
                "applicant_identity": "030185000123",
                "company_id": self.company.id,
                **values,
            }
        )

    def received(self, day="2023-06-05", hour="09:00", procedure="days", **values):
        """A dossier received on a day at an hour of the commune (2023-06-05 is a Monday)."""
        with at(day, hour):
            dossier = self.new(procedure, **values)
            dossier.action_receive()
        return dossier

    def as_user(self, group, dossier):
        return dossier.with_user(self.users[group])
