"""Lives of dossiers through the real gate, and figures counted in slow, obvious ways."""

from collections import Counter
from datetime import datetime, time, timedelta

from hypothesis import strategies as st

from odoo import fields
from odoo.exceptions import UserError

from odoo.addons.tthc_onestop.models.res_company import to_utc
from odoo.addons.tthc_onestop.rules import lifecycle
from odoo.addons.tthc_onestop.tests.common import DossierCase, arguments_of

from ..rules.settlement import II_06A

# a step of a history: which dossier, how many days later, which of the moves that are legal then
STEP = st.tuples(st.integers(0, 7), st.integers(0, 9), st.integers(0, 99))
HISTORIES = st.lists(STEP, min_size=5, max_size=60)
CUTS = st.lists(st.integers(0, 200), min_size=2, max_size=5, unique=True).map(sorted)
# moves that the status allows and something else may not
REFUSABLE = (
    "approve",
    "confirm_handover",
    "correct_result",
    "extend",
    "record_answer",
    "record_result",
    "reopen",
    "request_supplement",
    "reschedule",
    "send_back",
    "settle",
    "submit_for_signature",
    "take_over",
)


def behind(sheet, *cell):
    """The ids of the records that the list behind a figure shows, by their order."""
    action = sheet.action_open_dossiers(*cell)
    records = sheet.env[action["res_model"]].with_context(**action["context"])
    return records.search(action["domain"], order="id").ids


def slow_scope(events, first, last):
    """The dossiers of form II.06a by reading each ledger line by line (reports.md §1.3).

    :return: of each dossier whether it was carried over, whether it is pending on the last day,
        whether it is late, and its last event by then
    """
    by_dossier = {}
    for event in events:
        by_dossier.setdefault(event["dossier"], []).append(event)
    for ledger in by_dossier.values():
        received = next((event["day"] for event in ledger if event["kind"] == "receive"), None)
        if received is None or received > last:
            continue
        # what is opened again comes in again
        entered = first <= received or any(
            event["kind"] == "reopen" and first <= event["day"] <= last for event in ledger
        )

        def stood(day, ledger=ledger):
            return [event for event in ledger if event["day"] <= day][-1]

        def is_pending(event):
            return event["status"] in ("received", "processing", "supplement", "payment", "stopped")

        carried = received < first and is_pending(stood(first - timedelta(days=1)))
        if not entered and not carried:
            continue
        now = stood(last)
        pending = is_pending(now)
        waits = now["status"] in ("supplement", "stopped")
        overdue = bool(now["due"]) and now["due"] < last and not waits
        yield carried, pending, overdue if pending else now["outcome"] == "late", now


def slow_count(events, first, last):
    """Form II.06a, a dossier at a time."""
    total = Counter({column: 0 for column in II_06A.figures})
    for carried, pending, late, now in slow_scope(events, first, last):
        total["3"] += 1
        if carried:
            total["6"] += 1
        else:
            total["4" if now["channel"] == "online" else "5"] += 1
        if pending:
            total["11"] += 1
            total["13" if late else "12"] += 1
        else:
            total["7"] += 1
            total[{"early": "8", "late": "10"}.get(now["outcome"], "9")] += 1
    return dict(total)


def slow_causes(events, first, last, given):
    """Form II.06g: ``given`` has of what was handed in the dossier, last day, order and kind."""
    columns = {"regulation": "4", "staff": "5", "facilities": "6", "other": "7", None: "8"}
    total = Counter({column: 0 for column in ("3", *columns.values())})
    for _carried, _pending, late, now in slow_scope(events, first, last):
        if late:
            said = [
                (day, number, kind)
                for dossier, day, number, kind in given
                if dossier == now["dossier"] and first <= day <= last
            ]
            total["3"] += 1
            total[columns[max(said)[2] if said else None]] += 1
    return dict(total)


def slow_electronic(events, first, last, scanned, reused, results):
    """Form II.08.

    :param scanned: dossier and local day of each scan of a paper
    :param reused: dossier and local day of each paper that was reused
    :param results: of each document dossier, local day, whether it has a file, and the day on
        which it was corrected or None
    """
    total = Counter({str(column): 0 for column in range(3, 13)})
    for carried, pending, _late, now in slow_scope(events, first, last):
        dossier = now["dossier"]
        if not carried:
            held = (dossier, True) in {(found, day <= last) for found, day in reused}
            filed = held or (dossier, True) in {(found, day <= last) for found, day in scanned}
            channel = {"online": "4", "direct": "5", "post": "6"}[now["channel"]]
            total.update(["3", channel, "8" if filed else "7", *(["9"] if held else [])])
        if not pending and now["status"] in ("settled", "returned"):
            in_force = [
                has_file
                for found, day, has_file, corrected in results
                if found == dossier and day <= last and not (corrected and corrected <= last)
            ]
            total.update(["10", "12" if in_force and all(in_force) else "11"])
    return dict(total)


class HistoryCase(DossierCase):
    never = ()  # moves that are not made

    def ledger(self):
        """The events as plain values, read anew."""
        self.env.invalidate_all()
        events = (
            self.env["tthc.dossier.event"].sudo().search([("company_id", "=", self.company.id)])
        )
        return [
            {
                "dossier": event.dossier_id.id,
                "kind": event.kind,
                "day": event.counted_on,
                "status": event.to_status,
                "due": event.due_on,
                "outcome": event.outcome,
                "channel": event.dossier_id.channel,
            }
            for event in events.sorted(lambda event: (event.dossier_id.id, event.position))
        ]

    def play(self, history, dossiers, frozen, day, late=True):
        """Live a history through the real gate; return the day it ends.

        :param late: some of it is entered days later, as of when it was so
        """
        kinds = sorted(self.procedures)
        for number, later, choice in history:
            day += timedelta(days=later)
            moment = to_utc(datetime.combine(day, time(8 + choice % 9)))
            frozen.move_to(max(moment, frozen()))
            dossier = dossiers.get(number)
            if dossier is None:
                channel = ("direct", "online", "post")[choice % 3]
                # signed over by the post some days before it is entered, perhaps in another period
                values = {"handed_over_at": frozen() - timedelta(days=choice % 7)}
                dossier = self.new(kinds[choice % len(kinds)], channel=channel, **values).sudo()
                dossiers[number] = dossier
                continue
            legal = [
                name
                for name, move in lifecycle.MOVES.items()
                if dossier.status in move.sources and name not in self.never
            ]
            if not legal:
                del dossiers[number]  # its number is free for a new one
                continue
            self.make(dossier, legal[choice % len(legal)], day, late and choice // 7 % 4)
        return day

    def make(self, dossier, name, day, back=0):
        late = back and name in lifecycle.ENTERED_LATE
        due_at = str(to_utc(datetime.combine(day + timedelta(days=40), time(10))))
        try:
            if late:
                done_at = fields.Datetime.now() - timedelta(days=back)
                dossier.action_correct(name, "Ghi sau", done_at)
            else:
                getattr(dossier, f"action_{name}")(**self.arguments(name, due_at))
        except UserError:
            # too late, too early, once more, another's or one's own work: nothing has happened
            self.assertTrue(late or name in REFUSABLE, name)
        self.after_move(dossier)

    def arguments(self, name, due_at):
        return arguments_of(name, due_at)

    def after_move(self, dossier):
        """What else is done then."""
