"""What the files of a dossier may be, and how they may be called."""

import re
import unicodedata

# what a commune may choose from; nothing that a browser would run, no HTML and no SVG
TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
# what an item of the communication programme may be besides
RECORDINGS = {
    "mp3": "audio/mpeg",
    "m4a": "audio/x-m4a",
    "mp4": "video/mp4",
    "ogg": "audio/ogg",
    "wav": "audio/x-wav",
}
NAMELESS = "tep"
LONGEST = 200


def types_in(text: str) -> list[str]:
    """The types that a setting names, each once, separated by commas or spaces.

    :raises ValueError: one is not known; it is the argument
    """
    names = list(dict.fromkeys(re.findall(r"[^\s,;]+", text.lower())))
    for name in names:
        if name not in TYPES:
            raise ValueError(name)
    return names


def clean_name(name: str) -> str:
    """A name that leads nowhere: no folder, and nothing that cannot be seen."""
    name = unicodedata.normalize("NFC", name)
    # Cc: line ends and the like; Cf: what turns the direction, to make exe.pdf of fdp.exe;
    # Cs: halves of characters, which no file system takes
    name = "".join(
        sign
        for sign in name
        if sign == "\N{ZERO WIDTH JOINER}" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
    )
    name = re.split(r"[/\\]", name)[-1].strip(" .")
    if len(name) > LONGEST:
        stem, dot, extension = name.rpartition(".")
        end = dot + extension if stem and len(extension) < 10 else ""
        name = name[: LONGEST - len(end)] + end
    return name or NAMELESS
