"""Bad input through the real API: a clear Vietnamese message each, and nothing half-written."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from .conftest import Client

TOMORROW = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S")
LONG_AGO = "2001-01-01 00:00:00"


@pytest.fixture(scope="module")
def desk(site, database):
    return Client(site, database[1]["motcua"])


@pytest.fixture(scope="module")
def procedure(desk):
    [found] = desk.call("tthc.procedure", "search", domain=[["code", "=", "1.004884"]]).json()
    return found


def refused(answer, words):
    assert answer.status_code == 422, answer.text
    said = answer.json()["message"]
    assert words in said, said


def counts(desk):
    return [
        desk.call(model, "search_count", domain=[]).json()
        for model in ("tthc.dossier", "tthc.dossier.event", "tthc.dossier.slip")
    ]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"procedure_id": 999999}, "Hãy chọn thủ tục trong danh mục"),
        ({"procedure_id": None}, "Hãy chọn thủ tục trong danh mục"),
        ({"applicant_name": ""}, "Hãy nhập họ tên người nộp"),
        ({"applicant_name": None}, "Hãy nhập họ tên người nộp"),
        ({"applicant_identity": "03018500012"}, "CCCD có 12 chữ số"),
        ({"applicant_email": "dao.example.vn"}, "không phải địa chỉ email"),
        ({"applicant_phone": "khong co"}, "không phải số điện thoại"),
        ({"submitted_at": TOMORROW}, "thời điểm trong tương lai"),
        ({"status": "lost"}, "Không được ghi trực tiếp: Trạng thái"),
        ({"status": "settled"}, "Không được ghi trực tiếp: Trạng thái"),
        ({"due_at": LONG_AGO}, "Không được ghi trực tiếp: Hẹn trả lúc"),
        ({"settled_on": "2023-01-01"}, "Không được ghi trực tiếp: Ngày xử lý xong"),
        ({"channel": "pigeon"}, "không phải là hình thức nộp hồ sơ"),
    ],
)
def test_values_of_a_new_dossier(desk, procedure, values, words):
    before = counts(desk)
    good = {"procedure_id": procedure, "applicant_name": "Người nhập sai"}
    refused(desk.call("tthc.dossier", "create", vals_list=[good | values]), words)
    # one bad line of many: none is kept
    refused(desk.call("tthc.dossier", "create", vals_list=[good, good | values]), words)
    assert counts(desk) == before


@pytest.mark.parametrize(
    ("method", "arguments", "words"),
    [
        ("action_return", {}, "chỉ thực hiện được “Trả kết quả” khi hồ sơ ở “Đã xử lý xong”"),
        ("action_receive", {}, "chỉ thực hiện được “Tiếp nhận” khi hồ sơ ở “Mới đăng ký”"),
        ("action_resume", {}, "khi hồ sơ ở “Yêu cầu bổ sung giấy tờ”"),
        ("action_request_supplement", {"reason": "  "}, "phải ghi rõ lý do"),
        ("action_withdraw", {"reason": ""}, "phải ghi rõ lý do"),
        ("action_process", {"officer_id": 999999}, "Hãy chọn công chức chuyên môn"),
        ("write", {"vals": {"status": "settled"}}, "Không được ghi trực tiếp"),
        ("write", {"vals": {"due_at": LONG_AGO}}, "Không được ghi trực tiếp"),
        ("write", {"vals": {"settled_on": "2023-01-01"}}, "Không được ghi trực tiếp"),
        ("write", {"vals": {"applicant_name": "Người khác"}}, "được giữ nguyên như khi khai"),
    ],
)
def test_moves_that_are_not_allowed(desk, procedure, method, arguments, words):
    values = {"procedure_id": procedure, "applicant_name": "Người nhập sai"}
    ids = desk.call("tthc.dossier", "create", vals_list=[values]).json()
    assert desk.call("tthc.dossier", "action_receive", ids=ids).ok
    before = counts(desk), desk.call("tthc.dossier", "read", ids=ids, fields=[]).json()
    refused(desk.call("tthc.dossier", method, ids=ids, **arguments), words)
    assert (counts(desk), desk.call("tthc.dossier", "read", ids=ids, fields=[]).json()) == before


def test_a_move_that_is_somebody_elses(desk, procedure):
    values = {"procedure_id": procedure, "applicant_name": "Người nhập sai"}
    ids = desk.call("tthc.dossier", "create", vals_list=[values]).json()
    assert desk.call("tthc.dossier", "action_receive", ids=ids).ok
    later = (datetime.now(UTC) + timedelta(days=60)).strftime("%Y-%m-%d %H:%M:%S")
    answer = desk.call("tthc.dossier", "action_extend", ids=ids, reason="Chờ", due_at=later)
    assert answer.status_code == 403
    assert "Người được thực hiện: Lãnh đạo UBND" in answer.json()["message"]


def test_an_attachment_over_the_limit(desk, procedure):
    values = {"procedure_id": procedure, "applicant_name": "Người nhập sai"}
    ids = desk.call("tthc.dossier", "create", vals_list=[values]).json()
    file = {
        "name": "quét.pdf",
        "res_model": "tthc.dossier",
        "res_id": ids[0],
        "datas": base64.b64encode(bytes(21 * 1024 * 1024)).decode(),
    }
    refused(desk.call("ir.attachment", "create", vals_list=[file]), "lớn hơn 20 MB cho phép")
    domain = [["res_model", "=", "tthc.dossier"], ["res_id", "in", ids]]
    assert desk.call("ir.attachment", "search_count", domain=domain).json() == 0


def test_an_unknown_report(desk):
    days = {"date_from": "2023-03-15", "date_to": "2023-06-14"}
    answer = desk.call("tthc.report", "get_figures", form="II.99", **days)
    refused(answer, "Không có biểu mẫu “II.99”")
