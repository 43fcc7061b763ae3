"""The rows of a table that somebody uploads, as CSV or Excel. What is too large is refused."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

import openpyxl

MOST_BYTES = 20 * 2**20  # of the file
MOST_UNPACKED = 200 * 2**20  # of what an Excel file unpacks to: a list of 2,000 rows has 2 MB
MOST_ROWS, MOST_COLUMNS = 20_000, 200
_DELIMITERS = ",;\t"
_BEGINNING = 10_000  # characters in which the headings stand
_CODE = re.compile(r"[0-9]\.[0-9]{1,6}")
# what a program that opens a CSV file would take for a formula
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


class Row(NamedTuple):
    """A row as it stands in the file, numbered from 1."""

    number: int
    cells: tuple[str, ...]


def read_sheet(content: bytes) -> list[Row]:
    """The rows of a file with a table, the first sheet of a workbook.

    :raises ValueError: with one of large, encoding, workbook
    """
    if len(content) > MOST_BYTES:
        raise ValueError("large")
    if content.startswith(b"PK\x03\x04"):
        return _read_workbook(content)
    try:
        return read_csv(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError("encoding") from error


def read_csv(text: str) -> list[Row]:
    """The rows of a CSV file; the first line that has delimiters says which these are.

    :raises ValueError: it cannot be read, or is too large
    """
    text = text.lstrip("\ufeff")
    lines = text[:_BEGINNING].splitlines()
    first = next((line for line in lines if sum(map(line.count, _DELIMITERS)) > 1), "")
    delimiter = max(_DELIMITERS, key=first.count)
    rows = []
    try:
        reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter)
        for number, cells in enumerate(reader, 1):
            if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise ValueError("large")
            rows.append(Row(number, tuple(map(_without_guard, cells))))
    except csv.Error as error:
        raise ValueError(str(error)) from error
    return rows


def write_csv(rows: Iterable[Iterable[str]]) -> str:
    """A CSV file that no program takes for formulas, and that ``read_csv`` reads as it was."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in row])
    return out.getvalue()


def _without_guard(cell):
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _read_workbook(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
                raise ValueError("large")
            for member in archive.namelist():
                # entities can grow without end while they are read; no office program writes any
                if member.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(member):
                    raise ValueError("workbook")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except ValueError:
        raise
    except Exception as error:  # whatever the library stumbles over in a file made by anybody
        raise ValueError("workbook") from error
    rows = []
    try:
        sheet = book.worksheets[0]
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise ValueError("large")
            rows.append(Row(number, tuple(map(_text, cells))))
    except (IndexError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise ValueError("workbook") from error
    finally:
        book.close()
    while rows and not any(rows[-1].cells):
        rows.pop()
    return rows


def _text(value):
    """A cell as text: a code that Excel keeps as a number gets its lost zeros back."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    if isinstance(value, float) and _CODE.fullmatch(text) and len(text) > 5:
        return f"{value:.6f}"
    return text
