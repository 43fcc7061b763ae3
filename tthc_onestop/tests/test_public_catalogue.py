import json
from copy import deepcopy
from datetime import date, datetime
from unittest.mock import patch

from lxml import etree, html

from odoo import Command, sql_db
from odoo.tests import HttpCase, tagged

from .common import DossierCase

ROOT = "/thu-tuc-hanh-chinh"
SECRET = "Ghi chú nội bộ 123"
EVIL = '</script><script>alert("x")</script><img src=x onerror=alert(1)>'


@tagged("post_install", "-at_install")
class TestPublicCatalogue(HttpCase, DossierCase):
    """What anybody may read without a login."""

    def setUp(self):
        super().setUp()
        self.change(
            note=SECRET,
            source=SECRET,
            fee_text="8.000 đ",
            document_ids=[
                Command.create({"name": "Tờ khai", "originals": 1, "note": SECRET}),
                Command.create({"name": "Giấy tờ tùy thân", "kind": "show"}),
            ],
        )

    def change(self, **values):
        """Another version of the procedure is in force from now on."""
        self.procedure = self.revise("days", **values)

    def open(self, path, status=200, **headers):
        answer = self.url_open(path, headers=headers, allow_redirects=False)
        self.assertEqual(answer.status_code, status, path)
        return answer

    def names(self, path):
        page = html.fromstring(self.open(f"{ROOT}?{path}").text)
        return page.xpath("//ul[@class='found']//a/text()")

    # ---------------------------------------------------------------- the pages

    def test_search(self):
        """Without diacritics, in any order, narrowed by sector and event of life."""
        [birth] = self.env["tthc.procedure"].search([("code", "=", "1.001193")])
        for query in ("khai sinh", "SINH dang ky khai", "đăng ký khai sinh", "1.001193"):
            self.assertEqual(self.names(f"q={query}")[0], birth.name, query)
        self.assertEqual(self.names("q=xin cap phep bay vu tru"), [])
        self.assertEqual(len(self.names(f"linh_vuc={self.civil.id}")), 3)
        self.assertIn(birth.name, self.names("su_kien=sinh-con&q=khai sinh"))
        self.assertNotIn(birth.name, self.names("su_kien=qua-doi&q=khai sinh"))

    def test_pages_of_the_list(self):
        count = self.env["tthc.procedure"].search_count([("state", "=", "published")])
        last = -(-count // 20)
        self.assertEqual(len(self.names("")), 20)
        self.assertEqual(len(self.names(f"trang={last}")), count - 20 * (last - 1))
        self.assertEqual(self.names("trang=99999"), self.names(f"trang={last}"))
        for strange in ("-1", "0", "x", "%00", "1e9", "٣"):
            self.assertEqual(self.names(f"trang={strange}"), self.names(""), strange)

    def test_strange_questions(self):
        for strange in ("%00", "%25", "a" * 3000, "%F0%9F%98%80", "%ff", "%3Cscript%3E"):
            self.assertNotIn("<script>", self.open(f"{ROOT}?q={strange}").text)
        for nothing in ("linh_vuc=x", "linh_vuc=999999", "su_kien=x", "xa=x", "xa=999999", "xa=-1"):
            self.assertIn("Không tìm thấy", self.open(f"{ROOT}?{nothing}", 404).text)
        self.open(f"{ROOT}?utm_source=zalo")

    def test_a_page_has_the_parts(self):
        self.change(
            duration_text="05 ngày làm việc (memory)",
            unverified_fields="duration",
            result_name="Giấy xác nhận",
            legal_basis_ids=[Command.create({"name": "Luật Hộ tịch 60/2014/QH13"})],
        )
        page = self.open(f"{ROOT}/{self.procedure.code}").text
        for part in (
            *("Thủ tục thử days", "Tờ khai", "1 bản chính", "Giấy tờ tùy thân", "8.000 đ"),
            *("05 ngày làm việc", "chưa kiểm chứng", "Giấy xác nhận", "Luật Hộ tịch 60/2014/QH13"),
            *("Hộ tịch (thử)", "Cập nhật lần cuối", "Không phải nộp lại"),
        ):
            self.assertIn(part, page)
        self.assertNotIn("memory", page)
        plain = self.procedures["calendar"]
        page = self.open(f"{ROOT}/{plain.code}").text
        self.assertIn("15 ngày", page)
        self.assertNotIn("chưa kiểm chứng", page)

    def test_ways_to_file_keep_their_columns(self):
        """What a way says nothing of leaves a cell empty: a fee is never read as a term."""
        self.change(channel_ids=[Command.create({"channel": "online", "fee_text": "Miễn phí"})])
        page = html.fromstring(self.open(f"{ROOT}/{self.procedure.code}").text)
        [row] = page.xpath("//h2[text()='Cách nộp']/following-sibling::table//tr[td]")
        cells = [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
        self.assertEqual(cells, ["Trực tuyến", "", "Miễn phí"])

    def test_cases_and_fees(self):
        poor = self.env.ref("tthc_onestop.fee_exemption_poor")
        self.change(
            case_ids=[Command.create({"name": "Phải xác minh", "duration": 2.5})],
            fee_ids=[
                Command.create(
                    {
                        "name": "Phí bản sao",
                        "rule": "per_page",
                        "amount": 2000,
                        "from_page": 3,
                        "amount_beyond": 1000,
                        "ceiling": 200000,
                        "on_request": True,
                        "mark": "v",
                        "exemption_ids": poor.ids,
                    }
                )
            ],
        )
        path = f"{ROOT}/{self.procedure.code}"
        page = " ".join(self.open(path).text.split())
        for part in (
            *("Phải xác minh: 2,5 ngày làm việc", "Phí bản sao"),
            "2.000 đ/trang; từ trang 3: 1.000 đ/trang; tối đa 200.000 đ/bản",
            *("chỉ khi có yêu cầu", "Người thuộc hộ nghèo", "Luật Hộ tịch 60/2014/QH13 Đ11.1a"),
        ):
            self.assertIn(part, page)
        self.assertNotIn("chưa kiểm chứng", page)
        told = self.open(f"{path}.json").json()
        self.assertEqual(told["cases"][0]["duration_unit"], "working_day")
        [fee] = told["fees"]
        self.assertEqual((fee["amount"], fee["exemptions"][0]["percent"]), (2000, 100))
        poor.percent = 50
        self.assertIn("Giảm 50%", self.open(path).text)

    def test_every_part_is_shown(self):
        """Those of an ended procedure too, where they exist."""
        kept = self.env["tthc.procedure"].public_page(self.procedure.id)
        values = deepcopy(kept) | {
            "national_code": "9.000000",
            "level": "commune",
            "sets": 2,
            "result_name": "Giấy chứng nhận",
            "result_code": "KQ.G15.000032",
            "process_text": "Bước 1. Nộp hồ sơ\nBước 2. Nhận kết quả",
            "conditions": "Nam từ đủ 20 tuổi",
            "audience": "Công dân Việt Nam",
            "authority": "Chủ tịch UBND xã",
            "partner_agencies": "Công an xã",
            "channels": [
                {
                    "channel": "post",
                    "duration_text": "05 ngày",
                    "fee_text": "Cước bưu chính",
                    "description": "Gửi bảo đảm",
                }
            ],
            "decision": {
                "number": "1872/QĐ-BTP",
                "name": "Công bố",
                "issuer": "Bộ Tư pháp",
                "signed_on": date(2020, 9, 4),
                "effective_on": date(2020, 9, 5),
            },
        }
        values["papers"][0] |= {"form_name": "to-khai.docx", "case": "Ủy quyền", "held": True}
        model = type(self.env["tthc.procedure"])
        shown = (
            *("(cơ sở dữ liệu quốc gia: 9.000000)", "Cấp xã", "2 bộ", "KQ.G15.000032"),
            *("Bước 1. Nộp hồ sơ", "Nam từ đủ 20 tuổi", "Công dân Việt Nam", "Chủ tịch UBND xã"),
            *("Công an xã", "Bưu chính công ích", "Cước bưu chính", "Gửi bảo đảm", "1872/QĐ-BTP"),
            *("04/09/2020", "05/09/2020", "Bộ Tư pháp", "Ủy quyền:", "đã được xã cấp"),
        )
        paper = self.procedure.document_ids[0]
        with patch.object(model, "public_page", lambda *_args: values):
            page = " ".join(self.open(f"{ROOT}/{self.procedure.code}").text.split())
            told = self.open(f"{ROOT}/{self.procedure.code}.json").json()
        for part in (*shown, f"/{self.procedure.code}/mau/{paper.id}", "to-khai.docx"):
            self.assertIn(part, page)
        self.assertTrue(told["papers"][0]["form"].endswith(f"/mau/{paper.id}"))
        self.assertEqual(told["decision"]["signed_on"], "2020-09-04")
        self.assertEqual(told["channels"][0]["channel"], "post")
        ended = {"state": "abolished", "replaced_by": {"code": "9.000002", "name": "Thủ tục mới"}}
        self.env.registry.clear_cache()  # as a change of state does
        with patch.object(model, "public_page", lambda *_args: values | ended):
            page = " ".join(self.open(f"{ROOT}/{self.procedure.code}", 410).text.split())
        self.assertIn("đã bị bãi bỏ", page)
        self.assertIn(f'href="{ROOT}/9.000002"', page)
        self.assertNotIn("/mau/", page)

    def test_what_is_not_in_force(self):
        """A draft is nothing, what ended says so, a new version takes the place of the old."""
        draft = self.procedure.copy({"code": "9.000009"})
        self.assertIn("Không tìm thấy", self.open(f"{ROOT}/{draft.code}", 404).text)
        path = f"{ROOT}/{self.procedure.code}"
        for state, status, words in [
            ("abolished", 410, "đã bị bãi bỏ"),
            ("superseded", 410, "không còn hiệu lực"),
        ]:
            self.env.cr.execute(  # as it stands, whatever the way there
                "UPDATE tthc_procedure SET state = %s WHERE id = %s", [state, self.procedure.id]
            )
            self.env.invalidate_all()
            self.env.registry.clear_cache()
            page = self.open(path, status)
            self.assertIn(words, page.text)
            self.assertIn('name="robots" content="noindex"', page.text)
            self.assertNotIn("ETag", page.headers)
            self.assertNotIn(self.procedure.code, self.open(f"{ROOT}.json").text)
            self.assertNotIn(self.procedure.code, self.open(f"{ROOT}/sitemap.xml").text)
            self.open(f"{path}.json", status)
        self.change(name="Tên của phiên bản sau")
        self.assertIn("Tên của phiên bản sau", self.open(path).text)
        version = self.open(f"{path}.json").json()["version"]
        self.assertEqual(version, self.procedure.version)
        self.open(f"{ROOT}/0.000000", 404)
        self.open(f"{ROOT}/0.000000.json", 404)

    def test_which_commune(self):
        self.company.write(
            {"street": "Thôn Đoài", "phone": "0220 111", "tthc_desk_phone": "0220 222"}
        )
        page = self.open(f"{ROOT}/{self.procedure.code}?xa={self.company.id}").text
        for part in (self.company.name, "Thôn Đoài", "0220 111", "tel:0220222"):
            self.assertIn(part, page)
        self.company.street = "Thôn Trung"
        page = self.open(f"{ROOT}?xa={self.company.id}").text
        self.assertIn("Thôn Trung", page)
        self.assertIn(f"/{self.env['tthc.procedure'].public_list()[0].code}?xa=", page)
        first = self.env["res.company"].search([("child_ids", "=", False)], order="id", limit=1)
        self.assertIn(first.name, self.open(ROOT).text)
        self.assertNotIn(self.company.name, self.open(ROOT).text)

    # ---------------------------------------------------------------- for machines

    def test_catalogue_for_programs(self):
        told = self.open(f"{ROOT}.json").json()
        published = self.env["tthc.procedure"].search([("state", "=", "published")])
        self.assertEqual(told["count"], len(published))
        self.assertEqual(
            {each["code"] for each in told["procedures"]}, set(published.mapped("code"))
        )
        [own] = [each for each in told["procedures"] if each["code"] == self.procedure.code]
        self.assertEqual((own["duration"], own["duration_unit"]), (5, "working_day"))
        self.assertEqual(own["fee_text"], "8.000 đ")
        self.open(f"{ROOT}.json?trang=2", 404)
        with patch("odoo.addons.tthc_onestop.controllers.catalogue.JSON_PAGE", 50):
            pages = [self.open(f"{ROOT}.json?trang={page}").json() for page in (1, 2)]
        self.assertTrue(pages[0]["next"].endswith(f"{ROOT}.json?trang=2"))
        self.assertEqual(pages[0]["procedures"] + pages[1]["procedures"], told["procedures"][:100])

    def test_not_sent_again_until_it_changes(self):
        for path in (ROOT, f"{ROOT}/{self.procedure.code}", f"{ROOT}/{self.procedure.code}.json"):
            with self.subTest(path):
                first = self.open(path)
                self.assertNotIn("Set-Cookie", first.headers)
                self.assertIn("public", first.headers["Cache-Control"])
                tag = first.headers["ETag"]
                self.assertFalse(self.open(path, 304, **{"If-None-Match": tag}).content)
                self.change(name=f"Tên mới {path}")
                self.procedure.life_event_ids = self.env["tthc.life.event"].search([], limit=1)
                self.open(f"{path}?q=ten moi", 200, **{"If-None-Match": tag})
        path = f"{ROOT}/{self.procedure.code}.json"
        moment = self.open(path).headers["Last-Modified"]
        self.open(path, 304, **{"If-Modified-Since": moment})
        self.change(document_ids=[Command.create({"name": "Tờ khai mới"})])
        self.assertIn("Tờ khai mới", self.open(path).text)
        self.change(legal_basis_ids=[Command.create({"name": "Luật mới"})])
        self.assertIn("Luật mới", self.open(path).text)

    def test_the_last_change_of_the_list(self):
        changed = datetime(2099, 1, 2, 3, 4, 5)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE tthc_procedure SET write_date = %s WHERE id = %s", [changed, self.procedure.id]
        )
        self.env.registry.clear_cache()
        answer = self.open(f"{ROOT}.json")
        self.assertEqual(answer.json()["modified"], "2099-01-02T03:04:05Z")
        self.assertEqual(answer.headers["Last-Modified"], "Fri, 02 Jan 2099 03:04:05 GMT")

    def test_search_engines(self):
        page = html.fromstring(self.open(f"{ROOT}/{self.procedure.code}").text)
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        url = f"{base}{ROOT}/{self.procedure.code}"
        self.assertEqual(page.get("lang"), "vi")
        self.assertEqual(page.xpath("//link[@rel='canonical']/@href"), [url])
        self.assertIn(self.procedure.name, page.xpath("string(//title)"))
        self.assertIn("8.000 đ", page.xpath("string(//meta[@name='description']/@content)"))
        self.assertEqual(page.xpath("//meta[@property='og:title']/@content"), [self.procedure.name])
        [told] = page.xpath("//script[@type='application/ld+json']/text()")
        self.assertEqual(json.loads(told)["@type"], "GovernmentService")
        self.assertEqual(json.loads(told)["identifier"], self.procedure.code)
        sitemap = etree.fromstring(self.open(f"{ROOT}/sitemap.xml").content)
        self.assertIn(url, sitemap.xpath("//*[local-name()='loc']/text()"))
        robots = self.open("/robots.txt").text
        self.assertIn(f"Allow: {ROOT}\n", robots)
        self.assertIn(f"Sitemap: {base}{ROOT}/sitemap.xml", robots)
        self.assertIn("noindex", self.open(f"{ROOT}?q=khai sinh").text)

    # ---------------------------------------------------------------- what must not be

    def test_nothing_internal(self):
        for path in ("", f"/{self.procedure.code}", f"/{self.procedure.code}.json", ".json"):
            page = self.open(ROOT + path).text
            for hidden in (SECRET, self.users["officer"].name, "test_officer"):
                self.assertNotIn(hidden, page, path)

    def test_no_markup_of_others(self):
        self.civil.name = self.company.name = EVIL
        self.change(
            name=EVIL,
            fee_text=EVIL,
            duration_text=EVIL,
            result_name=EVIL,
            document_ids=[Command.create({"name": EVIL})],
            legal_basis_ids=[Command.create({"name": EVIL})],
        )
        for path in (f"?q={EVIL}", f"?q=alert&xa={self.company.id}", f"/{self.procedure.code}"):
            answer = self.open(ROOT + path)
            page = html.fromstring(answer.text)
            self.assertIn("alert(", answer.text)
            self.assertFalse(page.xpath("//img | //script[not(@type)] | //*[@onerror]"), path)
            self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
        self.assertEqual(
            self.open(f"{ROOT}/{self.procedure.code}.json").headers["Content-Type"],
            "application/json; charset=utf-8",
        )

    def test_queries(self):
        """A page costs the same however large the catalogue is, and a warm one next to nothing."""

        def queries(path, warm):
            if warm:
                self.open(path)
            else:
                self.env.registry.clear_cache()
            before = sql_db.sql_counter
            self.open(path)
            return sql_db.sql_counter - before

        paths = (ROOT, f"{ROOT}?q=dang ky", f"{ROOT}/{self.procedure.code}", f"{ROOT}.json")
        self.authenticate(None, None)  # a session that knows its database need not look for it
        few = {(path, warm): queries(path, warm) for path in paths for warm in (False, True)}
        self.env["tthc.procedure"].create(
            [
                {
                    "code": f"8.{number:06}",
                    "name": f"Thủ tục đăng ký {number}",
                    "sector_id": self.land.id,
                    "life_event_ids": self.env["tthc.life.event"].search([], limit=2).ids,
                }
                for number in range(300)
            ]
        )
        self.env.flush_all()
        for (path, warm), count in few.items():
            with self.subTest(path, warm=warm):
                self.assertLessEqual(queries(path, warm), count + 1)
                self.assertLessEqual(count, 4 if warm else 40)

    # ---------------------------------------------------------------- the ways here

    def test_ways_here(self):
        for path in ("/web/login", "/tra-cuu"):
            self.assertIn(f'href="{ROOT}"', self.open(path).text)
        self.authenticate("test_officer", "test_officer")
        self.assertIn(f'href="{ROOT}"', self.open("/my").text)
        self.assertEqual(
            self.as_user("officer", self.procedure).public_url.partition(ROOT)[2],
            f"/{self.procedure.code}?xa={self.company.id}",
        )

    def test_no_commune_in_the_link_of_a_province(self):
        """Its communes have pages, it has none."""
        province = self.env["res.company"].create({"name": "UBND tỉnh Thử"})
        self.env["res.company"].create({"name": "UBND xã Con", "parent_id": province.id})
        url = self.procedure.with_company(province).public_url
        self.assertTrue(url.endswith(f"{ROOT}/{self.procedure.code}"))


@tagged("post_install", "-at_install")
class TestLifeEvents(DossierCase):
    def test_shipped(self):
        """Each shipped event has procedures, and what the commune chose is not undone."""
        events = self.env["tthc.life.event"]
        birth = self.env.ref("tthc_onestop.life_event_sinh_con")
        self.assertIn("1.001193", birth.procedure_ids.mapped("code"))
        marriage = self.env.ref("tthc_onestop.life_event_ket_hon")
        before = marriage.procedure_ids
        birth.procedure_ids = self.procedures["days"]
        marriage.procedure_ids = False
        events.load_shipped()
        self.assertEqual(birth.procedure_ids, self.procedures["days"])
        self.assertEqual(marriage.procedure_ids, before)
        self.assertTrue(all(event.procedure_ids for event in events.search([])))
