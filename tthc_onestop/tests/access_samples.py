"""A sample of each model of this addon, with which the access specification is tried.

A new model, in three steps:

1. ``security/access_matrix.yaml``: who may do what; its head explains the words. A line that is
   missing or differs from the ACL lines, record rules and groups of fields fails by name.
2. Here, one line in ``samples``: ``Sample(own, create, write, other, unassigned)``.
   What hangs on a dossier: ``Sample(create=…, write=…, **of_each(lambda dossier: a record))``,
   where the function finds or makes the record of a dossier (as the superuser: ``.sudo()``).
   - own         a record in the commune of the users, in a sector assigned to the specialist
   - create      values of one more, for those who may create (company_id, dossier_id,
                 year_id or calendar_id say what it belongs to)
   - write       one field and a value that those who may write can write
   - other       a record of another commune; left out for what is shared
   - unassigned  a record of a sector that is nobody's, when the specialist is limited
   A dialogue (own entries) needs create and write alone, and so does a part of a procedure (own
   proposals), where create is a function from an env to the values.
3. The record rule of another form than those in ``access.KINDS``: give it a name there.

Then: ``make test PYTEST_ARGS="tthc_onestop/tests/test_access_matrix.py -q"``.
"""

import base64
from datetime import date

from odoo import Command

from .access import Sample
from .access_samples_desk import desk_samples
from .access_samples_plan import plan_samples
from .common import at

NUMBER = "030185000123"
SCAN = base64.b64encode(b"%PDF-1.4")


