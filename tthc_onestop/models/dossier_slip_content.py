from odoo import api, models

from ..rules.identity import identity_kind
from ..rules.vietnamese import (
    day_in_words,
    days_in_short,
    moment_in_words,
    month_in_words,
    number_in_short,
)
from .res_company import to_local

BLANK = "…" * 9  # to be filled in by hand
NO_TERM = "không có thời hạn cố định"
NO_DUE = "cơ quan thông báo khi có kết quả"
WAITED = {
    "pause": "thời gian chờ bổ sung hồ sơ",
    "restart": "thời gian trước khi hồ sơ đầy đủ",
    "closed": "thời gian hồ sơ đã kết thúc trước khi mở lại",
}
UNITS = {"hour": "giờ làm việc", "working_day": "ngày làm việc", "day": "ngày"}
HOLDERS = {
    "officer": "Công chức chuyên môn",
    "leader": "Lãnh đạo UBND",
    "finance": "Công chức Tài chính - Kế toán",
}
BY_LEADER = "{signer}"  # in the wording of who signs: the title of a leader of the commune


class TthcDossierSlip(models.Model):
    """What each paper says, written out in Vietnamese when it is issued: JSON, never changed."""

    _inherit = "tthc.dossier.slip"

    @api.model
    def _content_of(self, subject, dossier, projected, regime, reason=""):
        """What the paper about ``subject`` says of a dossier.

        :param projected: what the move projects: the code and the due moment (UTC) among it
        """
        if subject == "receipt" and "name" not in projected:
            return self._content_anew(dossier, projected)
        content = self._head(subject, dossier, projected, regime)
        # in a table of their own; the reason begins with a line for each
        content["asked"] = (projected.get("details") or {}).get("papers", [])
        content["reason"] = reason.splitlines()[len(content["asked"]) :]
        about = getattr(self, f"_content_{subject}", None)
        return content | about(dossier, projected) if about else content

    @api.model
    def _head(self, subject, dossier, projected, regime):
        """What every paper says: who writes about what to whom, and the wording of the day."""
        company = dossier.company_id.tthc_letterhead()
        wording = self.env["tthc.slip.wording"].of(regime.id, subject)
        by_leader = BY_LEADER in wording["signer"]
        leader = self.env.user.has_group("tthc_onestop.group_leader")
        known = {
            "agency": company.name,
            "desk": regime.desk_name,
            "phone": company.phone or BLANK,
            "signer": (leader and self.env.user.tthc_signs_as()) or company.signer or "",
        }
        return {key: filled(text, known) for key, text in wording.items()} | {
            "suffix": wording["suffix"] or regime.slip_suffix or "",
            "agency": company.name.upper(),
            "agency_name": company.name,
            # what a leader signs comes from the commune itself
            "desk": "" if by_leader else regime.desk_name.upper(),
            "desk_name": regime.desk_name,
            "place": company.place or "",
            "code": projected.get("name") or dossier.name or "",
            "applicant": dossier.applicant_name,
            "is_organisation": identity_kind(dossier.applicant_identity or "") == "organisation",
            "authorised": dossier.authorised_name or "",
            "authority": dossier.authorised_document or "",
            "address": dossier.applicant_address or BLANK,
            "phone": dossier.applicant_phone or BLANK,
            "email": dossier.applicant_email or BLANK,
            "request": dossier.procedure_id.terms().name,
            # nobody's name stands under a leader's title but a leader's
            "officer": self.env.user.tthc_name() if leader or not by_leader else "",
        }

    @api.model
    def _content_receipt(self, dossier, projected):
        terms = dossier.procedure_id.terms(dossier.case_id)
        found = dossier._deadline(
            projected["received_at"],
            duration=projected["duration"],
            duration_unit=projected["duration_unit"],
        )
        papers = dossier.document_ids.filtered("handed_in").sorted()
        return {
            "papers": [_paper(paper) for paper in papers],
            "sets": number_in_short(terms.sets or 1),
            "term": term_in_words(terms),
            "case": dossier.case_id.name or "",
            "fees": [_fee(line) for line in (dossier.fee_ids if terms.fees else ())],
            "received": moment_in_words(to_local(projected["received_at"])),
            "due": _due(projected["due_at"]),
            "not_counted": found and _not_counted(found.steps),
        }

    @api.model
    def _content_anew(self, dossier, projected):
        """The first receipt again, with another date."""
        before = dossier.slip_ids.filtered(lambda slip: slip.form == "01")[:1]
        found = dossier._deadline(dossier.received_at, dossier._clock_changes())
        return before.content | {
            "due": _due(projected["due_at"]),
            "replaces": before._numbered(),
            "not_counted": found and _not_counted(found.steps),
        }

    @api.model
    def _content_apology(self, dossier, projected):
        return {
            "received": day_in_words(to_local(dossier.received_at)),
            "promised": _due(dossier.due_at),
            "due": _due(projected["due_at"]),
        }

    _content_reopening = _content_apology

    @api.model
    def _content_control(self, dossier, projected):
        labels = {"early": "Trước hạn", "on_time": "Đúng hạn", "late": "Quá hạn"}
        return {
            "received": moment_in_words(to_local(dossier.received_at)),
            "due": _due(dossier.due_at),
            "handler": dossier.officer_id.name or BLANK,
            "agencies": ", ".join(dict.fromkeys(dossier.request_ids.mapped("agency"))),
            "ended": bool(dossier.ended_on),
            "hand_overs": [
                {
                    "giver": self._named(hand_over.giver, dossier),
                    "taker": self._named(hand_over.taker, dossier),
                    "at": moment_in_words(hand_over.at),
                    "outcome": labels[hand_over.outcome],
                }
                for hand_over in dossier._hand_overs()
            ],
        }

    @api.model
    def _named(self, side, dossier):
        """A side of a hand-over: what it is, and who in person."""
        units = HOLDERS | {
            "counter": dossier._regime().desk_name,
            "agency": side.agency,
            "citizen": "Người nộp hồ sơ",
        }
        person = self.env["res.users"].browse(side.user_id or ())
        name = person.tthc_name() if person else ""
        if side.holder == "citizen":
            name = dossier.applicant_name
        return {"unit": units[side.holder] or "Cơ quan khác", "name": name}


