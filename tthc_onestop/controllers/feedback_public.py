from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.feedback_citizen import PUBLIC_FIELDS, NotTaken, TooMany
from ..rules.feedback import clean

ROOT = "/phan-anh-kien-nghi"
PAGE = 20
LARGEST = 512 * 1024  # bytes of a form: 10,000 letters in each text, each in nine
HONEYPOT = "trang_chu"  # a field that nobody sees; a machine fills it in


class FeedbackPages(CustomerPortal):
    """The public form, look-up and answers; and, for a citizen, their own feedback."""

    def _commune(self, commune_id):
        """The commune that is asked for, the first one when none is."""
        contact = request.env["res.company"].tthc_contact(
            int(commune_id) if str(commune_id).isdecimal() else None
        )
        if not contact:
            raise request.not_found()
        # how to reach the office with feedback is public
        return request.env["res.company"].sudo().browse(contact.company_id)

    def _page(self, commune, status=200, **values):
        notice = commune.tthc_notice()
        answer = request.render(
            "tthc_onestop.feedback_public",
            {
                "commune": commune,
                "notice": notice["notice"],
                "contacts": notice["contacts"],
                "said": {},
                "problem": "",
                "honeypot": HONEYPOT,
                "most": PUBLIC_FIELDS,
            }
            | values,
        )
        answer.status_code = status
        return answer

    @route(ROOT, type="http", auth="public", website=True, methods=["GET"])
    def feedback_form(self, xa="", **_tracking):
        return self._page(self._commune(xa))

    @route(
        f"{ROOT}/gui",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        captcha="tthc_feedback",
        max_content_length=LARGEST,
    )
    def feedback_send(self, xa="", **said):
        """Register it, and show its number; what cannot be registered stays in the form."""
        commune = self._commune(xa)
        if said.get(HONEYPOT):
            return request.redirect(f"{ROOT}/tra-cuu")
        # shown again as it is, should it not be taken
        said = {name: clean(str(text), LARGEST) for name, text in said.items()}
        user = request.env.user
        partner = user.partner_id if user._is_portal() else None
        try:
            number = request.env["tthc.feedback"].from_public(
                commune, said, request.httprequest.remote_addr, partner
            )
        except TooMany as error:
            return self._page(commune, 429, said=said, problem=error.args[0])
        except NotTaken as error:
            return self._page(commune, 400, said=said, problem=error.args[0])
        return request.redirect(f"{ROOT}/tra-cuu?so={number}&moi=1")

    @route(f"{ROOT}/tra-cuu", type="http", auth="public", website=True, methods=["GET"])
    def feedback_progress(self, so="", moi="", **_tracking):
        found = request.env["tthc.feedback"].progress_of_feedback(so[:60])
        return request.render(
            "tthc_onestop.feedback_progress", {"number": so[:60], "found": found, "new": moi}
        )

    @route(f"{ROOT}/tra-loi", type="http", auth="public", website=True, methods=["GET"])
    def feedback_answers(self, q="", trang="1", xa="", **_tracking):
        commune = self._commune(xa)
        found = request.env["tthc.feedback"].published(commune, q)
        page = max(int(trang) if trang.isdecimal() and len(trang) < 5 else 1, 1)
        return request.render(
            "tthc_onestop.feedback_answers",
            {
                "commune": commune,
                "q": q[:100],
                "xa": xa if xa.isdecimal() else "",
                "page": page,
                "count": len(found),
                "more": len(found) > page * PAGE,
                "found": found[(page - 1) * PAGE : page * PAGE],
            },
        )

    # ---------------------------------------------------------------- with an account

    def _own_feedback(self):
        return request.env["tthc.feedback"].of_sender(request.env.user.partner_id)

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "feedback_count" in counters:
            values["feedback_count"] = len(self._own_feedback())
        return values

    def _one(self, feedback_id):
        """One of the citizen's own. :raises NotFound: it is not theirs, or there is none"""
        own = self._own_feedback().filtered(lambda each: each.id == feedback_id)
        if not own:
            raise request.not_found()
        return own

    @route("/my/feedback", type="http", auth="user", website=True)
    def my_feedback(self):
        values = {
            "page_name": "feedback_list",
            "feedbacks": [each.sender_values() for each in self._own_feedback()],
        }
        return request.render(
            "tthc_onestop.portal_my_feedback_list",
            self._prepare_portal_layout_values() | values,
        )

    @route("/my/feedback/<int:feedback_id>", type="http", auth="user", website=True)
    def my_one(self, feedback_id):
        values = {"page_name": "feedback", "feedback": self._one(feedback_id).sender_values()}
        return request.render(
            "tthc_onestop.portal_my_feedback", self._prepare_portal_layout_values() | values
        )

    @route(
        "/my/feedback/<int:feedback_id>/tra-loi",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=LARGEST,
    )
    def my_reply(self, feedback_id, text=""):
        self._one(feedback_id).sender_says(text)
        return request.redirect(f"/my/feedback/{feedback_id}")

    @route(
        "/my/feedback/<int:feedback_id>/danh-gia",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def my_rating(self, feedback_id, solved=""):
        own = self._one(feedback_id)
        if own.status in ("answered", "published") and solved in ("yes", "partly", "no"):
            own.action_record_solved(solved)
        return request.redirect(f"/my/feedback/{feedback_id}")
