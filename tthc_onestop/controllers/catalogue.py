import json
from collections import Counter
from urllib.parse import quote, urlencode

from odoo.http import Controller, request, route
from odoo.tools.json import scriptsafe

from odoo.addons.web.controllers.home import Home

from ..models.res_company import to_local
from ..rules.search_text import MOST_CHARACTERS, find

ROOT = "/thu-tuc-hanh-chinh"
PAGE, JSON_PAGE = 20, 500
FRESH = 300  # seconds that a browser or proxy may keep an answer
PUBLIC = {
    "type": "http",
    "auth": "public",
    "methods": ["GET"],
    "readonly": True,
    "save_session": False,  # no cookie: proxies may keep the answer
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Language": "vi",
    "Cache-Control": f"public, max-age={FRESH}",
}
UNITS = {
    "hour": "giờ làm việc",
    "working_day": "ngày làm việc",
    "day": "ngày",
    "same_day": "ngày, trả trong ngày",
}
LABELS = {
    "online": {
        "none": "Không, nộp tại Bộ phận Một cửa",
        "partial": "Trực tuyến một phần",
        "full": "Trực tuyến toàn trình",
    },
    "channels": {"direct": "Trực tiếp", "online": "Trực tuyến", "post": "Bưu chính công ích"},
    "levels": {
        "commune": "Cấp xã",
        "district": "Cấp huyện",
        "province": "Cấp tỉnh",
        "vertical": "Cơ quan ngành dọc",
    },
}
# these pages run no script
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)


