"""Samples of what stands behind the desk: its staff, regulation, training, initiatives."""

from .access import Sample


def desk_samples(case):
    env, own, other = case.env, case.company, case.stranger_company
    keeper = case.new_user("test_keeper", "counter")
    keeper.company_ids += other

    def appointment(company, day="2090-01-02"):
        return {
            "company_id": company.id,
            "user_id": keeper.id,
            "duty": "desk",
            "date_from": day,
            "date_to": day,
            "number": "12/QĐ-UBND",
            "date": "2089-12-30",
            "signer_name": "Trần Xuân Mãng",
        }

    appointments = env["tthc.desk.appointment"].create([appointment(each) for each in (own, other)])

    def regulation(company):
        return {
            "company_id": company.id,
            "number": "20/QĐ-UBND",
            "date": "2089-12-30",
            "signer_name": "Trần Xuân Mãng",
            "date_from": "2090-01-02",
            "text": "Điều 1",
        }

    regulations = env["tthc.desk.regulation"].create([regulation(each) for each in (own, other)])

    def training(company):
        return {
            "company_id": company.id,
            "name": "Nghiệp vụ kiểm soát TTHC",
            "organiser": "Văn phòng UBND tỉnh",
            "date_from": "2090-01-02",
            "hours": 8,
        }

    sessions = env["tthc.training.session"].create([training(each) for each in (own, other)])
    participants = env["tthc.training.participant"].create(
        [{"session_id": each.id, "user_id": keeper.id} for each in sessions]
    )

    def initiative(company):
        return {"company_id": company.id, "name": "Bỏ bản sao", "description": "Đã có trong CSDL"}

    initiatives = env["tthc.initiative"].create([initiative(each) for each in (own, other)])
    return {
        "tthc.training.session": Sample(
            sessions[0], training(own), {"organiser": "x"}, sessions[1]
        ),
        "tthc.training.participant": Sample(
            participants[0],
            {"session_id": sessions[0].id, "name": "Lê An"},
            {"certificate": "x"},
            participants[1],
        ),
        "tthc.initiative": Sample(
            initiatives[0], initiative(own), {"description": "x"}, initiatives[1]
        ),
        "tthc.desk.regulation": Sample(
            regulations[0], regulation(own), {"text": "Điều 2"}, regulations[1]
        ),
        "tthc.desk.appointment": Sample(
            appointments[0],
            appointment(own, "2090-01-03"),
            {"signer_name": "x"},
            appointments[1],
        ),
    }
