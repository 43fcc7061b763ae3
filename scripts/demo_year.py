"""Play a plausible 2023 of the commune through the real gate, in frozen time.

Run by ``make demo`` in Odoo's shell (``env`` comes from it) on a database with the commune's data.
The same seed plays the same year; a year that has been played is left as it is.
"""

# ruff: noqa: F821
import heapq
import itertools
import random
import sys
from datetime import date, datetime, time, timedelta
from time import CLOCK_MONOTONIC, clock_gettime  # the clock that freezegun leaves running

from freezegun import freeze_time

from odoo.addons.tthc_onestop.models.res_company import to_utc
from odoo.addons.tthc_onestop.rules.working_time import add_working_days

YEAR, A_DAY = 2023, 12
# what people come for, roughly as often as in a commune of the plains: code, weight
DEMAND = {
    "2.000815": 40, "2.000884": 12, "1.001193": 9, "1.004873": 8, "1.000894": 5, "1.000656": 4,
    "2.000635": 8, "2.001035": 5, "1.004859": 3, "1.004884": 2, "1.001776": 4, "1.001731": 2,
    "1.011607": 2, "1.001699": 2, "1.004222": 3, "1.004194": 3, "1.003554": 1, "2.002516": 2,
    "1.010833": 1, "2.000908": 2, "1.008004": 1, "2.002409": 1, "1.000775": 1,
}  # fmt: skip
FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Ngô",
    "Dương",
    "Tăng",
]
MIDDLES = {"nam": ["Văn", "Đức", "Xuân", "Hữu", "Quang"], "nữ": ["Thị", "Thị Thu", "Thị Ngọc"]}
GIVEN = {
    "nam": ["Hùng", "Mạnh", "Tuấn", "Sơn", "Hải", "Đạt", "Trường", "Khánh", "Thắng", "Phúc"],
    "nữ": ["Đào", "Hương", "Lan", "Nga", "Thủy", "Yến", "Hạnh", "Ánh", "Phượng", "Oanh"],
}
HAMLETS = ["Đội 1", "Đội 3", "Xóm Đình", "Xóm Chùa", "Xóm Mới", "Thôn Đông", "Thôn Đoài"]
LACKING = [
    "Thiếu bản chính giấy chứng sinh",
    "Tờ khai chưa có chữ ký",
    "Giấy tờ tùy thân đã hết hạn",
]
REFUSED = ["Không đủ điều kiện theo quy định", "Không xác minh được nơi cư trú"]

dice = random.Random(24)
calendar = env.company.tthc_work_calendar()


def user(login):
    return env.ref(f"tthc_onestop.user_{login}")


def person():
    sex = dice.choice(["nam", "nữ"])
    name = f"{dice.choice(FAMILIES)} {dice.choice(MIDDLES[sex])} {dice.choice(GIVEN[sex])}"
    born = dice.randint(1945, 2004)
    century = (2 if born >= 2000 else 0) + (sex == "nữ")
    return {
        "applicant_name": name,
        "applicant_identity": f"030{century}{born % 100:02d}{dice.randrange(10**6):06d}",
        "applicant_phone": f"09{dice.randrange(10**8):08d}",
        "applicant_address": f"{dice.choice(HAMLETS)}, xã Bình Lãng",
    }