def samples(case):
    env, procedures, company = case.env, case.procedures, case.company
    own, other = company, case.stranger_company
    for name in ("days", "calendar"):
        procedures[name] = case.next_version(
            procedures[name], fee_ids=[Command.create({"name": "Phí thử", "amount": 8000})]
        )
    tariff = procedures["days"].fee_ids
    with at("2023-06-05"):
        dossiers = {
            "own": received(case, own, "days"),
            "unassigned": received(case, own, "calendar"),
            "other": received(case, other, "days"),
        }

    def of_each(record_of):
        return {which: record_of(dossier) for which, dossier in dossiers.items()}

    papers = _new(case, own, "days").document_ids  # not received yet: they may change
    new = {
        "procedure_id": procedures["days"].id,
        "applicant_name": "Lê An",
        "company_id": company.id,
    }
    day = {"date": "2090-01-02", "name": "Nghỉ bù"}
    year, other_year = env["tthc.calendar.year"].create(
        [{"year": 2090, "company_id": each.id, "day_ids": [(0, 0, day)]} for each in (own, other)]
    )
    changes = env["tthc.calendar.change"].create(
        [
            {"kind": "added", "date": "2023-06-07", "name": "Nghỉ", "company_id": each.id}
            for each in (own, other)
        ]
    )
    impacts = env["tthc.calendar.impact"].create(
        [
            {
                "company_id": dossiers[which].company_id.id,
                "line_ids": [
                    Command.create(
                        {
                            "dossier_id": dossiers[which].id,
                            "company_id": dossiers[which].company_id.id,
                            "due_from": dossiers[which].due_at,
                            "due_to": "2023-06-13 10:00:00",
                            "why": "Nghỉ",
                        }
                    )
                ],
            }
            for which in ("own", "other")
        ]
    )
    bare_regime = env["tthc.regime"].create(
        {
            "code": "bare",
            "name": "x",
            "date_from": "2001-01-01",
            "date_to": "2001-01-02",
            "desk_name": "x",
            "wording_ids": [],
        }
    )
    hours, other_hours = env["resource.calendar"].create(
        [{"name": "Giờ làm việc", "company_id": each.id} for each in (own, other)]
    )
    morning = {"name": "Sáng thứ bảy", "dayofweek": "5", "hour_from": 8, "hour_to": 11}
    absences = [_absence(case, each) for each in (own, other)]
    reminders = env["tthc.reminder"].sudo()
    exemption = env.ref("tthc_onestop.fee_exemption_poor")
    settlements = env["tthc.fee.settlement"].create(
        [{"company_id": each.id} for each in (own, other)]
    )
    poster = case.new_user("test_poster", "statistician")
    poster.company_ids += other
    places = env["tthc.posting.place"].create(
        [
            {"name": "Bảng niêm yết", "user_id": poster.id, "company_id": each.id}
            for each in (own, other)
        ]
    )
    places.activity_ids.unlink()

    feedback = {
        "own": _feedback(case, own, "days"),
        "other": _feedback(case, other, "days"),
    }

    def of_days(model):
        """The records of the procedure "days" in both communes."""
        domain = [("code", "=", procedures["days"].code)]
        found = env[model].sudo().search(domain).grouped("company_id")
        return {"own": found[own], "other": found[other]}

    return {
        "tthc.dossier": Sample(create=new, write={"applicant_phone": "0912345678"}, **dossiers),
        "tthc.dossier.document": Sample(
            create={"dossier_id": papers.dossier_id.id, "name": "Ảnh"},
            write={"note": "x"},
            **of_each(lambda dossier: dossier.document_ids[0]) | {"own": papers[0]},
        ),
        "tthc.dossier.file": Sample(
            create={"document_id": papers[0].id, "name": "a.pdf", "content": SCAN},
            write={"name": "x"},
            **of_each(_scan) | {"own": _scan(papers.dossier_id)},
        ),
        "tthc.dossier.event": Sample(
            write={"reason": "x"}, **of_each(lambda dossier: dossier.event_ids[0])
        ),
        "tthc.dossier.slip": Sample(
            write={"reason": "x"}, **of_each(lambda dossier: dossier.slip_ids[0])
        ),
        "tthc.dossier.request": Sample(write={"answer": "x"}, **of_each(_request)),
        "tthc.dossier.result": Sample(write={"reason": "x"}, **of_each(_result)),
        "tthc.paper.kind": Sample(
            env["tthc.paper.kind"].create({"name": "Giấy xác nhận (thử)"}),
            {"name": "Giấy chứng nhận (thử)"},
            {"valid_days": 30},
        ),
        "tthc.paper.held": Sample(
            _held(case, own, "days"),
            write={"number": "x"},
            other=_held(case, other, "days"),
            unassigned=_held(case, own, "calendar"),
        ),
        "tthc.paper.revocation": Sample(write={"reason": "x"}, **of_each(_revocation)),
        "tthc.paper.revoke": Sample(create={"reason": "x"}, write={"reason": "y"}),
        "tthc.dossier.register": Sample(create={"book": "02"}, write={"book": "03"}),
        "tthc.dossier.move": Sample(
            create={"move": "stop", "dossier_ids": dossiers["own"].ids, "reason": "x"},
            write={"reason": "y"},
        ),
        "tthc.dossier.correction": Sample(
            create={
                "dossier_id": dossiers["own"].id,
                "done_at": "2023-06-01 02:00:00",
                "reason": "x",
            },
            write={"reason": "y"},
        ),
        "tthc.dossier.move.paper": Sample(
            create={
                "move_id": env["tthc.dossier.move"].create({"move": "stop"}).id,
                "name": "Tờ khai",
            },
            write={"remark": "x"},
        ),
        "tthc.substitution": Sample(
            own=env["tthc.substitution"].create(absences[0]),
            create=absences[0],
            write={"reason": "x"},
            other=env["tthc.substitution"].create(absences[1]),
        ),
        "tthc.reminder": Sample(
            write={"rung": 0},
            **of_each(
                lambda dossier: reminders.create(
                    {
                        "dossier_id": dossier.id,
                        "company_id": dossier.company_id.id,
                        "due_on": "2090-01-02",
                        "rung": 1,
                        "told_on": "2090-01-01",
                    }
                )
            ),
        ),
        "tthc.reminder.digest": Sample(
            env["tthc.reminder.digest"]
            .sudo()
            .create({"user_id": case.users["leader"].id, "day": "2090-01-01"}),
            {"user_id": case.users["leader"].id, "day": "2090-01-02"},
            {"day": "2090-01-03"},
        ),
        "tthc.feedback": Sample(
            create={"subject": "x", "content": "x", "sender_name": "x", "company_id": own.id},
            write={"answer": "x"},
            **feedback,
        ),
        "tthc.feedback.event": Sample(
            write={"reason": "x"},
            **{which: each.event_ids[0] for which, each in feedback.items()},
        ),
        "tthc.feedback.template": Sample(
            *(
                env["tthc.feedback.template"].create(
                    {"name": "x", "body": "x", "company_id": own.id}
                ),
                {"name": "y", "body": "y", "company_id": own.id},
                {"body": "z"},
            ),
            other=env["tthc.feedback.template"].create(
                {"name": "x", "body": "x", "company_id": other.id}
            ),
        ),
        "tthc.feedback.register": Sample(create={"book": "02"}, write={"book": "03"}),
        "tthc.feedback.move": Sample(create={"move": "suspend"}, write={"reason": "y"}),
        "tthc.procedure": Sample(
            create={
                "code": "9.000009",
                "name": "Mới",
                "sector_id": case.civil.id,
                "state": "draft",
            },
            write={"note": "x"},
        ),
        "tthc.procedure.decision": Sample(
            _decision(env, "12/QĐ-UBND"),
            {
                "number": "13/QĐ-UBND",
                "issuer": "UBND tỉnh",
                "signed_on": "2025-06-20",
                "effective_on": "2025-07-01",
            },
            {"name": "x"},
        ),
        "tthc.procedure.document": Sample(
            create=lambda env: {"procedure_id": _draft(case, env), "name": "Ảnh"},
            write={"note": "x"},
        ),
        "tthc.procedure.step": Sample(
            create=lambda env: {"procedure_id": _draft(case, env), "name": "Trình ký"},
            write={"name": "x"},
        ),
        "tthc.procedure.channel": Sample(
            create=lambda env: {"procedure_id": _draft(case, env), "channel": "online"},
            write={"description": "x"},
        ),
        "tthc.procedure.case": Sample(
            create=lambda env: {
                "procedure_id": _draft(case, env),
                "name": "Phải xác minh",
                "duration": 8,
            },
            write={"name": "x"},
        ),
        "tthc.procedure.legal.basis": Sample(
            create=lambda env: {"procedure_id": _draft(case, env), "name": "Luật Hộ tịch"},
            write={"name": "x"},
        ),
        "tthc.procedure.import.line": Sample(
            create={
                "import_id": env["tthc.procedure.import"].create({"file": "eA=="}).id,
                "kind": "new",
            },
            write={"name": "x"},
        ),
        "tthc.life.event": Sample(
            env.ref("tthc_onestop.life_event_sinh_con"),
            {"name": "Mới", "code": "moi"},
            {"name": "x"},
        ),
        "tthc.procedure.import": Sample(create={"file": "eA=="}, write={"filename": "x"}),
        "tthc.posting.place": Sample(
            places[0],
            {"name": "Loa truyền thanh", "user_id": poster.id, "company_id": company.id},
            {"sequence": 77},
            places[1],
        ),
        "tthc.posting": Sample(write={"note": "x"}, **of_days("tthc.posting")),
        "tthc.posting.mark": Sample(create={"note": "x"}, write={"note": "y"}),
        "tthc.posting.board": Sample(create={"paper": "A4"}, write={"paper": "A3"}),
        "tthc.procedure.commune": Sample(
            create={"code": "9.000099", "company_id": company.id},
            write={"note": "x"},
            **of_days("tthc.procedure.commune"),
        ),
        "tthc.coverage": Sample(
            env["tthc.coverage"].browse(10 * own.id),
            write={"rate": 7},
            other=env["tthc.coverage"].browse(10 * other.id),
        ),
        "tthc.sector": Sample(case.civil, {"name": "Lĩnh vực mới"}, {"code": "x"}),
        "tthc.stage": Sample(
            env.ref("tthc_onestop.stage_received"),
            {"name": "Cột", "status": "received"},
            {"sequence": 77},
        ),
        "tthc.regime": Sample(
            env.ref("tthc_onestop.regime_2018"),
            {"code": "x", "name": "x", "date_from": "2001-01-01", "desk_name": "x"},
            {"legal_basis": "x"},
        ),
        "tthc.slip.wording": Sample(
            env.ref("tthc_onestop.slip_wording_2018_refusal"),
            {"regime_id": bare_regime.id, "subject": "stop", "title": "x"},
            {"closing": "x"},
        ),
        "tthc.calendar.year": Sample(
            year, {"year": 2091, "company_id": company.id}, {"note": "x"}, other_year
        ),
        "tthc.calendar.day": Sample(
            year.day_ids,
            {"year_id": year.id, "date": "2090-01-03", "name": "x"},
            {"basis": "x"},
            other_year.day_ids,
        ),
        "tthc.calendar.change": Sample(changes[0], write={"name": "x"}, other=changes[1]),
        "tthc.calendar.impact": Sample(
            impacts[0], write={"approved_at": "2023-06-06 01:00:00"}, other=impacts[1]
        ),
        "tthc.calendar.impact.line": Sample(
            impacts[0].line_ids, write={"note": "x"}, other=impacts[1].line_ids
        ),
        "resource.calendar": Sample(
            hours, {"name": "Giờ mùa hè", "company_id": company.id}, {"name": "x"}, other_hours
        ),
        "resource.calendar.attendance": Sample(
            hours.attendance_ids[0],
            {"calendar_id": hours.id, "day_period": "morning", **morning},
            {"name": "x"},
            other_hours.attendance_ids[0],
        ),
        "tthc.commune.settings": Sample(create={"tthc_place": "x"}, write={"tthc_place": "y"}),
        "tthc.dossier.holding": Sample(
            create={"date_from": "2023-06-01", "date_to": "2023-06-30"},
            write={"date_to": date(2023, 6, 29)},
        ),
        "tthc.dossier.holding.line": Sample(
            create={
                "holding_id": env["tthc.dossier.holding"].create({}).id,
                "holder": "counter",
                "user_id": case.users["counter"].id,
            },
            write={"dossier_count": 2},
        ),
        "tthc.procedure.fee": Sample(
            create=lambda env: {"procedure_id": _draft(case, env), "name": "Lệ phí"},
            write={"sequence": 7},
        ),
        "tthc.fee.exemption": Sample(
            exemption, {"name": "Trẻ em", "legal_basis": "Luật"}, {"proof": "x"}
        ),
        "tthc.dossier.fee": Sample(
            create={"dossier_id": dossiers["own"].id, "procedure_fee_id": tariff.id},
            write={"copies": 2},
            **of_each(_fee),
        ),
        "tthc.fee.receipt": Sample(write={"payer_name": "x"}, **of_each(_paid)),
        "tthc.fee.receipt.line": Sample(
            write={"name": "x"}, **of_each(lambda dossier: _paid(dossier).line_ids)
        ),
        "tthc.fee.settlement": Sample(
            settlements[0],
            {"company_id": company.id, "date_from": "2023-03-15", "date_to": "2023-06-14"},
            {"note": "x"},
            settlements[1],
        ),
        "tthc.fee.payment": Sample(
            create={"dossier_id": dossiers["own"].id}, write={"reference": "x"}
        ),
        **desk_samples(case),
        **plan_samples(case),
        "tthc.counter": Sample(
            env["tthc.counter"].sudo().create({"key": "test", "last": 1}),
            {"key": "x", "last": 1},
            {"last": 2},
        ),
    }