def filled(text, known):
    """A wording with what it names in braces; other braces stay as they are."""
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _due(moment):
    return moment_in_words(to_local(moment)) if moment else NO_DUE


def _not_counted(steps):
    """What the due date leaves out, in a line: the explanation of a deadline made short.

    The days off by name, the weekly ones by their number.
    """
    parts, days_off = [], {}
    for step in steps:
        if step.kind == "day_off":
            days_off.setdefault(step.text, []).append(step.first)
        elif step.kind == "moved":
            parts.append(f"ngày cuối {step.first:%d}/{month_in_words(step.first)} là ngày nghỉ")
        elif step.kind in WAITED:
            parts.append(WAITED[step.kind])
    parts += [f"{days_in_short(days)} {name}" for name, days in days_off.items()]
    weekly = sum(step.kind == "week_end" for step in steps)
    if weekly:
        parts.append(f"{weekly:02d} ngày nghỉ hằng tuần")
    return "; ".join(dict.fromkeys(parts))


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


def _fee(line):
    amount = f"{int(line.amount):,} đồng".replace(",", ".") if line.amount else "không phải nộp"
    return f"{line.procedure_fee_id.name}: {amount}"


def term_in_words(procedure):
    """The term by which the due date was computed; its published wording when it has no number."""
    if procedure.duration_unit == "same_day":
        return "trong ngày"
    if procedure.duration:
        return f"{number_in_short(procedure.duration)} {UNITS[procedure.duration_unit]}"
    unverified = "duration" in (procedure.unverified_fields or "").split(",")
    return NO_TERM if unverified or not procedure.duration_text else procedure.duration_text
