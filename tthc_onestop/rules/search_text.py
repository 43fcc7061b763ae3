"""Finding Vietnamese texts by words, with or without diacritics and in any order."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

# of what somebody typed, the rest is not looked at
MOST_CHARACTERS, MOST_WORDS = 100, 12


def plain(text: str) -> str:
    """Words without case, diacritics or punctuation: “Hộ tịch, đất” is ho tich dat."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    # the stroke of đ is no combining character
    letters = (
        "d" if each == "đ" else each if each.isalnum() else " "
        for each in decomposed
        if not unicodedata.combining(each)
    )
    return " ".join("".join(letters).split())


class Text(NamedTuple):
    """What is searched: a name as written, the plain name, and all that is plain with it."""

    name: str
    plain_name: str
    plain_all: str


def text_of(name: str, *others: str) -> Text:
    """A text found by its name, or by the others too."""
    return Text(_folded(name), f" {plain(name)}", f" {plain(' '.join((name, *others)))}")


def find(query: str, texts: Sequence[Text]) -> list[int]:
    """The places of the texts with a word that begins with each word typed, the nearest first.

    Nearest is the name that has the very phrase, then the phrase without diacritics, then all the
    words; of equals the shorter name. A query without any word finds all as they stand.
    """
    query = query[:MOST_CHARACTERS]
    words = plain(query).split()[:MOST_WORDS]
    if not words:
        return list(range(len(texts)))
    begins = [f" {word}" for word in words]
    written, phrase = _folded(query), f" {' '.join(words)}"

    def distance(place):
        text = texts[place]
        if phrase in text.plain_name:
            rank = 0 if written in text.name else 1
        else:
            rank = 2 if all(each in text.plain_name for each in begins) else 3
        return rank, len(text.name)

    found = (
        place for place, text in enumerate(texts) if all(each in text.plain_all for each in begins)
    )
    return sorted(found, key=distance)


def _folded(text):
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
