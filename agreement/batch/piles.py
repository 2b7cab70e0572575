"""The order in which households lie in a print file, as a person would file them.

This module knows entries and which of two comes first, and nothing of files.
"""

import re
from collections.abc import Iterable
from unicodedata import normalize

from agreement.household.roster_rows import Entry
from agreement.household.roster_words import without_accents

SORTS = ("class", "child", "family", "row")
_FIGURES = re.compile(r"(\d{1,9})")
_WHOLE = str.maketrans(
    {"Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "Æ": "Ae", "æ": "ae", "Œ": "Oe", "œ": "oe", "ı": "i"}
)
"""Letters that Unicode does not take apart into one of A to Z and a mark."""


def sorted_entries(entries: Iterable[Entry], by: tuple[str, ...], *, classes_first: bool = False) -> Iterable[Entry]:
    """Return entries by fields of SORTS and then by row; without any, as they come.

    `classes_first` puts the class before all other fields, so that each class lies together.
    """
    if classes_first:
        by = ("class", *(name for name in by if name != "class"))
    return sorted(entries, key=lambda entry: (*(_place(entry, name) for name in by), entry.row)) if by else entries


def _place(entry: Entry, name: str) -> tuple[object, ...]:
    children = entry.household.children
    if name == "row":
        return (entry.row,)
    if name == "class":
        return (natural(entry.classroom), class_key(entry.classroom))
    return (_plain(entry.household.family if name == "family" else children[0].name if children else ""),)


def class_key(classroom: str) -> str:
    """Return what is the same for one class however it is typed: "3b" and "3B"."""
    return normalize("NFKC", classroom).casefold()


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return what sorts 2A before 10A."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in _FIGURES.split(_plain(text)))


def _plain(text: str) -> str:
    """Return a text without accents and case: Éa stands before Zoë."""
    return without_accents(text.translate(_WHOLE)).casefold()
