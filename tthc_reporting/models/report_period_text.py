from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..render import docx
from ..rules.forms import FORMS
from ..rules.matrix import Matrix
from ..rules.periods import months_earlier
from ..rules.report_text import BEFORE, NOW

READERS = ",".join(f"tthc_onestop.group_{group}" for group in ("statistician", "leader", "auditor"))
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "nine_months": 12, "year": 12}
# what a specialist wrote names no figures
NO_BRACES = str.maketrans("{}", "()")


class TthcReportPeriod(models.Model):
    """The written report: composed from the outline, and sealed with the figures."""

    _inherit = "tthc.report.period"

    text_ids = fields.One2many(
        "tthc.report.text", "period_id", string="Written report", groups=READERS
    )

    def action_compose_text(self):
        """Write the report from the outline; once more, what nobody has changed is filled anew.

        :raises UserError: the period is sealed
        """
        self.check_access("write")
        outline = self.env["tthc.report.outline"].search([("active", "=", True)])
        for period in self:
            text = period.text_ids or period.text_ids.create(period._new_text())
            text._check_open()
            known = text.section_ids.grouped("outline_id")
            missing = []
            for part in outline:
                body = period._body_of(part)
                if section := known.get(part):
                    untouched = (section.body or "") == (section.filled or "")
                    if untouched and body != (section.body or ""):
                        section.write({"body": body, "filled": body})
                    continue
                missing.append(
                    {
                        "text_id": text.id,
                        "outline_id": part.id,
                        "sequence": part.sequence,
                        "level": part.level,
                        "name": part.name,
                        "body": body,
                        "filled": body,
                    }
                )
            text.section_ids.create(missing)
        return True

    def action_open_text(self):
        """Open the written report; who may write it composes it by that.

        :raises UserError: it is not written yet
        """
        self.ensure_one()
        if not self.text_ids:
            if not self.has_access("write"):
                raise UserError(self.env._("The report of %s is not written yet.", self.name))
            self.action_compose_text()
        return {
            "type": "ir.actions.act_window",
            "res_model": "tthc.report.text",
            "res_id": self.text_ids.id,
            "view_mode": "form",
            "views": [[False, "form"]],
        }

    def _new_text(self):
        before = self.text_ids.search([("company_id", "=", self.company_id.id)], limit=1)
        label = self._label()
        recipients = [self.company_id.tthc_parent_name, "Lưu: VT."]
        return {
            "period_id": self.id,
            "subject": "Kết quả công tác kiểm soát thủ tục hành chính, thực hiện cơ chế một cửa, "
            f"một cửa liên thông {label[:1].lower()}{label[1:]}",
            "recipients": before.recipients or "\n".join(filter(None, recipients)),
        }

    def _body_of(self, part):
        """What a part of the outline is filled with for this period."""
        said = part.source and getattr(self, f"_text_of_{part.source}")()
        return "\n".join(filter(None, (part.body, said)))

    def _text_of_results(self):
        return self._handed_in("results")

    def _text_of_difficulties(self):
        return self._handed_in("difficulties")

    def _text_of_proposals(self):
        return self._handed_in("proposals")

    def _handed_in(self, field):
        """What each specialist who has handed in wrote, with whose it is."""
        return "\n".join(
            f"- {hand_in._wrote_of()}: {hand_in[field].strip()}".translate(NO_BRACES)
            for hand_in in self.hand_in_ids
            if hand_in.submitted_at and (hand_in[field] or "").strip()
        )

    def _matrices(self, wanted, figures=None):
        """The forms that a text takes figures from, by period; a form without figures is left out.

        :param wanted: as ``rules.report_text.wanted`` says it
        :param figures: those of this period, when they are known already
        """
        found = {}
        for when, codes in wanted.items():
            known = self._figures_earlier(when, codes) if when != NOW else figures
            known = self._figures() if known is None else known
            found[when] = {
                code: Matrix.from_dict(FORMS[code], known[code]) for code in codes & known.keys()
            }
        return found

    def _figures_earlier(self, when, codes):
        """Figures of the period before or of a year ago: as sealed, or as the ledger has them."""
        first, last = self._days_earlier(when)
        company = self.company_id
        seal = self.env["tthc.report.seal"].search(
            [
                ("company_id", "=", company.id),
                ("date_from", "=", first),
                ("date_to", "=", last),
            ],
            limit=1,
        )
        if seal:
            return seal.part("figures")
        known = self.env["tthc.dossier"].search_count(
            [("company_id", "=", company.id), ("received_on", "<=", last)], limit=1
        )
        if not known:  # the desk had no ledger then, which is not the same as no dossier
            return {}
        report = self.env["tthc.report"]
        in_force = self.env["tthc.report.form"].sudo().of_day(last)  # its wording is no secret
        return {
            form.code: report.get_figures(form.code, first, last, company.id)
            for form in in_force
            if form.code in codes
        }

    def _days_earlier(self, when):
        months = MONTHS.get(self.kind) if when == BEFORE else 12
        if months:
            return tuple(months_earlier(day, months) for day in (self.date_from, self.date_to))
        last = self.date_from - timedelta(days=1)  # any days: as many just before
        return last - (self.date_to - self.date_from), last

    def _text_to_seal(self, figures):
        """The written report with these figures and its file; nothing when none was written."""
        if not self.text_ids:
            return None, b""
        pages = self.text_ids._pages(figures)
        return pages, docx.document(pages, fields.Datetime.now())
