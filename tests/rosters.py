"""Rosters as tests write them, read or handed to `agreement batch`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agreement.errors import InputError
from agreement.household import Choices, Household
from agreement.household.roster import Roster, open_roster
from agreement.household.roster_rows import Entry, entries
from tests.command import Answer, call

Batch = Callable[..., Answer]
HEADER = "First Name,Last Name,Age,Class,Guardian 1\n"
GOOD = HEADER + "Maya,Rivera,9,3B,Ana\nLeo,Ng,14,9A,Bo\nZoë,Núñez,6,3B,Jo\n"
LANGUAGES = {"spanish": "es", "español": "es", "english": "en", "en": "en", "es": "es"}


def batch_in(capture: pytest.CaptureFixture[bytes]) -> Batch:
    """Return what runs `agreement batch roster.csv` in the folder at hand; its `roster` is the text of the roster."""

    def run(*arguments: str, roster: str | None = GOOD) -> Answer:
        if roster is not None:
            Path("roster.csv").write_text(roster, encoding="utf-8")
            arguments = ("roster.csv", *arguments)
        return call(capture, "batch", *arguments)

    return run


def opened(folder: Path, text: str | bytes, **how: object) -> Roster:
    """Write a roster into a folder and open it."""
    path = folder / "roster.csv"
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return open_roster(path, **how)  # type: ignore[arg-type]


def read(roster: Roster, base: Household | None = None) -> list[Entry]:
    """Return the entries of a roster."""
    return list(entries(roster, base or Household(), Choices(), LANGUAGES))


def codes(entry: Entry) -> list[str]:
    """Return the problems of an entry as CODE@row:column."""
    return [f"{problem.code}@{problem.where.line}:{problem.where.column}" for problem in entry.problems]


def told(entry: Entry) -> str:
    """Return what a sheet would say, or the code of what is wrong with the row."""
    if entry.problems:
        return entry.problems[0].code
    home = entry.household
    children = " + ".join(f"{child.name} {child.age_years or '?'}" for child in home.children)
    return f"{children} | {home.family} | {', '.join(adult.name for adult in home.adults)} | {entry.classroom}"


def refused(path: Path) -> str:
    """Return the code with which a roster is refused."""
    with pytest.raises(InputError) as error:
        list(open_roster(path).rows())
    return error.value.problems[0].code