def _new(case, company, procedure):
    values = {
        "procedure_id": case.procedures[procedure].id,
        "applicant_name": "Nguyễn Thị Đào",
        "applicant_identity": NUMBER,
        "company_id": company.id,
    }
    env = case.env(context={**case.env.context, "allowed_company_ids": company.ids})
    return env["tthc.dossier"].create(values)


def _absence(case, company):
    """The values of a substitution in days to come, between specialists of both communes."""
    absent, substitute = (
        case.new_user(f"test_{name}_{company.id}", "officer") for name in ("absent", "substitute")
    )
    (absent + substitute).company_ids += case.company + case.stranger_company
    return {
        "company_id": company.id,
        "absent_id": absent.id,
        "substitute_id": substitute.id,
        "date_from": "2090-01-02",
        "date_to": "2090-01-03",
        "reason": "Nghỉ phép",
    }


def received(case, company, procedure):
    dossier = _new(case, company, procedure)
    dossier.action_receive()
    return dossier.with_env(case.env).sudo()


def _request(dossier):
    return dossier.request_ids.create(
        {
            "dossier_id": dossier.id,
            "company_id": dossier.company_id.id,
            "agency": "Công an xã",
            "content": "Xác minh",
            "asked_at": dossier.received_at,
            "user_id": dossier.env.uid,
            "due_on": dossier.received_on,
        }
    )


