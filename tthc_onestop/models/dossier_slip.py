from odoo import api, fields, models
from odoo.exceptions import UserError

from ..render.pdf import html_to_pdf, qr_svg
from ..rules.working_time import DAY
from .res_company import to_local

FORMS = [(f"{number:02d}", f"{number:02d}") for number in range(1, 8)]
DRAWN = {"01"}  # the forms that have a template
BLANK = "…" * 9  # to be filled in by hand
NO_TERM = "không có thời hạn cố định"
NO_DUE = "cơ quan thông báo khi có kết quả"
WAITED = {
    "pause": "thời gian chờ bổ sung hồ sơ",
    "restart": "thời gian trước khi hồ sơ đầy đủ",
    "closed": "thời gian hồ sơ đã kết thúc trước khi mở lại",
}
UNITS = {"hour": "giờ làm việc", "working_day": "ngày làm việc", "day": "ngày"}


class TthcDossierSlip(models.Model):
    _name = "tthc.dossier.slip"
    _description = "Official slip of a dossier"
    _order = "issued_at desc, id desc"

    dossier_id = fields.Many2one("tthc.dossier", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    regime_id = fields.Many2one("tthc.regime", required=True, ondelete="restrict")
    form = fields.Selection(FORMS, required=True)
    number = fields.Integer(required=True, aggregator=None)
    year = fields.Integer(required=True, aggregator=None)
    issued_at = fields.Datetime(required=True)
    issued_on = fields.Date(required=True)
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="Issued by")
    reason = fields.Text()
    restart_days = fields.Integer(
        aggregator=None, help="Of a supplement: the regime's setting on the day it was asked for."
    )
    content = fields.Json(help="What the paper says, as it was known when it was issued.")
    attachment_id = fields.Many2one(
        "ir.attachment",
        string="PDF",
        compute="_compute_attachment_id",
        help="Drawn when it is first asked for and kept as it is from then on.",
    )

    _number_uniq = models.Constraint(
        "UNIQUE(company_id, form, year, number)", "This number is in the register already."
    )

    @api.depends("form", "number", "regime_id")
    def _compute_display_name(self):
        for slip in self:
            slip.display_name = f"{slip.form}: {slip._numbered()}"

    @api.depends("form")
    def _compute_attachment_id(self):
        # who reads a slip reads its PDF, yet nobody may write to a slip: hence sudo
        attachments = self.env["ir.attachment"].sudo()
        # newest first: should two users have drawn a slip at once, the first drawing stays
        kept = {
            attachment.res_id: attachment
            for attachment in attachments.search_fetch(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)],
                ["res_id"],
                order="id DESC",
            )
        }
        missing = self._origin.filtered(lambda slip: slip.form in DRAWN and slip.id not in kept)
        drawn = attachments.create(
            [
                {
                    "name": f"{slip.content['code']}-mau-{slip.form}.pdf",
                    "raw": slip._draw(),
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": slip.id,
                }
                for slip in missing.sudo()  # the paper says the same to all who may read it
            ]
        )
        kept |= dict(zip(missing.ids, drawn, strict=True))
        for slip in self:
            slip.attachment_id = kept.get(slip._origin.id)

    def action_print(self):
        """Open the slip as it was issued, in a new tab.

        :raises UserError: there is no drawing of this form
        """
        self.ensure_one()
        if not self.attachment_id:
            raise UserError(self.env._("Form %(form)s cannot be printed yet.", form=self.form))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}",
            "target": "new",
        }

    def _numbered(self):
        """The number as NĐ 30/2020/NĐ-CP writes it: 05/BPTNTKQ."""
        suffix = self.regime_id.slip_suffix
        return f"{self.number:02d}/{suffix}" if suffix else f"{self.number:02d}"

    # ---------------------------------------------------------------- the drawing

    def _draw(self) -> bytes:
        """The slip as PDF, drawn from what it said when it was issued."""
        self.ensure_one()
        html = self.env["ir.qweb"]._render(
            f"tthc_onestop.slip_{self.form}", self._values(), minimal_qcontext=True
        )
        return html_to_pdf(str(html), self.issued_at)

    def _values(self):
        """What the template needs: the content as it was issued, and what the register says."""
        return self.content | {
            "form": f"Mẫu số {self.form}",
            "number": self._numbered(),
            "date": _day(self.issued_on),
            "qr": qr_svg(self.content["code"]),
            "book": f"01/{self.year}",
            "entry": f"{self.number:02d}",
        }

    @api.model
    def _content_01(self, dossier, projected, now, regime):
        """What form 01 says, written out in Vietnamese.

        :param projected: what the reception projects: the code and the due moment (UTC); without a
            code the form is issued anew, the same paper with another date
        """
        due = {"due": _moment(to_local(projected["due_at"])) if projected["due_at"] else NO_DUE}
        if "name" not in projected:
            before = dossier.slip_ids.filtered(lambda slip: slip.form == "01")[:1]
            found = dossier._deadline(dossier.received_at, dossier._clock_changes())
            not_counted = found and _not_counted(found.steps)
            replaced = {"replaces": before._numbered(), "not_counted": not_counted}
            return before.content | due | replaced
        found = dossier._deadline(
            projected["received_at"],
            duration=projected["duration"],
            duration_unit=projected["duration_unit"],
        )
        company, terms = dossier.company_id.tthc_letterhead(), dossier.procedure_id.terms()
        return {
            "agency": company.name.upper(),
            "agency_name": company.name,
            "desk": regime.desk_name.upper(),
            "desk_name": regime.desk_name,
            "place": company.place or "",
            "code": projected["name"],
            "applicant": dossier.applicant_name,
            "address": dossier.applicant_address or BLANK,
            "phone": dossier.applicant_phone or BLANK,
            "email": dossier.applicant_email or BLANK,
            "request": terms.name,
            "papers": [
                _paper(paper) for paper in dossier.document_ids.filtered("handed_in").sorted()
            ],
            "term": _term(terms),
            "received": _moment(to_local(projected["received_at"])),
            **due,
            "not_counted": found and _not_counted(found.steps),
            "officer": self.env.user.tthc_name(),
        }