class CatalogueController(Controller):
    """The catalogue for everybody: no login, no script, no personal data, no internal note."""

    @route(ROOT, **PUBLIC)
    def catalogue(self, q="", linh_vuc="", su_kien="", trang="1", xa="", **_tracking):
        commune, procedures = self._commune(xa), request.env["tthc.procedure"]
        listed, events = procedures.public_list(), procedures.public_events()
        sectors = {each.sector_id: each.sector for each in listed}
        of_event = Counter(code for each in listed for code in each.events)
        of_sector = Counter(each.sector_id for each in listed)
        sector_id = _number(linh_vuc)
        if not commune or (linh_vuc and sector_id not in sectors):
            return self._missing(commune)
        if su_kien and su_kien not in dict(events):
            return self._missing(commune)
        xa, linh_vuc = xa and str(commune.company_id), linh_vuc and str(sector_id)
        q = " ".join(q[:MOST_CHARACTERS].split())
        found = [
            each
            for each in listed
            if (not linh_vuc or each.sector_id == sector_id)
            and (not su_kien or su_kien in each.events)
        ]
        found = [found[place] for place in find(q, [each.text for each in found])]
        pages = max(1, -(-len(found) // PAGE))
        page = min(max(_number(trang) or 1, 1), pages)
        chosen = {"q": q, "linh_vuc": linh_vuc, "su_kien": su_kien, "xa": xa}
        narrowed = any((q, linh_vuc, su_kien))
        title = dict(events).get(su_kien) or sectors.get(sector_id) or "Thủ tục hành chính"
        return self._page(
            "catalogue_list",
            commune,
            key=None if q else (linh_vuc, su_kien, page, xa),
            path=_link(linh_vuc=linh_vuc, su_kien=su_kien, trang=page if page > 1 else ""),
            title=f"“{q}” – {title}" if q else title,
            description=f"{len(found)} thủ tục hành chính tại {commune.name}: giấy tờ phải nộp, "
            "thời hạn giải quyết, phí và lệ phí.",
            indexed=not q,
            q=q,
            chosen=chosen,
            narrowed=narrowed,
            title_of_list=title,
            found=found[(page - 1) * PAGE : page * PAGE],
            count=len(found),
            page=page,
            pages=pages,
            link=lambda **changed: _link(**(chosen | changed)),
            at=_at(xa),
            events=[(code, name, of_event[code]) for code, name in events],
            sectors=[(id_, name, of_sector[id_]) for id_, name in sectors.items()],
            term=lambda listed: _term(listed._asdict()),
        )

    @route(f"{ROOT}/<string:code>", **PUBLIC)
    def procedure(self, code, xa="", **_tracking):
        commune, values = self._commune(xa), self._values(code)
        if not commune or not values:
            return self._missing(commune)
        xa = xa and str(commune.company_id)
        ended = values["state"] != "published"
        return self._page(
            "catalogue_procedure",
            commune,
            key=(code, xa),
            path=f"{ROOT}/{code}",
            status=410 if ended else 200,
            title=values["name"],
            description=_description(values),
            indexed=not ended,
            procedure=values,
            term=_term,
            case_term=_number_and_unit,
            link=lambda **changed: _link(**({"xa": xa} | changed)),
            at=_at(xa),
            structured=_structured(values, commune),
        )

    @route(f"{ROOT}/<string:code>/mau/<int:paper_id>", **PUBLIC)
    def form(self, code, paper_id, **_tracking):
        """The form to fill in of a paper of a procedure in force."""
        values = self._values(code)
        papers = values["papers"] if values and values["state"] == "published" else ()
        if not any(paper["id"] == paper_id and paper["form_name"] for paper in papers):
            raise request.not_found()
        # the forms of what is in force are public
        paper = request.env["tthc.procedure.document"].sudo().browse(paper_id)
        stream = request.env["ir.binary"]._get_stream_from(
            paper, "form_file", filename_field="form_name"
        )
        return stream.get_response(as_attachment=True)

    # ---------------------------------------------------------------- for programs

    @route(f"{ROOT}.json", **PUBLIC, cors="*")
    def catalogue_json(self, trang="1", **_tracking):
        procedures = request.env["tthc.procedure"]
        listed = procedures.public_list()
        pages = max(1, -(-len(listed) // JSON_PAGE))
        page = _number(trang) or 0
        if not 1 <= page <= pages:
            raise request.not_found()
        modified = procedures.public_modified()
        base = _base()
        return self._json(
            {
                "schema": "tthc-catalogue/1",
                "modified": f"{modified:%Y-%m-%dT%H:%M:%SZ}",
                "count": len(listed),
                "page": page,
                "pages": pages,
                "next": f"{base}{ROOT}.json?trang={page + 1}" if page < pages else None,
                "procedures": [
                    {
                        "code": each.code,
                        "name": each.name,
                        "sector": each.sector,
                        "life_events": list(each.events),
                        "duration": each.duration or None,
                        "duration_unit": each.duration_unit or None,
                        "duration_text": each.duration_text or None,
                        "fee_text": each.fee_text or None,
                        "online_level": each.online_level or None,
                        "unverified": list(each.unverified),
                        "url": f"{base}{ROOT}/{each.code}",
                        "json": f"{base}{ROOT}/{each.code}.json",
                    }
                    for each in listed[(page - 1) * JSON_PAGE : page * JSON_PAGE]
                ],
            },
            modified,
        )

    @route(f"{ROOT}/<string:code>.json", **PUBLIC, cors="*")
    def procedure_json(self, code, **_tracking):
        values = self._values(code)
        if not values:
            raise request.not_found()
        url, modified = f"{_base()}{ROOT}/{code}", values["modified"]
        papers = [
            {key: value for key, value in paper.items() if key not in ("id", "form_name")}
            | {"form": f"{url}/mau/{paper['id']}" if paper["form_name"] else None}
            for paper in values["papers"]
        ]
        changed = {
            "schema": "tthc-procedure/1",
            "url": url,
            "duration": values["duration"] or None,
            "events": [code for code, _name in values["events"]],
            "papers": papers,
            "modified": f"{modified:%Y-%m-%dT%H:%M:%SZ}",
        }
        values = {key: value for key, value in (values | changed).items() if key != "sector_id"}
        values["life_events"] = values.pop("events")
        return self._json(values, modified, 200 if values["state"] == "published" else 410)

    @route(f"{ROOT}/sitemap.xml", **PUBLIC)
    def sitemap(self, **_tracking):
        base = _base()
        listed = request.env["tthc.procedure"].public_list()[:50_000]  # the most that one may have
        urls = "".join(
            f"<url><loc>{base}{ROOT}/{each.code}</loc>"
            f"<lastmod>{each.modified:%Y-%m-%dT%H:%M:%SZ}</lastmod></url>"
            for each in listed
        )
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            f"<url><loc>{base}{ROOT}</loc></url>{urls}</urlset>"
        )
        return self._answer(body, "application/xml")

    # ---------------------------------------------------------------- parts of the above

    def _commune(self, xa):
        return request.env["res.company"].tthc_contact(_number(xa) or 0 if xa else None)

    def _values(self, code):
        procedures = request.env["tthc.procedure"]
        found = procedures.public_ids().get(code)
        return found and procedures.public_page(found)

    def _missing(self, commune):
        return self._page(
            "catalogue_missing",
            commune or self._commune(""),
            path=ROOT,
            status=404,
            title="Không tìm thấy",
            description="Không có thủ tục hành chính này.",
            indexed=False,
        )

    def _page(self, template, commune, *, path, key=None, status=200, **values):
        """A page; those with the same key are the same until something in the cache changes."""

        def render():
            return request.env["ir.qweb"]._render(
                f"tthc_onestop.{template}",
                values
                | LABELS
                | {
                    "commune": commune,
                    "url": f"{_base()}{path}",
                    "root": ROOT,
                    "local": to_local,
                    "debug": "",  # a developer's page would be kept by proxies
                },
            )

        kept = request.env["tthc.procedure"].public_html
        html = kept((template, *key), render) if key else render()
        answer = self._answer(f"<!DOCTYPE html>\n{html}", "text/html", status)
        answer.headers["Content-Security-Policy"] = POLICY
        return answer

    def _json(self, values, modified, status=200):
        body = json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=str)
        return self._answer(body, "application/json", status, modified)

    def _answer(self, body, mimetype, status=200, modified=None):
        answer = request.make_response(body, HEADERS, status=status)
        answer.content_type = f"{mimetype}; charset=utf-8"
        if status == 200:
            if modified:
                answer.last_modified = modified
            answer.add_etag()
            answer.make_conditional(request.httprequest)
        return answer


class PublicHome(Home):
    """Of all that is here, search engines may read the catalogue."""

    def _get_allowed_robots_routes(self):
        return [*super()._get_allowed_robots_routes(), ROOT, "/web/assets/"]  # with its style

    @route()
    def robots(self, **kwargs):
        answer = super().robots(**kwargs)
        where = f"\nSitemap: {_base()}{ROOT}/sitemap.xml\n"
        answer.set_data(answer.get_data(as_text=True) + where)
        return answer


def _number(text):
    """A number as addresses have it, None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _link(**chosen):
    """The list, narrowed by what is chosen."""
    chosen = {key: value for key, value in chosen.items() if value}
    return f"{ROOT}?{urlencode(chosen, quote_via=quote)}" if chosen else ROOT


def _at(xa):
    """The way to the page of a code, in the commune that was asked for."""
    return lambda code: f"{ROOT}/{code}{xa and f'?xa={xa}'}"


def _base():
    # where citizens come in is no secret
    return request.env["ir.config_parameter"].sudo().get_param("web.base.url")


def _term(values):
    """The time it takes, as published where it is."""
    if values["duration_text"] or not values["duration"]:
        return values["duration_text"]
    return _number_and_unit(values)


def _number_and_unit(values):
    return f"{values['duration']:g} {UNITS[values['duration_unit']]}".replace(".", ",")


def _description(values):
    parts = [
        _term(values) and f"Thời hạn: {_term(values)}.",
        values["fee_text"] and f"Phí, lệ phí: {values['fee_text']}.",
        values["papers"] and f"Giấy tờ: {len(values['papers'])} loại.",
    ]
    text = " ".join((f"{values['name']} ({values['code']}).", *filter(None, parts)))
    return text if len(text) <= 300 else f"{text[:299]}…"


def _structured(values, commune):
    """What search engines read (schema.org/GovernmentService)."""
    service = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": values["name"],
        "identifier": values["code"],
        "serviceType": values["sector"],
        "inLanguage": "vi",
        "url": f"{_base()}{ROOT}/{values['code']}",
        "dateModified": f"{values['modified']:%Y-%m-%dT%H:%M:%SZ}",
        "serviceOutput": values["result_name"],
        "provider": {
            "@type": "GovernmentOrganization",
            "name": commune.name,
            "address": commune.address or None,
            "telephone": commune.phones[0] if commune.phones else None,
        },
    }
    return scriptsafe.dumps(service, ensure_ascii=False)