def _scan(dossier):
    return (
        dossier.env["tthc.dossier.file"]
        .sudo()
        .create({"document_id": dossier.document_ids[0].id, "name": "a.pdf", "content": SCAN})
    )


def _held(case, company, procedure):
    """A paper of a dossier that is settled, since the register has only those."""
    dossier = _new(case, company, procedure)
    dossier.action_hand_in_all()
    dossier.action_receive()
    dossier.action_settle()
    held = case.env["tthc.paper.held"].sudo()
    return held.search([("dossier_id", "=", dossier.id)])


def _revocation(dossier):
    values = {
        "dossier_id": dossier.id,
        "company_id": dossier.company_id.id,
        "document_id": dossier.document_ids[0].id,
        "reason": "Giấy tờ giả",
        "user_id": dossier.env.uid,
        "revoked_at": dossier.received_at,
    }
    return dossier.env["tthc.paper.revocation"].sudo().create(values)


def _result(dossier):
    return dossier.result_ids.create(
        {
            "dossier_id": dossier.id,
            "company_id": dossier.company_id.id,
            "number": "12/GXN-UBND",
            "signed_on": dossier.received_on,
            "signed_by": "Nguyễn Văn An",
            "user_id": dossier.env.uid,
            "recorded_at": dossier.received_at,
        }
    )


