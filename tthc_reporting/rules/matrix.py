"""One matrix, many renderers: the figures of an official form, with how its heading looks."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import NamedTuple


@dataclass(frozen=True)
class Heading:
    """A merged cell of the table's heading: its place from 0, and how far it reaches."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Form:
    """The shape of an official form, where its figures come from and what they must satisfy.

    :param columns: the number of every column in its numbering row; the first two are the order
        and the label
    :param source: which figures: ``tthc.report`` has a method of this name
    :param counts: what its cells count: a model without its prefix
    :param needs: what else must be kept for it to be offered: models without their prefix
    :param by: what its (uppermost) lines are: "sector", or "unit" for the commune as a whole
    :param sums: a column to those it is the sum of
    :param equal: pairs of sides, each the sum of columns, that are the same on every line
    :param carried: a column of the total that is counted apart as well, and what it is said to be
    :param provisional: why its official columns are not verified; empty when they are
    :param blank: why nothing can be counted for it; its cells stay empty, to be written by hand
    """

    code: str
    title: str
    unit: str
    columns: tuple[str, ...]
    headings: tuple[Heading, ...]
    source: str
    counts: str = "dossier"
    needs: tuple[str, ...] = ()
    by: str = "sector"
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    equal: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    carried: tuple[str, str] | None = None
    provisional: str = ""
    blank: str = ""

    @property
    def figures(self) -> tuple[str, ...]:
        return self.columns[2:]

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands over the table for who reads it."""
        return tuple(filter(None, (self.provisional, self.blank)))

    @property
    def heading_rows(self) -> int:
        return max(heading.row + heading.rows for heading in self.headings)

    def column_label(self, column: str) -> str:
        """The headings over a column, from above."""
        number = self.columns.index(column)
        over = [
            heading
            for heading in self.headings
            if heading.column <= number < heading.column + heading.columns
        ]
        return " – ".join(heading.text for heading in sorted(over, key=lambda found: found.row))


@dataclass(frozen=True)
class Row:
    """A line of the form; ``key`` tells it apart, ``values`` are by column number.

    Of a form of several levels each line comes before those that it is the sum of: its ``level``
    is 0, 1 … and its key is the path to it, as in "12/online/7".
    """

    key: int | str | None
    label: str
    values: Mapping[str, int]
    level: int = 0


@dataclass(frozen=True)
class Identity:
    """A statement that the figures must satisfy, and whether they do."""

    name: str
    holds: bool


@dataclass(frozen=True)
class Matrix:
    """The figures of a form, a row per line and their total."""

    form: Form
    rows: tuple[Row, ...]
    total: Row
    identities: tuple[Identity, ...]

    @classmethod
    def of(cls, form: Form, rows: list[Row], total: Row, apart: int | None = None) -> "Matrix":
        """The sheet with its identities.

        :param apart: the carried column of the total, counted in another way
        """
        lines = (*rows, total)
        pairs = [((column,), parts) for column, parts in form.sums.items()] + list(form.equal)
        identities = [
            Identity(
                f"{_side(left)} = {_side(right)}",
                all(_sum(line, left) == _sum(line, right) for line in lines),
            )
            for left, right in pairs
        ]
        if form.carried and apart is not None:
            column, name = form.carried
            identities.append(Identity(name, total.values[column] == apart))
        return cls(form, tuple(rows), total, tuple(identities))

    def only(self, keys) -> "Matrix":
        """The sheet of some sectors, with their own total; one of the commune as a whole stays."""
        if self.form.by != "sector" or self.form.blank:
            return self
        rows = [row for row in self.rows if top(row.key) in keys]
        sums = {
            column: sum(row.values[column] for row in rows if not row.level)
            for column in self.form.figures
        }
        return Matrix.of(self.form, rows, Row(None, self.total.label, sums))

    def as_dict(self) -> dict:
        """The shape that callers of ``tthc.report.get_figures`` get."""
        return {
            "columns": [
                {"key": column, "label": self.form.column_label(column)}
                for column in self.form.columns
            ],
            "rows": [asdict(row) for row in self.rows],
            "total": asdict(self.total),
            "identities": [asdict(identity) for identity in self.identities],
        }

    @classmethod
    def from_dict(cls, form: Form, figures: dict) -> "Matrix":
        """The matrix that ``as_dict`` gave, as it is kept and shown."""
        return cls(
            form,
            tuple(Row(**row) for row in figures["rows"]),
            Row(**figures["total"]),
            tuple(Identity(**identity) for identity in figures["identities"]),
        )


class Change(NamedTuple):
    """A figure that is another one on another day. ``label``: the line that it stands on."""

    label: str
    column: str
    before: int
    after: int


def changes(before: Matrix | None, after: Matrix | None) -> list[Change]:
    """The figures of a form that differ, line by line; a line or sheet that is missing is all 0.

    The lines of ``after`` come first, then those that are gone, then the total.
    """
    sheets = [sheet for sheet in (after, before) if sheet]
    labels = {row.key: row.label for sheet in reversed(sheets) for row in sheet.rows}
    order = dict.fromkeys(row.key for sheet in sheets for row in sheet.rows)
    labels[None] = sheets[0].total.label if sheets else ""
    known = [
        {row.key: row.values for row in (*sheet.rows, sheet.total)} if sheet else {}
        for sheet in (before, after)
    ]
    found = []
    for key in (*order, None):
        for column in sheets[0].form.figures if sheets else ():
            values = [sheet.get(key, {}).get(column, 0) for sheet in known]
            if values[0] != values[1]:
                found.append(Change(labels[key], column, *values))
    return found


def top(key: int | str) -> int:
    """The uppermost line that the line of this key belongs to."""
    return int(str(key).partition("/")[0])


def _side(columns: tuple[str, ...]) -> str:
    return " + ".join(f"({column})" for column in columns)


def _sum(line: Row, columns: tuple[str, ...]) -> int:
    return sum(line.values[column] for column in columns)
