from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules import report_text as rules
from ..rules.forms import FORMS


class TthcReportSectionMixin(models.AbstractModel):
    """A part of the written report, as the outline has it and as a report says it."""

    _name = "tthc.report.section.mixin"
    _description = "Part of a written report"
    _order = "sequence, id"

    sequence = fields.Integer(default=1000)
    level = fields.Selection(
        [("0", "No heading"), ("1", "I, II, III…"), ("2", "1, 2, 3…")],
        required=True,
        default="2",
        string="Heading counted",
    )
    name = fields.Char(required=True, string="Heading")
    body = fields.Text(
        string="Text",
        help="A paragraph a line. Braces are filled in with figures: {II.06a:3} is column 3 of "
        "form II.06a, {II.06a:3:before} and {II.06a:3:year_ago} are those of the period before and "
        "of the same period last year, {II.06a:3:since_before} and {II.06a:3:since_year_ago} "
        "compare; "
        "{rate:on_time} is a share of the dossiers (settled, on_time, late, online); {II.06a} "
        "alone on its line is the table. A part without text is not printed.",
    )

    @api.constrains("name", "body")
    def _check_places(self):
        for section in self:
            try:
                rules.check(section.name, section.body or "", FORMS)
            except rules.UnknownPlace as error:
                raise ValidationError(section._unknown(error.place)) from error

    def _unknown(self, place):
        return self.env._(
            "“{%(place)s}” in “%(heading)s” is no figure. Write for example {II.06a:3}, "
            "{II.06a:3:before}, {II.06a:3:year_ago}, {II.06a:3:since_before} or {rate:on_time}; "
            "{II.06a} alone on its line is the table.",
            place=place,
            heading=self.name or "",
        )

    def _as_section(self):
        return rules.Section(int(self.level or 0), self.name or "", self.body or "")
