from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.res_company import local_today
from ..render.communication_xlsx import Item, workbook
from ..rules.fee import quarter_before


class TthcCommunicationSummary(models.TransientModel):
    """The communication programme of a time and what came of it, by default of a quarter."""

    _name = "tthc.communication.summary"
    _description = "Summary of communication"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, string="Commune"
    )
    date_from = fields.Date(
        required=True, string="From", default=lambda self: quarter_before(local_today())[0]
    )
    date_to = fields.Date(
        required=True, string="Until", default=lambda self: quarter_before(local_today())[1]
    )

    @api.constrains("date_from", "date_to")
    def _check_days(self):
        if any(summary.date_to < summary.date_from for summary in self):
            raise UserError(self.env._("The last day is before the first day."))

    def action_xlsx(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/tthc/communication/{self.id}.xlsx",
            "target": "download",
        }

    def _items(self):
        """What was planned or went out in the time."""
        return self.env["tthc.communication.item"].search(
            [
                ("company_id", "=", self.company_id.id),
                "|",
                "&",
                ("date_planned", ">=", self.date_from),
                ("date_planned", "<=", self.date_to),
                "&",
                ("date_published", ">=", self.date_from),
                ("date_published", "<=", self.date_to),
            ],
            order="date_planned, id",
        )

    @api.private
    def xlsx(self) -> bytes:
        """The items of the time as an Excel file."""
        items = self._items()
        vietnamese = self.env["tthc.reminder"]._in_vietnamese().env
        kinds, channels, states = (
            dict(items._fields[name]._description_selection(vietnamese))
            for name in ("kind", "channel", "state")
        )
        return workbook(
            self.company_id.name.upper(),
            f"Từ ngày {self.date_from:%d/%m/%Y} đến ngày {self.date_to:%d/%m/%Y}",
            list(kinds.values()),
            [
                Item(
                    item.name,
                    kinds[item.kind],
                    channels[item.channel],
                    item.author or item.user_id.name,
                    item.audience or "",
                    item.date_planned,
                    item.date_published or None,
                    self._out(item),
                    item.broadcast_count if self._out(item) else 0,
                    states[item.state],
                    item.url or "",
                )
                for item in items
            ],
        )

    def _out(self, item):
        """Whether it went out in the time: one that went out later counts in the next."""
        return item.state == "published" and self.date_from <= item.date_published <= self.date_to