def _month(day):
    """The month as NĐ 30/2020/NĐ-CP writes it: 1 and 2 get a 0."""
    return f"{day.month:02d}" if day.month < 3 else day.month


def _day(day):
    """A day as NĐ 30/2020/NĐ-CP writes it: days below 10 get a 0."""
    # no line ends within a date
    text = f"ngày {day.day:02d} tháng {_month(day)} năm {day.year}"
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _not_counted(steps):
    """What the due date leaves out, in a line: the explanation of a deadline made short.

    The days off by name, the weekly ones by their number.
    """
    parts, days_off = [], {}
    for step in steps:
        if step.kind == "day_off":
            days_off.setdefault(step.text, []).append(step.first)
        elif step.kind == "moved":
            parts.append(f"ngày cuối {step.first:%d}/{_month(step.first)} là ngày nghỉ")
        elif step.kind in WAITED:
            parts.append(WAITED[step.kind])
    parts += [f"{_short_days(days)} {name}" for name, days in days_off.items()]
    weekly = sum(step.kind == "week_end" for step in steps)
    if weekly:
        parts.append(f"{weekly:02d} ngày nghỉ hằng tuần")
    return "; ".join(dict.fromkeys(parts))


def _short_days(days):
    """29/4, 02/5–03/5: days in order, those that follow each other as one."""
    runs = []
    for day in days:
        if runs and day - runs[-1][-1] == DAY:
            runs[-1][1:] = [day]
        else:
            runs.append([day])
    return ", ".join("–".join(f"{day:%d}/{_month(day)}" for day in run) for run in runs)


def _moment(local):
    return f"{local:%H} giờ {local:%M} phút, {_day(local)}"


def _count(number):
    return f"{number:02d}" if number else "–"


def _paper(paper):
    name = f"{paper.name} (xuất trình)" if paper.kind == "show" else paper.name
    if source := paper._source_dossier():
        name = f"{name} (đã có trong hồ sơ {source.name})"
    return {
        "name": f"{name}. {paper.note}" if paper.note else name,
        "originals": _count(paper.originals),
        "copies": _count(paper.copies),
    }


def _term(procedure):
    """The term by which the due date was computed; its published wording when it has no number."""
    if procedure.duration_unit == "same_day":
        return "trong ngày"
    if procedure.duration:
        number = f"{procedure.duration:g}".replace(".", ",")
        return f"{number.zfill(2) if number.isdigit() else number} {UNITS[procedure.duration_unit]}"
    unverified = "duration" in (procedure.unverified_fields or "").split(",")
    return NO_TERM if unverified or not procedure.duration_text else procedure.duration_text
