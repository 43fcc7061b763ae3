"""Files through the web client's uploads and the API: a clear message, or nothing dangerous."""

import base64
import re

import pytest
import requests

from .conftest import Client, odoo_shell
from .test_access_http import Session

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD = [
    ("trang.html", "text/html", HTML, "thực chất là tệp loại text/html"),
    ("giả.pdf", "application/pdf", HTML, "thực chất là tệp loại text/html"),
    ("hình.svg", "image/svg+xml", SVG, "thực chất là tệp loại image/svg+xml"),
    ("giả.png", "image/png", SVG, "thực chất là tệp loại image/svg+xml"),
    ("rỗng.pdf", "application/pdf", b"", "là tệp rỗng"),
    ("to.pdf", "application/pdf", PDF + bytes(20 * 1024 * 1024), "lớn hơn 20 MB cho phép"),
]
# named, or the tests would have names of 80 MB, which workers send to and fro
each_bad = pytest.mark.parametrize(
    ("name", "mimetype", "content", "words"), BAD, ids=[name for name, *_others in BAD]
)


@pytest.fixture(scope="module")
def program(site, database):
    return Client(site, database[1]["motcua"])


@pytest.fixture(scope="module")
def dossier(program):
    [procedure] = program.call(
        "tthc.procedure", "search", domain=[["code", "=", "1.004884"]]
    ).json()
    values = {"procedure_id": procedure, "applicant_name": "Người đính kèm"}
    [id_] = program.call("tthc.dossier", "create", vals_list=[values]).json()
    return id_


@pytest.fixture(scope="module")
def paper(program, dossier):
    values = {"dossier_id": dossier, "name": "Tờ khai"}
    [id_] = program.call("tthc.dossier.document", "create", vals_list=[values]).json()
    return id_


@pytest.fixture(scope="module")
def client(site, database):
    session = Session(site, database[0], "motcua")
    page = session.session.get(f"{site}/odoo").text
    session.token = re.search(r'csrf_token: "([^"]+)"', page)[1]
    return session


def upload(client, path, file, **data):
    return client.session.post(
        f"{client.address}{path}",
        data={"csrf_token": client.token, **data},
        files={"ufile": file},
        timeout=120,
    )


def ways(client, dossier):
    note = {"thread_model": "tthc.dossier", "thread_id": dossier}
    return {
        "field": lambda file: upload(
            client, "/web/binary/upload_attachment", file, model="tthc.dossier", id=dossier
        ),
        "note": lambda file: upload(client, "/mail/attachment/upload", file, **note),
        "note to come": lambda file: upload(
            client, "/mail/attachment/upload", file, is_pending="true", **note
        ),
    }


def found(program):
    return program.call("ir.attachment", "search_count", domain=[]).json()


@each_bad
def test_what_the_web_client_is_told(client, program, dossier, name, mimetype, content, words):
    before = found(program)
    for way, call in ways(client, dossier).items():
        answer = call((name, content, mimetype))
        assert answer.status_code == 200, way
        said = answer.json()
        assert words in (said[0] if isinstance(said, list) else said)["error"], way
    assert found(program) == before


@each_bad
def test_what_a_program_is_told(program, dossier, paper, name, mimetype, content, words):
    before = found(program)
    datas = base64.b64encode(content).decode()
    place = {"name": name, "res_model": "tthc.dossier", "res_id": dossier, "mimetype": mimetype}
    values = {"document_id": paper, "name": name, "content": datas}
    for answer in (
        program.call("ir.attachment", "create", vals_list=[{**place, "datas": datas}]),
        program.call("tthc.dossier.file", "create", vals_list=[values]),
    ):
        assert answer.status_code == 422, answer.text
        assert words in answer.json()["message"]
    assert found(program) == before


