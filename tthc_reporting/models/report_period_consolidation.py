from odoo import models


class TthcReportPeriod(models.Model):
    """The hand-ins that the figures of a period do not rest on, told with what else is wrong."""

    _inherit = "tthc.report.period"

    def _quality(self):
        labels = self._consolidation_labels()
        return super()._quality() + [
            {"kind": kind, "label": labels[kind], "blocking": False, "count": len(hand_ins)}
            for kind, hand_ins in self._unconsolidated().items()
            if hand_ins
        ]

    def _consolidation_labels(self):
        return {
            "not_handed_in": self.env._("Not handed in yet"),
            "handed_in_others": self.env._("Handed in with other figures than those of now"),
        }

    def _unconsolidated(self):
        """The hand-ins that the user may read, by why the figures do not rest on them."""
        hand_ins = self.env["tthc.report.hand.in"]
        if not hand_ins.has_access("read"):
            return {}
        hand_ins = hand_ins.search([("period_id", "in", self._origin.ids)])
        handed_in = hand_ins.filtered("submitted_at")
        now = self.sudo()._current_figures() if handed_in else {}  # to compare, not to show
        return {
            "not_handed_in": hand_ins - handed_in,
            "handed_in_others": handed_in.filtered(lambda each: each._is_other_than(now)),
        }

    def action_open_problem(self, kind):
        if kind not in self._consolidation_labels():
            return super().action_open_problem(kind)
        ids = self._unconsolidated()[kind].ids
        return self.action_open_hand_ins() | {"domain": [("id", "in", ids)]}
