"""People as the sheet shows them: their letters over the circles, and sentences that name them."""

import unicodedata
from collections.abc import Sequence

from agreement.compose.agreement import Person

MAX_LETTERS = 3


def people(names: Sequence[str]) -> tuple[Person, ...]:
    """Return one Person a name, with letters that tell them apart.

    The letters are the shortest beginning of each name that no other name on this side shares, up to three characters;
    when three are not enough for somebody, all get numbers.
    """
    letters = [
        _beginning(name, [other for at, other in enumerate(names) if at != place]) for place, name in enumerate(names)
    ]
    if not all(letters):
        letters = [str(number) for number in range(1, len(names) + 1)]
    return tuple(
        Person(name, short, number) for number, (name, short) in enumerate(zip(names, letters, strict=True), 1)
    )


def is_numbered(person: Person) -> bool:
    """Tell whether a person's circles have a number over them that the name does not begin with."""
    return person.letters == str(person.number) and not person.name.startswith(person.letters)


def _beginning(name: str, others: Sequence[str]) -> str:
    characters = _characters(name)
    for count in range(1, min(MAX_LETTERS, len(characters)) + 1):
        short = "".join(characters[:count])
        if not short.endswith(" ") and not any(other.casefold().startswith(short.casefold()) for other in others):
            return short
    return ""


def _characters(name: str) -> list[str]:
    """Split into characters as a reader counts them: a letter with its marks, and joiners with what they join."""
    if name.isascii():
        return list(name)
    characters: list[str] = []
    for mark in name:
        joined = unicodedata.category(mark) in {"Mn", "Me", "Mc", "Cf"} or (
            characters and characters[-1].endswith("\u200d")
        )
        if joined and characters:
            characters[-1] += mark
        else:
            characters.append(mark)
    return characters
