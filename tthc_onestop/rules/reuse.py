"""Which papers are the same: the key under which the names of papers are compared."""

import re
import unicodedata

_REMARK = re.compile(r"\([^)]*\)")


def paper_key(name: str) -> str:
    """A paper's name for comparing: case, spaces, composition and what is in brackets aside."""
    text = _REMARK.sub(" ", unicodedata.normalize("NFC", name).casefold())
    return " ".join(text.split()).rstrip(" .;,")
