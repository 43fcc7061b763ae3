"""Two schedulers at once, each on a connection of its own: every rung and letter is given once."""

import json

from .conftest import odoo_shell

REMIND_TWICE = """
import json
from datetime import datetime
from threading import Barrier, Thread
from unittest.mock import patch

from freezegun import freeze_time

from odoo import api
from odoo.addons.tthc_onestop.models.reminder import TthcReminder
from odoo.addons.tthc_onestop.models.reminder_digest import TthcReminderDigest

reminder = env["tthc.reminder"]


def at_once(model, scheduled, meeting, step):
    # both have looked at the dossiers before either of them writes
    barrier, failed, write = Barrier(2), [], getattr(meeting, step)

    def meet(self, *args):
        barrier.wait(60)
        return write(self, *args)

    def run():
        try:
            with env.registry.cursor() as cr:
                getattr(api.Environment(cr, 1, {})[model], scheduled)()
        except Exception as error:
            failed.append(type(error).__name__)

    with patch.object(meeting, step, meet):
        threads = [Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return failed


with freeze_time(datetime(2023, 6, 5, 3)):
    copies = env["tthc.procedure"].search([("code", "=", "2.000815")])
    procedure = env["tthc.procedure"].create(
        {
            "code": "8.000815",
            "name": "Thủ tục có thời hạn",
            "sector_id": copies.sector_id.id,
            "duration": 5,
            "duration_unit": "working_day",
        }
    )
    dossiers = env["tthc.dossier"].create_received(
        [{"procedure_id": procedure.id, "applicant_name": "An"} for _ in range(200)]
    )
    desk = env.ref("tthc_onestop.user_motcua")
    desk.email = "motcua@xa.example"
    env.cr.commit()
# the days before, on which nothing else is due
with freeze_time(datetime(2023, 6, 9, 0, 30)):
    failed = at_once("tthc.reminder", "_cron_remind", TthcReminder, "_claim")
    failed += at_once("tthc.reminder.digest", "_cron_queue", TthcReminderDigest, "_queue")
env.cr.rollback()
env.invalidate_all()
activities = env["mail.activity"].search(
    [("res_model", "=", "tthc.dossier"), ("res_id", "in", dossiers.ids)]
)
told = env["tthc.reminder"].search([("dossier_id", "in", dossiers.ids)])
print(
    "FOUND"
    + json.dumps(
        {
            "failed": failed,
            "rungs": sorted(set(told.mapped("rung"))),
            "dossiers told": len(told.dossier_id),
            "told": len(told),
            "pairs": len({(each.res_id, each.user_id) for each in activities}),
            "activities": len(activities),
            "letters": env["mail.mail"].search_count([("email_to", "like", desk.email)]),
        }
    )
)
"""


def test_two_schedulers_at_once(database):
    name, _ = database
    printed = odoo_shell(name, REMIND_TWICE)
    found = json.loads(printed.split("FOUND", 1)[1].splitlines()[0])
    desk = found.pop("pairs") // 200
    assert desk >= 1
    assert found == {
        "failed": [],
        "rungs": [1],
        "dossiers told": 200,
        "told": 200,
        "activities": 200 * desk,
        "letters": 1,
    }
