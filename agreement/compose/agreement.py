"""The whole text of one agreement in print order, without coordinates."""

import datetime
from typing import NamedTuple

from agreement.library.phrases import Phrases


class Words(NamedTuple):
    """Fixed or written words inside a sentence.

    `whose` names them in a message when no font can print them. `alone`: a name, which keeps its direction and its face
    to itself, whatever stands around it.
    """

    text: str
    strong: bool = False
    lang: str = ""
    whose: str = ""
    alone: bool = False


class Hole(NamedTuple):
    """A blank inside a sentence: filled when `value` is not empty, else a line to write on."""

    id: str
    kind: str
    label: str
    value: str = ""


Sentence = tuple[Words | Hole, ...]


class Person(NamedTuple):
    """Somebody who promises. `letters` stand over the circles. `number` counts from 1 on each side of the sheet."""

    name: str
    letters: str
    number: int


class Term(NamedTuple):
    """A clause after filling. `promisers` are the people of its side who promise it; empty: nobody is counted.

    `mark` are the bold words before it ("Maya: ") when it is not for every child on the sheet. `why` is its reason
    where reasons were asked for, else "".
    """

    clause: str
    sentence: Sentence
    children: tuple[Person, ...] = ()
    adults: tuple[Person, ...] = ()
    mark: Sentence = ()
    why: str = ""


class Section(NamedTuple):
    """Promises under one heading: children's terms on the left, adults' on the right; `icon` may be ""."""

    id: str
    heading: str
    icon: str
    children: tuple[Term, ...] = ()
    adults: tuple[Term, ...] = ()


class Table(NamedTuple):
    """Apps and who follows whom. Rows that nobody filled are rows of empty cells."""

    heading: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Contact(NamedTuple):
    """A cell of the help card: what it is for, and the number or address in bold. `address` is a link, or ""."""

    label: str
    contact: str
    address: str = ""


class HelpCard(NamedTuple):
    """The card to cut off. `qr` is the address in the code, or ""."""

    heading: str
    line: str
    contacts: tuple[Contact, ...]
    qr: str = ""


class CardBack(NamedTuple):
    """The back of the card: signs by which a child can tell that it is time to tell."""

    heading: str
    lead: str
    signs: tuple[str, ...]


class Lines(NamedTuple):
    """A heading, a hint under it, and lines: written ones first, empty ones to fill in after them."""

    heading: str
    hint: str
    rows: tuple[Sentence, ...]


class Agreement(NamedTuple):
    """Everything that one sheet says.

    `young` asks for the type and circles of ages 5 to 7, `large` for large print, `contrast` for black and
    white, `sides` of 1 for one side of one page where that holds. `family` is () when the name is a line to write on.
    `broken` ends in the line on which the family writes how to make it right. `pledge_why` are the pledge's reasons,
    where reasons were asked for.
    """

    language: str
    locale: str
    paper: str
    young: bool
    say: Phrases
    title: str
    family: Sentence
    family_name: str
    review: Sentence
    children: tuple[Person, ...]
    adults: tuple[Person, ...]
    how_to: str
    sections: tuple[Section, ...]
    pledge: tuple[str, ...]
    card_back: CardBack
    together: Section
    apps: Table
    own: Lines
    steps: Section
    trusted: Lines
    broken: Section
    signing: Section
    card: HelpCard
    date: datetime.date | None
    date_text: str
    large: bool = False
    contrast: bool = False
    sides: int = 2
    pledge_why: tuple[str, ...] = ()


class Course(NamedTuple):
    """What paper decides of the reading order: which heading is read after which, and whether all is on one side.

    On one side the promises stand together, without their headings, and neither faces nor the back of the card.
    """

    headings: tuple[str, ...] = ()
    one_side: bool = False


def titled(title: str, family_name: str) -> str:
    """Return a title and whose it is; a title alone where the family's name is a line to write on."""
    return f"{title} · {family_name}" if family_name else title
