from odoo.tools import format_date


def day_in_words(env, calendar, step):
    """What an explanation says of a day: week_end, day_off, swap. Days are days of the commune."""
    day = format_date(env, step.first)
    basis = calendar.bases.get(step.first)
    name = f"{step.text} ({basis})" if basis else step.text
    if step.kind == "week_end":
        return env._("%(day)s: weekly day off", day=day)
    if step.kind == "day_off":
        return env._("%(day)s: day off, %(name)s", day=day, name=name)
    return env._("%(day)s: worked instead, %(name)s", day=day, name=name)
