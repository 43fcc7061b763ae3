"""The written report: figures named in its text, comparison in words, and the blocks of its pages.

The text names a figure in braces, and it is filled in whenever the text is shown, until it is
sealed: ``{II.06a:3}`` · ``{II.06a:3:before}`` · ``{II.06a:3:since_year_ago}`` · ``{rate:on_time}``;
``{II.06a}`` alone on its line is the table. What comes out is official, so it is Vietnamese.
"""

import itertools
import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from .matrix import Matrix

NOW, BEFORE, YEAR_AGO = "now", "before", "year_ago"
NAMES = {BEFORE: "kỳ trước", YEAR_AGO: "cùng kỳ năm trước"}
NBSP = "\N{NO-BREAK SPACE}"  # of the indent of a line below another
NO_FIGURE = "không có số liệu"
IN_BRACES = re.compile(r"\{([^{}]*)\}")
UNITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
TENTH = Decimal("0.1")

# the figures of each period, by the code of the form
Figures = Mapping[str, Mapping[str, Matrix]]


class Rate(NamedTuple):
    """A share of dossiers: the sum of some columns of the total in that of others."""

    form: str
    part: tuple[str, ...]
    whole: tuple[str, ...]


RATES = {
    "settled": Rate("II.06a", ("7",), ("3",)),
    "on_time": Rate("II.06a", ("8", "9"), ("7",)),
    "late": Rate("II.06a", ("10",), ("7",)),
    "online": Rate("II.06a", ("4",), ("4", "5")),
}


class Place(NamedTuple):
    """What stands in braces. ``column`` is None for the table, a name of ``RATES`` for a rate."""

    form: str
    column: str | None
    when: str = NOW
    compared: bool = False  # the figure of now with that of ``when``, in words
    rate: Rate | None = None


class Section(NamedTuple):
    """A part of the text. Level 0 has no heading, 1 is counted I, II…, 2 within it 1, 2…"""

    level: int
    heading: str
    body: str


class UnknownPlace(ValueError):
    """What stands in these braces names no figure."""

    def __init__(self, place):
        super().__init__(place)
        self.place = place


