"""Dossiers in each state, as of today, for the browser tests and the pictures of the README.

Run in Odoo's shell on a clone of the template, whose logins are those of the commune.
"""

# ruff: noqa: F821
from datetime import datetime, time

from freezegun import freeze_time

from odoo.addons.tthc_onestop.models.res_company import to_local, to_utc

today = to_local(datetime.utcnow()).date()
if not env.company.tthc_work_calendar().is_working(today):
    # so that something is due today on whatever day the tests run
    year = env["tthc.calendar.year"].search([("year", "=", today.year)])
    year.day_ids.filtered(lambda day: day.date == today).unlink()
    year.write({"day_ids": [(0, 0, {"date": today, "kind": "working", "name": "Ngày làm bù"})]})
calendar = env.company.tthc_work_calendar()
past = [
    day for year in (today.year - 1, today.year) for day in calendar.working_days_of(year)
    if day <= today
]  # fmt: skip


def desk(record):
    return record.with_user(env.ref("tthc_onestop.user_motcua"))


def dossier(name, code, days_ago, *moves, **values):
    """Received so many working days ago (None: not yet), then moved on at once."""
    procedure = env["tthc.procedure"].search([("code", "=", code)])
    day = past[-1 - (days_ago or 0)]
    start = datetime.utcnow() if day == today else to_utc(datetime.combine(day, time(8, 15)))
    with freeze_time(start):
        record = desk(env["tthc.dossier"]).create(
            {
                "procedure_id": procedure.id,
                "applicant_name": name,
                "applicant_identity": "030185000123",
                "applicant_phone": "0912345678",
                "applicant_address": "Thôn Đoài, xã Bình Lãng",
                **values,
            }
        )
        if days_ago is None:
            return record
        record.action_hand_in_all()
        record.action_receive()
        for move, *arguments in moves:
            getattr(record, f"action_{move}")(*arguments)
    return record


FIVE, TWELVE = "1.004884", "1.001776"  # working days of their terms: 5 and more than 10
dossier("Trần Thị Hạnh", "1.001193", None, channel="online")
dossier("Phạm Đức Mạnh", "2.000815", 0)
dossier("Nguyễn Thị Đào", FIVE, 0)
dossier("Vũ Quang Hải", TWELVE, 1, ("process",))
dossier("Lê Thị Thu Hương", FIVE, 4, ("process",))
dossier("Bùi Xuân Trường", FIVE, 5, ("process",))
dossier("Hoàng Văn Sơn", FIVE, 7, ("process",))
dossier("Đặng Thị Ngọc Yến", FIVE, 3, ("process",), ("request_supplement", "Thiếu giấy chứng sinh"))
dossier("Đỗ Hữu Khánh", TWELVE, 2, ("request_payment",))
dossier("Ngô Thị Phượng", FIVE, 3, ("process",), ("settle",))
# one who comes again: a paper of hers is held, and another dossier of the kind is open
HER, AGAIN = "030190000777", "1.004873"
dossier("Lý Thị Mai", AGAIN, 4, ("settle",), applicant_identity=HER)
dossier("Lý Thị Mai", AGAIN, 0, applicant_identity=HER)
env["tthc.substitution"].create(
    {
        "absent_id": env.ref("tthc_onestop.user_diachinh").id,
        "substitute_id": env.ref("tthc_onestop.user_xahoi").id,
        "date_from": today,
        "date_to": today,
        "reason": "Đi tập huấn",
    }
)
citizen = env["res.users"].create(
    {
        "name": "Nguyễn Thị Đào",
        "login": "congdan",
        "password": PASSWORD,
        "lang": "vi_VN",
        "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
    }
)
waiting = env["tthc.dossier"].search([("applicant_name", "=", "Đặng Thị Ngọc Yến")])
waiting.citizen_id = citizen.partner_id
env.cr.commit()
