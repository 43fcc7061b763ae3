from odoo import models

from .report_period_text import NO_BRACES


class TthcReportPeriod(models.Model):
    """The communication section of the written report (NĐ 63/2010 Đ35.3g; plan II.8)."""

    _inherit = "tthc.report.period"

    def _text_of_communication(self):
        """What went out in the period, by kind and one by one; nothing of what is planned only."""
        items = self.env["tthc.communication.item"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "published"),
                ("date_published", ">=", self.date_from),
                ("date_published", "<=", self.date_to),
            ],
            order="date_published, id",
        )
        if not items:
            return ""
        kinds, channels = items._words("kind"), items._words("channel")
        lines = [items._in_numbers()]
        for item in items:
            said = f", {item.broadcast_count} lượt phát" if item.broadcast_count else ""
            lines.append(
                f"- Ngày {item.date_published:%d/%m/%Y}: {item.name} ({kinds[item.kind]}, "
                f"{channels[item.channel]}{said})."
            )
        return "\n".join(lines).translate(NO_BRACES)
