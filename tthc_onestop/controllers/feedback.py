from odoo.http import Controller, request, route

from .files import file_response


class FeedbackController(Controller):
    @route(
        "/tthc/feedback/<int:feedback_id>/receipt",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def receipt(self, feedback_id):
        """The slip of reception of a feedback that the user sees."""
        feedback = request.env["tthc.feedback"].search([("id", "=", feedback_id)])
        if not feedback:
            raise request.not_found()
        return file_response(feedback.receipt_pdf(), f"tiep-nhan_{feedback.name}.pdf")

    @route(
        "/tthc/feedback/register/<int:register_id>/<any(pdf,xlsx):kind>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def register(self, register_id, kind):
        """The book that the user has asked for, with the feedback that the user sees."""
        register = request.env["tthc.feedback.register"].search([("id", "=", register_id)])
        if not register:
            raise request.not_found()
        name = f"so-phan-anh_{register.date_from:%Y%m%d}_{register.date_to:%Y%m%d}.{kind}"
        return file_response(getattr(register, kind)(), name)

    @route(
        "/tthc/feedback/notice/<int:company_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def notice(self, company_id, paper="A4"):
        """The notice on feedback of one of the user's communes."""
        company = request.env["res.company"].browse(company_id)
        if company not in request.env.companies or paper not in ("A3", "A4"):
            raise request.not_found()
        return file_response(company.tthc_notice_pdf(paper), "phan-anh-kien-nghi.pdf")
