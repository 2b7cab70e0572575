"""The whole text of one extra page in print order, without coordinates."""

from typing import NamedTuple

from agreement.compose.agreement import CardBack, HelpCard, Sentence


class Prose(NamedTuple):
    """A paragraph."""

    sentence: Sentence


class Points(NamedTuple):
    """A list. `kind` is points, steps or ticks; numbers begin at 1."""

    kind: str
    entries: tuple[Sentence, ...]


class Grid(NamedTuple):
    """A table with a header over each column."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Service(NamedTuple):
    """A help line: what it is for and called, then its numbers and its address. `address` is a link, or "".

    Without contacts there is a line to write on.
    """

    label: str
    contacts: str
    address: str = ""


class Services(NamedTuple):
    """Help lines under each other."""

    entries: tuple[Service, ...]


class Lines(NamedTuple):
    """Lines to write on: what is written already, then `empty` more. `label` is what a screen reader calls one."""

    written: tuple[Sentence, ...]
    empty: int
    label: str


Piece = Prose | Points | Grid | Services | Lines


class Passage(NamedTuple):
    """What stands under one heading; `starts` is side, column or ""."""

    heading: str
    pieces: tuple[Piece, ...]
    starts: str = ""


class Handout(NamedTuple):
    """One extra page. `form` says how it is set: columns, side-heads, questions, cards or slips.

    `whose` is the family's name. `side_title` and `side_lead` stand over its second side, which is set as `side_form`
    says; `side` is the pattern of the side numbers, with {n} and {m}. `card` and `card_back` are what the cards say.
    `large` asks for large print, of which cards and slips have none: they would not hold. `expansions` are
    abbreviations and what they stand for.
    """

    name: str
    form: str
    language: str
    locale: str
    paper: str
    title: str
    lead: Sentence
    passages: tuple[Passage, ...]
    side: str
    whose: str = ""
    side_title: str = ""
    side_lead: Sentence = ()
    side_form: str = ""
    card: HelpCard | None = None
    card_back: CardBack | None = None
    young: bool = False
    large: bool = False
    words: tuple[tuple[str, str], ...] = ()
    expansions: tuple[tuple[str, str], ...] = ()

    def word(self, key: str) -> str:
        """Return one of the fixed words that the form needs."""
        return dict(self.words)[key]
