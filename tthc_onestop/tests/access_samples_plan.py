"""Samples of the plan and what hangs on it, with which the access specification is tried."""

from datetime import date

from odoo import Command

from .access import Sample


def plan_samples(case):
    env, own, other = case.env, case.company, case.stranger_company
    roles = env["tthc.plan.role"].search([])
    keeper = env.ref("tthc_onestop.plan_role_statistician")

    def plan(company):
        plan = env["tthc.plan"].create({"name": "Kế hoạch", "year": 2090, "company_id": company.id})
        section = env["tthc.plan.section"].create(
            {"plan_id": plan.id, "number": "I", "code": "I", "level": "1", "name": "MỤC ĐÍCH"}
        )
        return plan, section

    def task(section, **values):
        return {
            "plan_id": section.plan_id.id,
            "section_id": section.id,
            "name": "Ban hành Kế hoạch",
            "lead_id": keeper.id,
            "timing": "Quý I",
            **values,
        }

    def deliverable(task):
        return {"task_id": task.id, "kind": "plan", "name": "Kế hoạch"}

    def line(task):
        return {"task_id": task.id, "name": "Văn phòng phẩm"}

    def spending(company):
        """A line of which money may be spent: of a plan that is issued."""
        issued, heading = plan(company)
        found = env["tthc.plan.budget.line"].create(
            line(env["tthc.plan.task"].create(task(heading))) | {"planned": 500_000}
        )
        found.action_submit()
        found.action_approve()
        issued._write_decided({"state": "issued", "number": "1/KH-UBND", "date": "2090-01-02"})
        return found

    def voucher(line):
        return {"line_id": line.id, "number": "PC02", "amount": 1000, "content": "Giấy in"}

    def item(company, login):
        # who is responsible works in the commune
        user = case.stranger if login == "stranger" else case.users[login]
        return {"name": "Nộp hồ sơ trực tuyến", "company_id": company.id, "user_id": user.id}

    (mine, section), (theirs, foreign) = plan(own), plan(other)
    shared = {"partner_ids": [Command.set(roles.ids)]}
    tasks = env["tthc.plan.task"].create(
        [task(section, **shared), task(section), task(foreign, **shared)]
    )
    deliverables = env["tthc.plan.deliverable"].create([deliverable(each) for each in tasks])
    budget = env["tthc.plan.budget.line"].create([line(each) for each in tasks])
    items = env["tthc.communication.item"].create(
        [item(own, "communication"), item(other, "stranger")]
    )
    paid = [spending(company) for company in (own, other)]
    heading = {"number": "II", "code": "II", "level": "1", "name": "NỘI DUNG"}
    return {
        "tthc.plan": Sample(
            mine,
            {"name": "Kế hoạch khác", "year": 2091, "company_id": own.id},
            {"intro": "x"},
            theirs,
        ),
        "tthc.plan.section": Sample(
            section, heading | {"plan_id": mine.id}, {"note": "x"}, foreign
        ),
        "tthc.plan.task": Sample(
            tasks[0], task(section), {"timing": "x"}, other=tasks[2], unassigned=tasks[1]
        ),
        "tthc.plan.deliverable": Sample(
            deliverables[0],
            deliverable(tasks[0]),
            {"number": "x"},
            other=deliverables[2],
            unassigned=deliverables[1],
        ),
        "tthc.plan.budget.line": Sample(
            budget[0],
            line(tasks[0]),
            {"planned": 1000},
            other=budget[2],
            unassigned=budget[1],
        ),
        "tthc.plan.budget.voucher": Sample(
            env["tthc.plan.budget.voucher"].create(voucher(paid[0]) | {"number": "PC01"}),
            voucher(paid[0]),
            {"payee": "x"},
            env["tthc.plan.budget.voucher"].create(voucher(paid[1])),
        ),
        "tthc.communication.item": Sample(
            items[0],
            item(own, "communication"),
            {"audience": "x"},
            items[1],
        ),
        "tthc.communication.summary": Sample(
            create={"date_from": "2023-03-15", "date_to": "2023-06-14"},
            write={"date_to": date(2023, 6, 13)},
        ),
        "tthc.plan.role": Sample(
            roles[0],
            {"name": "Trưởng thôn", "group_id": env.ref("tthc_onestop.group_officer").id},
            {"sequence": 77},
        ),
        "tthc.plan.stage": Sample(
            env.ref("tthc_onestop.plan_stage_doing"),
            {"name": "Tạm dừng", "kind": "doing"},
            {"sequence": 77},
        ),
        "tthc.plan.reason": Sample(create={"reason": "x"}, write={"reason": "y"}),
    }