def office_moment(day, after=None):
    """A moment of the office hours of a day, later than ``after`` when that is the same day."""
    start, end = dice.choice([(time(7, 30), time(11, 20)), (time(13, 30), time(16, 50))])
    start = max(datetime.combine(day, start), (after or datetime.min) + timedelta(minutes=5))
    end = max(datetime.combine(day, end), start + timedelta(minutes=5))
    return start + timedelta(minutes=dice.randrange(int((end - start).total_seconds() // 60) or 1))


def days_on(moment, count):
    return office_moment(add_working_days(calendar, moment.date(), count), moment)


def life(received, term):
    """The moves of one dossier after its reception: (local moment, move, arguments)."""
    luck = dice.random()
    moment = received + timedelta(minutes=dice.randrange(5, 90))
    yield moment, "process", ()
    if luck < 0.05:
        moment = days_on(moment, min(1, term))
        yield moment, "request_supplement", (dice.choice(LACKING),)
        if luck < 0.005:
            yield days_on(moment, 6), "withdraw", ("Công dân đề nghị rút hồ sơ",)
            return
        moment = days_on(moment, dice.randint(1, 8))
        yield moment, "resume", ()
    elif luck < 0.06:
        yield days_on(moment, 1), "stop", (dice.choice(REFUSED),)
        return
    elif luck < 0.10:
        yield moment + timedelta(minutes=5), "request_payment", ()
        moment = moment + timedelta(minutes=dice.randint(10, 60))
        yield moment, "confirm_payment", ()
    late = dice.random() < 0.03
    spent = (
        term + dice.randint(1, 4) if late else dice.choice([0, term // 3, term // 2, term, term])
    )
    moment = days_on(moment, max(spent, 0)) if spent else moment + timedelta(minutes=30)
    yield moment, "settle", ()
    yield days_on(moment, dice.choice([0, 0, 0, 1, 2])), "return", ()


MOVERS = {
    "receive": "motcua", "reject": "motcua", "process": "motcua", "request_supplement": "motcua",
    "resume": "motcua", "request_payment": "motcua", "confirm_payment": "taichinh",
    "withdraw": "motcua", "stop": "chutich", "settle": "chutich", "return": "motcua",
}  # fmt: skip


def play():
    procedures = env["tthc.procedure"].search([("code", "in", list(DEMAND))])
    weights = [DEMAND[procedure.code] for procedure in procedures]
    order = itertools.count()  # keeps the heap from comparing dossiers
    agenda = []
    for day in calendar.working_days_of(YEAR):
        for _ in range(dice.randint(A_DAY - 5, A_DAY + 5)):
            procedure = dice.choices(procedures, weights)[0]
            channel = dice.choices(["direct", "online", "post"], [72, 25, 3])[0]
            moment = office_moment(day)
            heapq.heappush(agenda, (moment, next(order), "receive", procedure, channel))
    counts, started, month = {}, clock_gettime(CLOCK_MONOTONIC), 0
    end = datetime(YEAR + 1, 1, 1)
    with freeze_time(datetime(YEAR, 1, 1)) as frozen:
        while agenda and agenda[0][0] < end:
            moment, _, move, subject, extra = heapq.heappop(agenda)
            frozen.move_to(to_utc(moment))
            if moment.month != month:
                month = moment.month
                env.cr.commit()
                env.invalidate_all()
                seconds = clock_gettime(CLOCK_MONOTONIC) - started
                print(
                    f"  {month:02d}/{YEAR}: {sum(counts.values())} moves, {seconds:.0f} s",
                    flush=True,
                )
            if move == "receive":
                dossier = (
                    env["tthc.dossier"]
                    .with_user(user("motcua"))
                    .create({"procedure_id": subject.id, "channel": extra, **person()})
                )
                if dice.random() < 0.01:
                    move = "reject"
                    dossier.action_reject("Không thuộc thẩm quyền của UBND xã")
                else:
                    dossier.action_hand_in_all()
                    dossier.action_receive()
                    for when, name, arguments in life(moment, int(subject.duration) or 3):
                        heapq.heappush(agenda, (when, next(order), name, dossier, arguments))
            else:
                getattr(subject.with_user(user(MOVERS[move])), f"action_{move}")(*extra)
            counts[move] = counts.get(move, 0) + 1
    env.cr.commit()
    seconds = clock_gettime(CLOCK_MONOTONIC) - started
    print(f"  {counts['receive']} dossiers of {YEAR} in {seconds:.0f} s: {counts}")


if env["tthc.dossier"].search_count([("received_on", "<=", date(YEAR, 12, 31))], limit=1):
    print(f"  The year {YEAR} has been played already: nothing to do.")
elif not env.ref("tthc_onestop.user_motcua", raise_if_not_found=False):
    sys.exit("  The commune's data are missing: run make run (or make db) first.")
else:
    play()
