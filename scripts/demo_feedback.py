"""Play feedback of the last weeks through the real gate, in frozen time: every path, once.

Run by ``make demo`` in Odoo's shell (``env`` comes from it) on a database with the commune's data.
Feedback that is there already is left as it is.
"""

# ruff: noqa: F821
import sys
from datetime import datetime, time

from freezegun import freeze_time

from odoo.addons.tthc_onestop.models.res_company import to_local, to_utc

today = to_local(datetime.utcnow()).date()
calendar = env.company.tthc_work_calendar()
past = [
    day for year in (today.year - 1, today.year) for day in calendar.working_days_of(year)
    if day <= today
]  # fmt: skip
CRITERIA = dict.fromkeys(
    [name for name in env["tthc.feedback"]._fields if name.startswith("criterion_")], "yes"
)
DOCUMENTS = {"category": "regulation", "procedure": "1.001193", "procedure_part": "documents"}
CONDUCT = {"category": "conduct", "conduct_kind": "refused", "procedure": "1.004873"}
ANSWER = "Đã kiểm tra và trả lời theo quy định. Trân trọng cảm ơn ông/bà."


def user(login):
    return env.ref(f"tthc_onestop.user_{login}")


def play(days_ago, said, *steps, by="thongke"):
    """Enter one so many working days ago, then make each step (who, days later, move, …)."""
    index = len(past) - 1 - days_ago
    feedbacks = env["tthc.feedback"]

    def on(day, hour, act):
        with freeze_time(to_utc(datetime.combine(past[min(day, len(past) - 1)], time(hour)))):
            return act()

    values = {
        "sender_address": "Thôn Đoài, xã Bình Lãng",
        "sender_phone": f"09120000{days_ago:02d}",
        "company_id": env.company.id,
        **said,
    }
    feedback = on(index, 7, lambda: feedbacks.with_user(user(by)).create(values))
    feedback = feedback.with_env(env)
    for hour, (login, later, move, *arguments) in enumerate(steps, 8):
        index += later
        own = feedback.with_user(user(login))

        def act(own=own, move=move, arguments=arguments):
            if move == "write":
                return own.write(arguments[0])
            if move == "classify":
                about = dict(arguments[0])
                code = about.pop("procedure", None)
                procedure = env["tthc.procedure"].search(
                    [("code", "=", code), ("state", "=", "published")], limit=1
                )
                arguments = [about | {"procedure_id": procedure.id}]
            return getattr(own, f"action_{move}")(*arguments)

        on(index, min(hour, 16), act)
    return feedback


def answered(officer="chuyenmon", means="post", **found):
    """The steps from a classified one to its answer."""
    return (
        ("chutich", 0, "assign", user(officer).id),
        (officer, 2, "write", {"answer": ANSWER, **found}),
        (officer, 1, "submit"),
        ("chutich", 1, "approve"),
        *([("motcua", 0, "send", means)] if means != "email" else []),
    )


