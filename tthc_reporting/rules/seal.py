"""Sealed reports of a commune as a chain: what a digest covers, and where the chain is broken."""

import hashlib
import json
from collections.abc import Iterable, Mapping

# goes up when the same facts give other figures than before
RULES_VERSION = "1"
# what the digest of a sealed report covers, in this order
DIGESTED = (
    "company_id",
    "position",
    "period_id",
    "date_from",
    "date_to",
    "sealed_at",
    "user_id",
    "replaces_id",
    "reason",
    "rules_version",
    "content",
    "workbook_digest",
)


def file_digest(content: bytes) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest(previous: str, values: Mapping) -> str:
    """SHA-256 over the digest of the report sealed before and the values of this one."""
    content = json.dumps(
        [previous, *(values[field] or None for field in DIGESTED)],
        ensure_ascii=False,
        sort_keys=True,  # a database may keep the keys of JSON in an order of its own
        default=str,
    )
    return hashlib.sha256(content.encode()).hexdigest()


def first_break(chain: Iterable[Mapping]) -> tuple[int, str] | None:
    """Where the sealed reports of a commune, by position, are not as they were sealed.

    missing: the report of this position is gone · workbook, document: its file is another one ·
    changed: its digest does not fit its values and the report before
    """
    previous, expected = "", 1
    for values in chain:
        if values["position"] != expected:
            return expected, "missing"
        if file_digest(values["workbook"]) != values["workbook_digest"]:
            return expected, "workbook"
        text = values["content"].get("text")
        if text and file_digest(values["document"]) != text["docx_digest"]:
            return expected, "document"
        if digest(previous, values) != values["digest"]:
            return expected, "changed"
        previous, expected = values["digest"], expected + 1
    return None
