"""What the public reads of texts in which a source left its remarks."""

import re

_BRACKET = re.compile(r"\s*\(([^()]*)\)")
_FROM_MEMORY = re.compile(r"^memory\s*[;,]\s*|\s*[;,]\s*memory$|^memory$")
_NOT_FOUND = "không tìm được"


def without_remarks(text: str) -> str:
    """A text without what says that it is from memory or was not found: a label says that.

    Only whole remarks in brackets go: 15 ngày (memory) is 15 ngày.
    """

    def cleaned(found):
        remark = found[1].strip()
        kept = "" if _NOT_FOUND in remark else _FROM_MEMORY.sub("", remark)
        if kept == remark:
            return found[0]
        return f" ({kept})" if kept else ""

    return _BRACKET.sub(cleaned, text).strip()
