"""Names that no font of ours can print, found before anything is laid out and told at their cells.

This module knows entries and which letters fonts have, and no page.
"""

from collections.abc import Iterator

from agreement.errors import FontError, Problem, Where
from agreement.household.roster_rows import Entry
from agreement.source import where_of


def unprintable(entry: Entry) -> tuple[Problem, ...]:
    """Return a problem for each name or filled blank with a letter that no font of ours has."""
    return tuple(problem for text, whose in _texts(entry) if (problem := _problem(text, whose, entry.row)))


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what a row can put on a sheet that is not in plain English letters, and what messages call it."""
    household = entry.household
    names = [(household.family, "the family's name")]
    names += [(child.name, "the name") for child in household.children]
    names += [(adult.name, "the name") for adult in household.adults]
    for trusted in household.trusted_adults:
        names += [(trusted.name, "the name"), (trusted.who, "the text")]
    for blank, value in entry.choices.blanks.items():
        parts = (value,) if isinstance(value, str) else value
        names += [(part, f'the blank "{blank}"') for part in parts]
    return ((text, whose) for text, whose in names if not text.isascii())


def _problem(text: str, whose: str, row: int) -> Problem | None:
    from agreement.typeset.cover import faces_of
    from agreement.typeset.fonts import ATKINSON

    try:
        faces_of(str(text), ATKINSON, False, whose)
    except FontError as error:
        place = where_of(text, "roster")
        return Problem(place if place.line else Where(place.file, row), "R401", str(error))
    return None
