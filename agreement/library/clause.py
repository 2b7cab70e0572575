"""The things of the library, as the rest of the program sees them. Nothing here reads a file."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from agreement.errors import Where

Tongues = Mapping[str, str]
"""One text a language."""


class Band(NamedTuple):
    """An age band; `grade` is the highest reading grade of its wordings, `pack` its usual pack."""

    id: str
    first_age: int
    last_age: int
    grade: int
    label: Tongues
    pack: str = ""


class Section(NamedTuple):
    """A part of the sheet. `form` says how it is set: pairs, pledge, together, steps, broken or review.

    `heading` is a text a language and band.
    """

    id: str
    form: str
    icon: str
    heading: Mapping[str, Tongues]


class Topic(NamedTuple):
    """What clauses are about, and the section in which they stand."""

    id: str
    section: str
    label: Tongues
    description: Tongues


class Blank(NamedTuple):
    """A hole in a clause that a family fills. `kind` is time, date, text, place, list or person."""

    id: str
    kind: str
    label: Tongues
    example: str = ""


class Clause(NamedTuple):
    """One promise as written. `text` is a wording a language and band, with {blanks}; `place` is a section's id,
    `order` where it stands among its neighbours there."""

    id: str
    topic: str
    who: str
    core: bool
    place: str
    order: int
    title: Tongues
    text: Mapping[str, Tongues]
    blanks: Mapping[str, Blank]
    why: Tongues
    talk: Tongues
    sources: tuple[Mapping[str, str], ...]
    conflicts: tuple[str, ...]
    replaces: tuple[str, ...]
    status: str
    reviewed: Tongues
    where: Where

    def wording(self, language: str, band: str) -> str:
        """Return the words for a band, or "" when the clause is not said to that age or in that language."""
        return self.text.get(language, {}).get(band, "")


class Pack(NamedTuple):
    """A named choice of clauses to start from; `ages` are its bands, `sides` how many a sheet has."""

    id: str
    label: Tongues
    description: Tongues
    ages: tuple[str, ...]
    clauses: tuple[str, ...]
    sides: int = 2


class HelpLine(NamedTuple):
    """One service. `purpose` is emergency, report, talk, crisis, remove or missing; `checked` is like "2026-11".

    `name` and `text` (the number to send a text to, with the word to send) are the same in every language, or one each.
    """

    id: str
    purpose: str
    audience: str
    name: str | Tongues
    checked: str
    number: str = ""
    text: str | Tongues = ""
    address: str = ""
    source: str = ""

    def called(self, language: str) -> str:
        """Return its name in a language, else its English one."""
        return _told(self.name, language)

    def texted(self, language: str) -> str:
        """Return where to send a text, as a language says it."""
        return _told(self.text, language)


def _told(words: str | Tongues, language: str) -> str:
    return words if isinstance(words, str) else words.get(language) or words["en"]


class Country(NamedTuple):
    """A country's paper, ISO territory and help lines; `card` are those on the card, `qr` the one in the code."""

    id: str
    name: Tongues
    territory: str
    paper: str
    help_lines: tuple[HelpLine, ...]
    card: tuple[str, ...]
    qr: str = ""
    names: Mapping[str, HelpLine] = MappingProxyType({})
