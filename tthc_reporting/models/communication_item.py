from odoo import models


class TthcCommunicationItem(models.Model):
    _inherit = "tthc.communication.item"

    def _in_numbers(self):
        """How many of these went out, by kind, as a report says it."""
        kinds = self._words("kind")
        of_kinds = self.grouped("kind")
        by_kind = "; ".join(
            f"{kinds[kind].lower()}: {len(of_kinds[kind])}" for kind in kinds if kind in of_kinds
        )
        return (
            f"Trong kỳ đã đăng, phát, tổ chức {len(self)} tin, bài, hoạt động tuyên truyền "
            f"({by_kind}); tổng số lượt phát: {sum(self.mapped('broadcast_count'))}."
        )

    def _words(self, name):
        """The Vietnamese labels of a selection, which papers use whatever the user's language."""
        vietnamese = self.env["tthc.reminder"]._in_vietnamese().env
        return dict(self._fields[name]._description_selection(vietnamese))