@pytest.mark.parametrize("name", ["../../etc/giấy 😀.pdf", "..\\..\\giấy 😀.pdf", "a/giấy 😀.pdf"])
def test_a_name_that_leads_elsewhere(client, program, dossier, name):
    for way, call in ways(client, dossier).items():
        answer = call((name, PDF, "text/html")).json()
        id_ = answer[0]["id"] if isinstance(answer, list) else answer["data"]["attachment_id"]
        served = client.session.get(f"{client.address}/web/content/{id_}", timeout=60)
        assert served.content == PDF, way
        assert served.headers["Content-Type"] == "application/pdf"
        assert served.headers["X-Content-Type-Options"] == "nosniff"
        if way == "note to come":  # what it is called is looked at when it comes to the dossier
            program.call("tthc.dossier", "message_post", ids=[dossier], attachment_ids=[id_])
        [kept] = program.call("ir.attachment", "read", ids=[id_], fields=["name"]).json()
        assert kept["name"] == "giấy 😀.pdf", way


def test_a_scan_comes_back_as_a_download(client, program, database, paper):
    values = {"document_id": paper, "name": "a.html", "content": base64.b64encode(PDF).decode()}
    [id_] = program.call("tthc.dossier.file", "create", vals_list=[values]).json()
    served = client.session.get(
        f"{client.address}/web/content/tthc.dossier.file/{id_}/content"
        "?filename_field=name&download=true",
        timeout=60,
    )
    assert served.content == PDF
    assert served.headers["Content-Type"] == "application/pdf"
    assert served.headers["Content-Disposition"].startswith("attachment")
    finance = Session(client.address, database[0], "taichinh").session
    assert finance.get(served.url, timeout=60).status_code == 404


def test_what_was_there_before_is_not_shown_as_a_page(client, database, dossier):
    """HTML and SVG that came in some other way are downloaded when they are opened."""
    printed = odoo_shell(
        database[0],
        "files = env['ir.attachment'].create([{'name': 'a', 'raw': b'%PDF-1.4', "
        f"'res_model': 'tthc.dossier', 'res_id': {dossier}}}] * 2)\n"
        "for file, type, raw in zip(files, ['text/html', 'image/svg+xml'], "
        f"[{HTML!r}, {SVG!r}]):\n"
        "    env.flush_all()\n"
        "    env.cr.execute('UPDATE ir_attachment SET mimetype=%s, db_datas=%s, store_fname=NULL "
        "WHERE id=%s', [type, raw, file.id])\n"
        "env.cr.commit()\n"
        "print('IDS', *files.ids, '.')\n",
    )
    for id_ in re.findall(r"\d+", printed.split("IDS", 1)[1]):
        served = client.session.get(f"{client.address}/web/content/{id_}", timeout=60)
        assert served.headers["Content-Type"] == "application/octet-stream"
        assert served.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/web/binary/upload_attachment", "/mail/attachment/upload"])
def test_two_hundred_megabytes(client, site, dossier, program, tmp_path, path):
    """Sent from the disk: neither side has it in memory."""
    before, body = found(program), tmp_path / "body"
    fields = {"csrf_token": client.token, "model": "tthc.dossier", "id": dossier}
    fields |= {"thread_model": "tthc.dossier", "thread_id": dossier}
    with body.open("wb") as file:
        for name, value in fields.items():
            head = f'--END\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            file.write(head.encode())
        head = '--END\r\nContent-Disposition: form-data; name="ufile"; filename="to.pdf"\r\n\r\n'
        file.write(head.encode() + PDF)
        file.seek(200 * 1024 * 1024, 1)  # a hole: zeros
        file.write(b"\r\n--END--\r\n")
    with body.open("rb") as file:
        try:
            answer = client.session.post(
                f"{client.address}{path}",
                data=file,
                headers={"Content-Type": "multipart/form-data; boundary=END"},
                timeout=120,
            )
            assert answer.status_code == 413
        except requests.ConnectionError:
            pass  # it hung up before the end
    assert found(program) == before
    assert requests.get(f"{site}/web/health", timeout=10).ok
