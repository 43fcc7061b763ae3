from odoo import api, fields, models

from ..render.pdf import html_to_pdf, qr_png
from ..rules import feedback as rules
from .res_company import to_local

# papers are Vietnamese, whatever the language of the user
CHANNELS = {
    "paper": "Văn bản",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
    "form": "Phiếu lấy ý kiến",
    "web": "Trang của xã",
    "portal": "Cổng Dịch vụ công quốc gia",
}


class TthcFeedback(models.Model):
    """The slip that says it is registered: the proof for its sender."""

    _inherit = "tthc.feedback"

    def action_print_receipt(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/tthc/feedback/{self.id}/receipt",
            "target": "new",
        }

    @api.private
    def receipt_pdf(self):
        """The slip of reception on A5."""
        self.ensure_one()
        company, received = self.company_id, to_local(self.received_at)
        html = self.env["ir.qweb"]._render(
            "tthc_onestop.feedback_receipt",
            {
                "feedback": self,
                "letterhead": company.tthc_letterhead(),
                "phone": company.tthc_feedback_phone or "",
                "moment": f"{received:%H:%M} ngày {received:%d/%m/%Y}",
                "day": f"ngày {received:%d} tháng {received:%m} năm {received:%Y}",
                "channel": CHANNELS[self.channel],
                "content": rules.shortened(self.content, 700),
                "link": self._lookup_link(),
                "qr": qr_png(self._lookup_link()),
                "recorder": self.create_uid.name if self.channel in ("paper", "phone") else "",
            },
            minimal_qcontext=True,
        )
        return html_to_pdf(str(html), fields.Datetime.now())

    def _lookup_link(self):
        return f"{self.get_base_url()}/phan-anh-kien-nghi/tra-cuu?so={self.name}"
