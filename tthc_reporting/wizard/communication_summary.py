from odoo import models

HEADINGS = ("STT", "Tin, bài, hoạt động", "Hình thức", "Kênh", "Người viết", "Ngày", "Số lượt phát")


class TthcCommunicationSummary(models.TransientModel):
    """The summary as the official paper: what went out, and what of the programme did not."""

    _name = "tthc.communication.summary"
    _inherit = ["tthc.communication.summary", "tthc.paper.mixin"]
    _paper_path = "/tthc_reporting/communication"

    def _pages(self):
        self.ensure_one()
        signer = self.company_id.tthc_letterhead().signer or ""
        return self._paper_head(self.company_id) | {
            "number": "……/BC-UBND",
            "subject": "Kết quả công tác tuyên truyền cải cách thủ tục hành chính từ ngày "
            f"{self.date_from:%d/%m/%Y} đến ngày {self.date_to:%d/%m/%Y}",
            "blocks": list(self._paper_blocks()),
            "recipients": ["- Lưu: VT."],
            "signer": ["TM. ỦY BAN NHÂN DÂN", *signer.splitlines()],
            "signed_by": "",
        }

    def _paper_blocks(self):
        items = self._items()
        out = items.filtered(self._out).sorted("date_published")
        waiting = (items - out).filtered(lambda item: item.state != "cancelled")
        yield {"kind": "heading", "level": 1, "text": "I. KẾT QUẢ THỰC HIỆN"}
        if out:
            yield {"kind": "paragraph", "text": out._in_numbers()}
            yield self._listed(out)
        else:
            yield {"kind": "paragraph", "text": "Trong kỳ chưa có tin, bài nào được đăng, phát."}
        if waiting:
            yield {"kind": "heading", "level": 1, "text": "II. NỘI DUNG CHƯA ĐĂNG, PHÁT TRONG KỲ"}
            for item in waiting:
                planned = f"- {item.name}: dự kiến ngày {item.date_planned:%d/%m/%Y}."
                yield {"kind": "paragraph", "text": planned}

    def _listed(self, items):
        kinds, channels = items._words("kind"), items._words("channel")
        rows = [
            [
                str(number),
                item.name,
                kinds[item.kind],
                channels[item.channel],
                item.author or item.user_id.name,
                f"{item.date_published:%d/%m/%Y}",
                str(item.broadcast_count),
            ]
            for number, item in enumerate(items, 1)
        ]
        total = ["", "TỔNG CỘNG", "", "", "", "", str(sum(items.mapped("broadcast_count")))]
        return {
            "kind": "table",
            "caption": "Tin, bài, hoạt động đã đăng, phát",
            "provisional": "",
            "unit": "",
            "headings": [(text, 0, column, 1, 1) for column, text in enumerate(HEADINGS)],
            "numbers": [f"({number})" for number in range(1, len(HEADINGS) + 1)],
            "rows": [*rows, total],
        }
