from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

PAGE = 30


class CitizenPortal(CustomerPortal):
    """A citizen's own dossiers; and, for everybody, how far a dossier has come."""

    def _dossiers(self):
        return request.env["tthc.dossier"].of_citizen(request.env.user.partner_id)

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "dossier_count" in counters:
            values["dossier_count"] = len(self._dossiers())
        return values

    @route(["/my/dossiers", "/my/dossiers/page/<int:page>"], type="http", auth="user", website=True)
    def my_dossiers(self, page=1):
        dossiers = self._dossiers()
        pages = pager("/my/dossiers", len(dossiers), page, PAGE)
        shown = dossiers[pages["offset"] : pages["offset"] + PAGE]
        return request.render(
            "tthc_onestop.portal_my_dossiers",
            self._prepare_portal_layout_values()
            | {
                "page_name": "dossiers",
                "pager": pages,
                "default_url": "/my/dossiers",
                "dossiers": [dossier.citizen_values() for dossier in shown],
            },
        )

    def _own(self, dossier_id):
        """One of the citizen's dossiers. :raises NotFound: it is not theirs, or there is none"""
        dossier = self._dossiers().filtered(lambda own: own.id == dossier_id)
        if not dossier:
            raise request.not_found()
        return dossier

    @route("/my/dossiers/<int:dossier_id>", type="http", auth="user", website=True)
    def my_dossier(self, dossier_id):
        values = {"page_name": "dossier", "dossier": self._own(dossier_id).citizen_values()}
        return request.render(
            "tthc_onestop.portal_my_dossier", self._prepare_portal_layout_values() | values
        )

    @route(
        "/my/dossiers/<int:dossier_id>/slip/<int:slip_id>", type="http", auth="user", website=True
    )
    def my_slip(self, dossier_id, slip_id):
        slip = self._own(dossier_id).slip_ids.filtered(lambda own: own.id == slip_id)
        if not slip.attachment_id:
            raise request.not_found()
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", "inline"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(slip.attachment_id.raw, headers)

    @route("/tra-cuu", type="http", auth="public", website=True, methods=["GET"])
    def progress(self, code=""):
        code = code.replace("\0", "")[:50]  # PostgreSQL knows no text with a NUL in it
        found = code and request.env["tthc.dossier"].progress_of(code)
        return request.render("tthc_onestop.portal_progress", {"code": code, "found": found})
