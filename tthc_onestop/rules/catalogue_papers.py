"""The papers that a procedure asks for, as they stand in one cell of a published list."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_QUANTITY = re.compile(r"(\d+)\s*(bản chính|bản sao|bản)", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*\d+\)\s*")
_SHOWN = re.compile(r"^\s*xuất trình\s*:\s*|\s+– xuất trình$", re.IGNORECASE)
# a name that could be read in another way stands between quotes, followed by what is asked of it
_EXACT = re.compile(
    r'\s*\d+\)\s(?P<shown>Xuất trình: )?"(?P<name>(?:[^"]|"")*)"'
    r" – (?P<originals>\d+) bản chính, (?P<copies>\d+) bản sao\s*"
)
_PART = re.compile(rf"(?:{re.sub(r'[?]P<[a-z]+>', '?:', _EXACT.pattern)}|[^|]*)(?:\||$)")


@dataclass(frozen=True)
class Paper:
    """A paper that a procedure asks for; ``kind`` is hand_in or show."""

    name: str
    kind: str = "hand_in"
    originals: int = 0
    copies: int = 0


def read_papers(text: str) -> Iterator[Paper]:
    """The papers of a cell: "1) Tờ khai – 1 bản chính | Xuất trình: căn cước"."""
    for part in (found[0].removesuffix("|") for found in _PART.finditer(text)):
        if exact := _EXACT.fullmatch(part):
            yield Paper(
                exact["name"].replace('""', '"'),
                "show" if exact["shown"] else "hand_in",
                int(exact["originals"]),
                int(exact["copies"]),
            )
            continue
        part = _NUMBER.sub("", part.strip())
        kind = "show" if _SHOWN.search(part) else "hand_in"
        part = _SHOWN.sub("", part)
        part = part[:1].upper() + part[1:]
        if not part:
            continue
        name, originals, copies = part, 0, 0
        head, dash, tail = part.rpartition(" – ")
        if dash and (found := _QUANTITY.match(tail)):
            count = int(found[1])
            if found[2].lower() == "bản sao":
                copies = count
            else:
                originals = count
            rest = tail[found.end() :].lstrip(" ;,")
            name = f"{head}; {rest}" if rest else head
        yield Paper(name, kind, originals, copies)


def write_papers(papers: Iterable[Paper]) -> str:
    """The cell from which ``read_papers`` reads the same papers again."""
    return " | ".join(_written(number, paper) for number, paper in enumerate(papers, 1))


def _written(number, paper):
    shown = "Xuất trình: " if paper.kind == "show" else ""
    quantity = ""
    if not paper.copies and paper.originals:
        quantity = f" – {paper.originals} bản chính"
    elif not paper.originals and paper.copies:
        quantity = f" – {paper.copies} bản sao"
    plain = f"{number}) {shown}{paper.name}{quantity}"
    if list(read_papers(plain)) == [paper]:
        return plain
    name = paper.name.replace('"', '""')
    return f'{number}) {shown}"{name}" – {paper.originals} bản chính, {paper.copies} bản sao'
