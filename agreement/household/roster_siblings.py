"""Rows of one household become one agreement, where they agree on what it is to say.

This module knows entries and no cell.
"""

from collections.abc import Iterable, Iterator

from agreement.errors import Problem, Where
from agreement.household.people import MAX_ADULTS, MAX_CHILDREN, Choices
from agreement.household.roster_rows import Entry
from agreement.source import where_of

_CALLED = {"with_": "with"}


def grouped(found: Iterable[Entry]) -> Iterator[Entry]:
    """Yield siblings as one Entry, in the place of the first of them. Keeps every entry until the last one is read."""
    together: dict[object, list[Entry]] = {}
    for entry in found:
        together.setdefault(entry.key or entry.rows, []).append(entry)
    for siblings in together.values():
        yield siblings[0] if len(siblings) == 1 else _joined(siblings)


def _joined(siblings: list[Entry]) -> Entry:
    """Return siblings as one; what no single sheet can say is a problem."""
    first = siblings[0]
    households = [one.household for one in siblings]
    household = first.household._replace(
        family=" / ".join(dict.fromkeys(one.family for one in households if one.family)),
        children=tuple(child for one in households for child in one.children),
        adults=tuple(dict.fromkeys(adult for one in households for adult in one.adults)),
        trusted_adults=tuple(dict.fromkeys(adult for one in households for adult in one.trusted_adults)),
    )
    problems = [problem for one in siblings for problem in one.problems]
    problems += _at_odds(siblings)
    for count, most, called in (
        (len(household.children), MAX_CHILDREN, "children"),
        (len(household.adults), MAX_ADULTS, "adults"),
    ):
        if count > most:
            said = f"there are {count} {called} in one household; {most} are the most that one agreement can hold."
            mend = "Look at what its rows share, or leave out --group."
            problems.append(Problem(_place(first), "F327", said, mend))
    rows = tuple(row for one in siblings for row in one.rows)
    blanks = {blank: value for one in siblings for blank, value in one.choices.blanks.items()}
    choices = first.choices._replace(blanks=blanks)
    return first._replace(rows=rows, household=household, choices=choices, problems=tuple(problems))


def _at_odds(siblings: Iterable[Entry]) -> Iterator[Problem]:
    """Yield for each row what it says otherwise than a row before it. A blank may be filled by one of them alone."""
    known: dict[str, tuple[object, int]] = {}
    for sibling in siblings:
        for called, theirs in _said_of(sibling.choices):
            ours, row = known.setdefault(called, (theirs, sibling.row))
            if ours != theirs:
                said = f"row {row} of the same household says something else about {called}."
                yield Problem(_place(sibling, theirs), "R309", said, "Say the same in both, or leave out --group.")
                break


def _said_of(choices: Choices) -> Iterator[tuple[str, object]]:
    """Yield what choices say, each with what a person calls it."""
    for name, value in choices._replace(blanks={})._asdict().items():
        yield _CALLED.get(name, name.replace("_", " ")), value
    for blank, value in choices.blanks.items():
        yield f'the blank "{blank}"', value


def _place(entry: Entry, value: object = None) -> Where:
    children = entry.household.children
    place = where_of(value, "") if isinstance(value, str) else None
    if place is None or place.line != entry.row:
        place = where_of(children[0].name, "roster") if children else Where("roster")
    return place._replace(line=entry.row)
