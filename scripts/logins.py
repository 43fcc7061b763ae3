"""The demo logins: generated passwords, and the table `make run` shows.

usage: logins.py create|table PASSWORDS.json
"""

import json
import secrets
import sys
from pathlib import Path

ROLES = {
    "admin": "Quản trị Odoo",
    "motcua": "Công chức Bộ phận Một cửa",
    "chuyenmon": "Công chức chuyên môn (Tư pháp - Hộ tịch)",
    "diachinh": "Công chức chuyên môn (Địa chính)",
    "xahoi": "Công chức chuyên môn (Văn hóa - Xã hội)",
    "thongke": "Công chức Văn phòng - Thống kê",
    "chutich": "Lãnh đạo UBND",
    "vanhoa": "Công chức Văn hóa - Xã hội, Đài truyền thanh",
    "taichinh": "Công chức Tài chính - Kế toán",
    "thanhtra": "Thanh tra, kiểm tra",
    "quantri": "Quản trị hệ thống TTHC",
}
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that is taken for another


def create(path):
    """Give each login that has none a password; keep the others."""
    passwords = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if ROLES.keys() <= passwords.keys():
        return
    for login in ROLES:
        groups = ("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))
        passwords.setdefault(login, "-".join(groups))
    new = path.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(json.dumps(passwords, indent=1), encoding="utf-8")
    new.replace(path)


def table(path):
    passwords = json.loads(path.read_text(encoding="utf-8"))
    print(f"{'Đăng nhập':<12}{'Mật khẩu':<18}Vai trò")
    for login, role in ROLES.items():
        print(f"{login:<12}{passwords[login]:<18}{role}")


if __name__ == "__main__":
    {"create": create, "table": table}[sys.argv[1]](Path(sys.argv[2]))
