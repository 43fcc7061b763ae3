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
        vietnamese = self.env["tthc.reminder"]._in_vietnamese().env
        kinds, channels = (
            dict(items._fields[name]._description_selection(vietnamese))
            for name in ("kind", "channel")
        )
        of_kinds = items.grouped("kind")
        by_kind = "; ".join(
            f"{kinds[kind].lower()}: {len(of_kinds[kind])}" for kind in kinds if kind in of_kinds
        )
        lines = [
            f"Trong kỳ đã đăng, phát, tổ chức {len(items)} tin, bài, hoạt động tuyên truyền "
            f"({by_kind}); tổng số lượt phát: {sum(items.mapped('broadcast_count'))}."
        ]
        for item in items:
            said = f", {item.broadcast_count} lượt phát" if item.broadcast_count else ""
            lines.append(
                f"- Ngày {item.date_published:%d/%m/%Y}: {item.name} ({kinds[item.kind]}, "
                f"{channels[item.channel]}{said})."
            )
        return "\n".join(lines).translate(NO_BRACES)