def play_all():
    grounds = {"sufficient": "yes", "outcome": "propose", **CRITERIA}
    play(0, {"subject": "Giờ làm việc buổi chiều", "content": "Đến 14 giờ mới có người.",
             "sender_name": "Trần Văn Hùng", "channel": "phone"}, by="motcua")  # fmt: skip
    play(1, {"subject": "Thái độ của một công chức", "content": "Nói to tiếng với dân.",
             "sender_name": "Phạm Thị Nga", "channel": "web", "about_officer": True},
         by="chutich")  # fmt: skip
    play(2, {"subject": "Phí chứng thực", "content": "Phí sao y nên được giảm cho hộ nghèo.",
             "sender_name": "Lê Văn Tuấn", "channel": "paper"},
         ("thongke", 1, "classify", {"category": "regulation", "procedure": "2.000815",
                                     "procedure_part": "fee", "within_authority": False}),
         )  # fmt: skip
    play(4, {"subject": "Nộp hồ sơ đất đai", "content": "Phải đi lại ba lần.",
             "sender_name": "Vũ Thị Lan", "channel": "phone"},
         ("thongke", 1, "classify", DOCUMENTS),
         ("chutich", 0, "assign", user("chuyenmon").id),
         ("chuyenmon", 1, "ask_more", "Đề nghị cho biết mã hồ sơ."))  # fmt: skip
    play(6, {"subject": "Biểu mẫu khó hiểu", "content": "Tờ khai có nhiều mục trùng nhau.",
             "sender_name": "Đỗ Thị Thủy", "channel": "form"},
         ("thongke", 1, "classify", DOCUMENTS | {"procedure_part": "forms"}),
         ("chutich", 0, "assign", user("chuyenmon").id),
         ("chuyenmon", 1, "meet", "Gặp trực tiếp tại trụ sở: thống nhất các mục trùng nhau."),
         ("chuyenmon", 0, "suspend", "Chờ văn bản của Sở Tư pháp"))  # fmt: skip
    play(9, {"subject": "Bớt một giấy tờ", "content": "Không nên yêu cầu bản sao giấy chứng sinh "
             "khi đã có dữ liệu điện tử.", "proposal": "Tra cứu trên hệ thống.",
             "sender_name": "Ngô Văn Phúc", "channel": "paper"},
         ("thongke", 1, "classify", DOCUMENTS),
         *answered(means="email", **grounds)[:3], ("thongke", 1, "review"))  # fmt: skip
    play(18, {"subject": "Chờ lâu ở quầy", "content": "Chờ hai giờ mới đến lượt.",
              "sender_name": "Hoàng Thị Yến", "channel": "paper"},
         ("thongke", 1, "classify", CONDUCT), *answered()[:1])  # fmt: skip
    late = play(20, {"subject": "Không có chỗ để xe", "content": "Trụ sở không có chỗ để xe.",
                     "sender_name": "Bùi Văn Sơn", "channel": "email",
                     "sender_email": "son@binhlang.example"},
                ("thongke", 1, "classify", CONDUCT))  # fmt: skip
    play(19, {"subject": "Không có chỗ để xe", "content": "Trụ sở không có chỗ để xe.",
              "sender_name": "Dương Thị Hạnh", "channel": "web"},
         ("thongke", 1, "link", late.id))  # fmt: skip
    for days, login, move, arguments, later in (
        (20, "chutich", "assign", [user("chuyenmon").id], 2),
        (20, "chuyenmon", "write", [{"answer": ANSWER}], 3),
        (20, "chuyenmon", "submit", [], 3),
        (20, "chutich", "send_back", ["Nêu rõ thời gian làm bãi xe"], 4),
        (20, "chuyenmon", "submit", [], 5),
        (20, "chutich", "approve", [], 6),
    ):
        moment = datetime.combine(past[len(past) - 1 - days + later], time(15))
        with freeze_time(to_utc(moment)):
            own = late.with_user(user(login))
            own.write(*arguments) if move == "write" else getattr(own, f"action_{move}")(*arguments)
    play(22, {"subject": "Không rõ nội dung", "content": "Đề nghị xem xét.", "sender_address": "",
              "sender_name": "Không rõ", "channel": "paper"},
         ("thongke", 1, "refuse", "Không ghi địa chỉ, nội dung không rõ"))  # fmt: skip
    play(23, {"subject": "Đơn tố cáo", "content": "Tố cáo ông X nhận tiền.",
              "sender_name": "Người tố cáo", "channel": "paper"},
         ("chutich", 1, "route_out", "denunciation"))  # fmt: skip
    play(25, {"subject": "Mức phí đất đai", "content": "Phí đo đạc quá cao.", "channel": "portal",
              "portal_code": f"PAKN.{past[-26]:%Y%m%d}.0012", "sender_name": "Tăng Văn Đạt"},
         ("thongke", 1, "classify", {"category": "regulation", "within_authority": False}),
         ("thongke", 2, "forward", "UBND tỉnh", "Thuộc thẩm quyền của HĐND tỉnh"))  # fmt: skip
    play(30, {"subject": "Nộp hộ khẩu giấy", "content": "Vẫn phải nộp bản sao hộ khẩu.",
              "sender_name": "Đặng Văn Khánh", "channel": "paper"},
         ("thongke", 1, "classify", DOCUMENTS), *answered(**grounds),
         ("thongke", 1, "publish", "Có phải nộp bản sao sổ hộ khẩu khi đăng ký khai sinh không?",
          "Không. Thông tin cư trú được tra cứu trên Cơ sở dữ liệu quốc gia về dân cư.",
          "Trang thông tin điện tử xã, bảng niêm yết"),
         ("thongke", 1, "review"),
         ("thongke", 3, "tell", "Đã kiến nghị Sở Tư pháp bỏ bản sao sổ hộ khẩu khỏi hồ sơ."),
         ("chuyenmon", 2, "ask_solved"), ("motcua", 1, "record_solved", "yes"))  # fmt: skip
    play(38, {"subject": "Khen bộ phận một cửa", "content": "Giải quyết nhanh, nên nhân rộng.",
              "sender_name": "Trần Thị Ánh", "channel": "paper"},
         ("thongke", 1, "classify", {"category": "initiative"}),
         *answered(sufficient="no"), ("thongke", 2, "close"))  # fmt: skip
    play(32, {"subject": "Trả kết quả muộn", "content": "Hẹn trả rồi lại hẹn lại.",
              "sender_name": "Phạm Quang Thắng", "channel": "phone"},
         ("thongke", 1, "classify", CONDUCT), *answered(means="phone"),
         ("chuyenmon", 1, "ask_solved"), ("motcua", 1, "record_solved", "no"),
         ("chutich", 0, "close_unsolved", "Chờ bổ sung công chức"))  # fmt: skip
    play(35, {"subject": "Máy lấy số hỏng", "content": "Máy lấy số thứ tự hỏng cả tháng.",
              "proposal": "Sửa máy.", "sender_name": "Nguyễn Đức Mạnh", "channel": "web"},
         ("thongke", 1, "classify", {"category": "initiative"}),
         *answered(**grounds | {"outcome": "issue"}),
         ("thongke", 3, "reopen", "Máy vẫn chưa sửa"),
         ("chuyenmon", 1, "ask_more", "Máy ở quầy nào?"), ("chuyenmon", 2, "resume"))  # fmt: skip
    env.cr.commit()
    print(f"  {env['tthc.feedback'].search_count([])} feedback of the last weeks")


if env["tthc.feedback"].search_count([], limit=1):
    print("  There is feedback already: nothing to do.")
elif not env.ref("tthc_onestop.user_motcua", raise_if_not_found=False):
    sys.exit("  The commune's data are missing: run make run (or make db) first.")
else:
    play_all()