def _feedback(case, company, procedure):
    """One that is being handled."""
    feedback = case.env["tthc.feedback"].create(
        {"subject": "x", "content": "x", "sender_name": "x", "company_id": company.id}
    )
    procedure = case.procedures[procedure]
    feedback.action_classify({"category": "conduct", "procedure_id": procedure.id})
    handler = case.users["officer"] if company == case.company else case.stranger
    feedback.action_assign(handler.id)
    feedback.activity_ids.unlink()
    return feedback


def _decision(env, number):
    return env["tthc.procedure.decision"].create(
        {
            "number": number,
            "issuer": "UBND tỉnh",
            "signed_on": "2025-06-20",
            "effective_on": "2025-07-01",
        }
    )


def _draft(case, env):
    """The id of a version that the user of ``env`` is writing."""
    values = {"code": "9.000009", "name": "Mới", "sector_id": case.civil.id, "state": "draft"}
    return env["tthc.procedure"].create(values).id


def _fee(dossier):
    return (
        dossier.env["tthc.dossier.fee"]
        .sudo()
        .create(
            {
                "dossier_id": dossier.id,
                "procedure_fee_id": dossier.procedure_id.fee_ids[0].id,
            }
        )
    )


def _paid(dossier):
    return dossier.action_collect_fees(fee_ids=_fee(dossier).ids)
