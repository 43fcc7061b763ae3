"""Posting of procedures: until when what is needed must hang."""

from datetime import date, timedelta

from .working_time import WorkCalendar, YearNotEntered, add_working_days


def post_by(calendar: WorkCalendar, since: date, days: int) -> date:
    """The last day to post what is needed since a local day; ``since`` itself is not counted.

    NĐ 63/2010 Đ17 asks for posting where a procedure is received and handled; how soon after a
    decision was not found in the law, so ``days`` (working days) is a setting. In a year whose
    days off nobody has entered all days count: a limit that comes early is no harm.
    """
    try:
        return add_working_days(calendar, since, days)
    except YearNotEntered:
        return since + timedelta(days=days)