def number(value: int | Decimal) -> str:
    """A number as Vietnamese papers write it: 1.234,5."""
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def share(part: int, whole: int) -> Decimal:
    """A part in percent, rounded half up to a tenth. :raises ZeroDivisionError: of nothing"""
    if not whole:
        raise ZeroDivisionError("there is no share of nothing")
    rounded = (Decimal(100 * part) / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded


def compared(now, then, when: str) -> str:
    """A number with that of another period, in words; None where there is none."""
    name = NAMES[when]
    if now is None or then is None:
        return f"{name} {NO_FIGURE}" if then is None else NO_FIGURE
    if now == then:
        return f"bằng {name}"
    word, difference = ("tăng", now - then) if now > then else ("giảm", then - now)
    percent = f" ({number(share(difference, then))}%)" if then else ""
    return f"{word} {number(difference)}{percent} so với {name}"


def compared_rates(now, then, when: str) -> str:
    """As ``compared``, for two rates in percent: their distance is in points."""
    if now is None or then is None or now == then:
        return compared(now, then, when)
    word = "tăng" if now > then else "giảm"
    return f"{word} {number(abs(now - then))} điểm phần trăm so với {NAMES[when]}"


def wanted(texts: Iterable[str], forms: Mapping) -> dict[str, set[str]]:
    """The forms that texts take figures from, by period.

    :param forms: the declared forms, by code
    :raises UnknownPlace: the first braces that name nothing
    """
    found = {}
    for match in IN_BRACES.finditer("\n".join(texts)):
        place = _place(match[1], forms)
        for when in {place.when, NOW} if place.compared else {place.when}:
            found.setdefault(when, set()).add(place.form)
    return found


def blocks(sections: Iterable[Section], figures: Figures, forms: Mapping) -> list[dict]:
    """The pages as a list of headings, paragraphs and tables, each a dict fit for JSON.

    A section that says nothing is left out, and the numbers of the others close up.
    """
    found, counts, pending = [], [0, 0], None
    for section in sections:
        body = list(_body(section.body, figures, forms))
        if section.level == 1:
            pending = section
        if not body:
            continue
        if section.level and pending:  # the heading above appears with the first that says a thing
            counts = [counts[0] + 1, 0]
            heading = fill(pending.heading, figures, forms)
            found.append(_heading(1, f"{_roman(counts[0])}. {heading}"))
            pending = None
        if section.level == 2:
            counts[1] += 1
            heading = fill(section.heading, figures, forms)
            found.append(_heading(2, f"{counts[1]}. {heading}"))
        found += body
    return found


def check(heading: str, body: str, forms: Mapping):
    """:raises UnknownPlace: braces that name nothing, or a table in the middle of a text"""
    fill(heading, {}, forms)
    list(_body(body, {}, forms))


def _heading(level, text):
    return {"kind": "heading", "level": level, "text": text}


def _roman(count):
    return "X" * (count // 10) + UNITS[count % 10]


def _body(text, figures, forms):
    for line in text.splitlines():
        line = line.strip()
        match = IN_BRACES.fullmatch(line)
        place = match and _place(match[1], forms)
        if place and place.column is None:
            matrix = figures.get(NOW, {}).get(place.form)
            yield table(matrix) if matrix else {"kind": "paragraph", "text": f"({NO_FIGURE})"}
        elif line:
            yield {"kind": "paragraph", "text": fill(line, figures, forms)}


def fill(line: str, figures: Figures, forms: Mapping) -> str:
    """A line with its figures.

    :raises UnknownPlace: one of its braces names nothing, or a table, which stands alone
    """

    def words(match):
        place = _place(match[1], forms)
        if place.column is None:
            raise UnknownPlace(match[1])
        return _words(place, figures)

    return IN_BRACES.sub(words, line)


def _words(place, figures):
    value = _value(place, figures, place.when)
    if place.compared:
        compare = compared_rates if place.rate else compared
        return compare(_value(place, figures, NOW), value, place.when)
    if value is None:
        return NO_FIGURE
    return f"{number(value)}%" if place.rate else number(value)


def _value(place, figures, when):
    matrix = figures.get(when, {}).get(place.form)
    if not matrix or matrix.form.blank:
        return None
    total = matrix.total.values
    if not place.rate:
        return total[place.column]
    part, whole = (sum(total[column] for column in side) for side in place.rate[1:])
    return share(part, whole) if whole else None


def _place(text, forms):
    name, *rest = text.strip().split(":")
    if name in forms and not rest:
        return Place(name, None)
    if not 1 <= len(rest) <= 2:
        raise UnknownPlace(text)
    column, when = rest[0], rest[1] if rest[1:] else NOW
    plain = when.removeprefix("since_")
    if rest[1:] and plain not in NAMES:
        raise UnknownPlace(text)
    if name == "rate" and column in RATES:
        rate = RATES[column]
        return Place(rate.form, column, plain, plain != when, rate)
    if name in forms and column in forms[name].figures:
        return Place(name, column, plain, plain != when)
    raise UnknownPlace(text)


def table(matrix: Matrix) -> dict:
    """A form as the table of a page, a dict fit for JSON; its uppermost lines are numbered."""
    form = matrix.form
    order = itertools.count(1)
    lines = [("" if row.level else str(next(order)), row) for row in matrix.rows]
    return {
        "kind": "table",
        "caption": form.title,
        "unit": f"Đơn vị tính: {form.unit}",
        "provisional": " ".join(form.notes),
        "headings": [
            [heading.text, heading.row, heading.column, heading.rows, heading.columns]
            for heading in sorted(form.headings, key=lambda each: (each.row, each.column))
        ],
        "numbers": [f"({column})" for column in form.columns],
        "rows": [
            [
                order,
                4 * NBSP * row.level + row.label,
                *("" if form.blank else number(row.values[column]) for column in form.figures),
            ]
            for order, row in [*lines, ("", matrix.total)]
        ],
    }
