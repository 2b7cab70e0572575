"""What of one family's file may stand on the sheets of all: its choices, and nothing that names anybody of that family.

This module knows households and choices, and no file or roster.
"""

import re
from collections.abc import Callable

from agreement.household import Choices, Household

_WORD = re.compile(r"[^\W\d_]+")
_NO_NAMES = frozenset({"The", "Family", "La", "Las", "Los", "De", "Del", "Familia"})


def for_every_household(household: Household, choices: Choices) -> tuple[Household, Choices]:
    """Return what holds for every household: adults to go to, and choices without what names the file's own family.

    A rule or a blank that names one of them is left out; an app stays, without who uses it.
    """
    names = [household.family, *(child.name for child in household.children), *(one.name for one in household.adults)]
    names_one = _finder(names)
    trusted = tuple(adult._replace(who="" if names_one(adult.who) else adult.who) for adult in household.trusted_adults)
    return Household(trusted_adults=trusted), choices._replace(
        apps=tuple(
            row._replace(
                who="" if names_one(row.who) else row.who, follows="" if names_one(row.follows) else row.follows
            )
            for row in choices.apps
        ),
        own=tuple(rule for rule in choices.own if not rule.name and not names_one(rule.text)),
        blanks={
            blank: value
            for blank, value in choices.blanks.items()
            if not any(map(names_one, (value,) if isinstance(value, str) else value))
        },
    )


def _finder(names: list[str]) -> Callable[[str], bool]:
    """Return what tells whether a text holds a word of one of these names, written as there."""
    words = {word for name in names for word in _WORD.findall(name) if not word.islower()} - _NO_NAMES
    return lambda text: not words.isdisjoint(_WORD.findall(text))
