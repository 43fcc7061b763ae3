"""One matrix, many renderers: the figures of an official form, with how its heading looks."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass


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
    """The shape of an official form.

    :param columns: the number of every column in its numbering row; the first two are the order
        and the label
    :param sums: a column to those it is the sum of
    """

    code: str
    title: str
    unit: str
    columns: tuple[str, ...]
    headings: tuple[Heading, ...]
    sums: Mapping[str, tuple[str, ...]]

    @property
    def figures(self) -> tuple[str, ...]:
        return self.columns[2:]

    @property
    def heading_rows(self) -> int:
        return max(heading.row + heading.rows for heading in self.headings)


@dataclass(frozen=True)
class Row:
    """A line of the form; ``key`` tells it apart, ``values`` are by column number."""

    key: int | None
    label: str
    values: Mapping[str, int]


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

    def as_dict(self) -> dict:
        """The shape that callers of ``tthc.report.get_figures`` get."""
        return {
            "columns": [
                {"key": column, "label": self._column_label(number)}
                for number, column in enumerate(self.form.columns)
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

    def _column_label(self, number: int) -> str:
        over = [
            heading
            for heading in self.form.headings
            if heading.column <= number < heading.column + heading.columns
        ]
        return " – ".join(heading.text for heading in sorted(over, key=lambda found: found.row))


def sum_identities(form: Form, lines: tuple[Row, ...], extra=()) -> tuple[Identity, ...]:
    """The identities of a form: its sums, then ``extra`` pairs of sides, each on every line."""
    pairs = [((column,), parts) for column, parts in form.sums.items()] + list(extra)
    return tuple(
        Identity(
            f"{_side(left)} = {_side(right)}",
            all(_sum(line, left) == _sum(line, right) for line in lines),
        )
        for left, right in pairs
    )


def _side(columns: tuple[str, ...]) -> str:
    return " + ".join(f"({column})" for column in columns)


def _sum(line: Row, columns: tuple[str, ...]) -> int:
    return sum(line.values[column] for column in columns)
