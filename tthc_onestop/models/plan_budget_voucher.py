from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .res_company import local_today


class TthcPlanBudgetVoucher(models.Model):
    """What was spent of a budget line, with the voucher that shows it."""

    _name = "tthc.plan.budget.voucher"
    _description = "Voucher of what was spent"
    _inherit = "tthc.commune.mixin"
    _commune_field = "line_id"
    _rec_name = "number"
    _order = "date desc, id desc"

    line_id = fields.Many2one(
        "tthc.plan.budget.line",
        required=True,
        ondelete="restrict",
        index=True,
        string="Budget line",
    )
    company_id = fields.Many2one(
        related="line_id.company_id", store=True, index=True, string="Commune"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    number = fields.Char(required=True, string="Number of the voucher")
    date = fields.Date(required=True, default=lambda self: local_today(), string="Day")
    amount = fields.Monetary(required=True)
    content = fields.Char(required=True, string="Spent on")
    payee = fields.Char(string="Paid to")
    file = fields.Binary(attachment=True)
    filename = fields.Char()

    _amount_spent = models.Constraint("CHECK(amount > 0)", "What is spent is more than 0.")
    _number_uniq = models.Constraint(
        "UNIQUE(line_id, number)", "The budget line has a voucher with this number already."
    )

    @api.constrains("line_id", "amount")
    def _check_approved(self):
        """Said in full before the database says it (see ``_spent_approved`` of the line)."""
        for line in self.line_id:
            if line.currency_id.compare_amounts(line.spent, line.approved) > 0:
                raise UserError(
                    self.env._(
                        "“%(line)s”: %(approved)s is approved, with this %(spent)s would be spent, "
                        "%(over)s too much. Ask the leader for more first.",
                        line=line.display_name,
                        approved=line._in_words(line.approved),
                        spent=line._in_words(line.spent),
                        over=line._in_words(line.spent - line.approved),
                    )
                )

    @api.constrains("date")
    def _check_date(self):
        if any(voucher.date > local_today() for voucher in self):
            raise UserError(self.env._("A voucher is not of a day to come."))

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")  # before anything is said about the values
        self._check_lines(vals_list)
        vouchers = super().create(vals_list)
        vouchers._check_open()
        for voucher in vouchers:
            voucher._log(self.env._("Spent: %(voucher)s", voucher=voucher._in_words()))
        return vouchers

    def write(self, vals):
        self.check_access("write")  # before anything is said about the vouchers
        self._check_lines([vals])
        self._check_open()
        before = {voucher: voucher._in_words() for voucher in self}
        result = super().write(vals)
        self._check_open()  # of the line to which it was moved, too
        for voucher, words in before.items():
            if words != (now := voucher._in_words()):
                voucher._log(
                    self.env._("Voucher changed: %(before)s → %(now)s", before=words, now=now)
                )
        return result

    def _check_lines(self, vals_list):
        """Before anything is said about the lines."""
        lines = {vals["line_id"] for vals in vals_list if vals.get("line_id")}
        self.line_id.browse(lines).check_access("write")

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        self._check_open()
        for voucher in self:
            voucher._log(self.env._("Voucher deleted: %(voucher)s", voucher=voucher._in_words()))

    def _check_open(self):
        """:raises UserError: no money of the plan is spent now"""
        for line in self.line_id.filtered(lambda line: line.plan_state != "issued"):
            raise UserError(
                self.env._(
                    "Money is spent while the plan is issued; not of “%s”.", line.display_name
                )
            )

    def _in_words(self):
        day = format_date(self.env, self.date)
        return f"{self.number}, {day}, {self.line_id._in_words(self.amount)}: {self.content}"

    def _log(self, text):
        self.line_id._message_log(body=text)
