"""An agreement as parts to read one after the other: headings, paragraphs, lists, tables, places to write.

What both twins share: the order, and the words beside each place to write. Knows neither HTML nor plain text.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agreement.compose.agreement import (
    Agreement,
    CardBack,
    Course,
    HelpCard,
    Hole,
    Lines,
    Person,
    Section,
    Sentence,
    Term,
    Words,
)
from agreement.compose.handout import Grid, Prose

NAME_LINES, NAME_LINES_ON_ONE_SIDE = 3, 2
SIDES = ("children", "adults")


class Check(NamedTuple):
    """A box to tick: the name beside it, and what a screen reader says."""

    name: str
    label: str


class Entry(NamedTuple):
    """A line of a list. `label` are the words before it, `link` an address to which its words lead.

    `tick` is what a screen reader says of a box before it, "" without one; `why` the reason under it. With `below`, the
    sentence stands under its label and not behind it.
    """

    sentence: Sentence
    label: Sentence = ()
    checks: tuple[Check, ...] = ()
    link: str = ""
    tick: str = ""
    why: str = ""
    below: bool = False


class Group(NamedTuple):
    """A list, with a caption or without ("")."""

    caption: str
    entries: tuple[Entry, ...]
    numbered: bool = False


Block = Prose | Group | Grid


class Part(NamedTuple):
    """What stands under one heading; without one ("") it goes on from the part before. `kind` is pledge, card or ""."""

    heading: str
    blocks: tuple[Block, ...] = ()
    kind: str = ""


def parts_of(agreement: Agreement, course: Course) -> list[Part]:
    """Return everything that a sheet of this course says, in its order; the first part is the title's.

    A topic that paper divides around the pledge stays whole.
    """
    head, *parts = _parts(agreement, course)
    places = {heading: at for at, heading in enumerate(course.headings)}
    keys, last = [], -1
    for part in parts:
        last = places.get(part.heading, last)
        keys.append(last)
    return [head, *(part for _, part in sorted(zip(keys, parts, strict=True), key=lambda pair: pair[0]))]


def _parts(agreement: Agreement, course: Course) -> Iterator[Part]:
    """Yield the parts in the order that large print has: the pledge after the first topic."""
    yield _head(agreement, course)
    topics = (
        [Part("", _joined(agreement))] if course.one_side else [_topic(each, agreement) for each in agreement.sections]
    )
    pledge, *rest = agreement.pledge
    yield from topics[:1]
    said = (" ".join(rest), *([" ".join(agreement.pledge_why)] if agreement.pledge_why else []))
    yield Part(pledge, tuple(Prose((Words(text),)) for text in said), "pledge")
    yield from topics[1:]
    if not course.one_side:
        yield back_of(agreement.card_back)
    yield from _family_parts(agreement, course)
    yield card_of(agreement.card)


def text_of(sentence: Sentence) -> str:
    """Return the words of a sentence, with an ellipsis for each blank that is not filled."""
    return "".join(part.text if isinstance(part, Words) else part.value or "…" for part in sentence)


def card_of(card: HelpCard) -> Part:
    """Return the help card, its addresses as links."""
    entries = tuple(
        Entry(
            (Words(contact.contact, strong=True) if contact.contact else Hole("help", "text", contact.label),),
            (Words(contact.label),),
            link=f"https://{contact.address}" if contact.address else "",
            below=True,
        )
        for contact in card.contacts
    )
    return Part(card.heading, (Prose((Words(card.line),)), Group("", entries)), "card")


def back_of(back: CardBack) -> Part:
    """Return the back of the help card."""
    signs = tuple(Entry((Words(sign),)) for sign in back.signs)
    return Part(back.heading, (Prose((Words(back.lead),)), Group("", signs)))


def _head(agreement: Agreement, course: Course) -> Part:
    say = agreement.say
    above = (Prose(agreement.family), Prose(agreement.review))
    how_to = Prose((Words(agreement.how_to),))
    if course.one_side:
        return Part(agreement.title, (*above, how_to))
    sides = zip(SIDES, (agreement.children, agreement.adults), ("child_name_label", "adult_name_label"), strict=True)
    faces = tuple(Group(say(side), tuple(_names(people, key, agreement))) for side, people, key in sides)
    return Part(agreement.title, (*above, *faces, how_to))


def _family_parts(agreement: Agreement, course: Course) -> Iterator[Part]:
    """Yield what all promise, and what a family writes and signs; one side leaves out what nobody filled."""
    everyone = tuple(_promise(term, SIDES, agreement) for term in agreement.together.adults)
    if everyone:
        yield Part(agreement.together.heading, (Group("", everyone),))
    if not course.one_side or any(map(any, agreement.apps.rows)) or any(agreement.own.rows):
        yield Part(agreement.apps.heading, (Grid(agreement.apps.headers, agreement.apps.rows),))
        yield _lines(agreement.own, "own", agreement)
    steps = tuple(Entry(term.sentence, why=term.why) for term in (*agreement.steps.children, *agreement.steps.adults))
    yield Part(agreement.steps.heading, (Group("", steps, numbered=True),))
    yield _lines(agreement.trusted, "trusted", agreement)
    yield Part(agreement.broken.heading, tuple(_reasoned(agreement.broken.adults)))
    again = (*(Prose(term.sentence) for term in agreement.signing.adults), *_why(agreement.signing.adults))
    lines = NAME_LINES if agreement.sides > 1 else NAME_LINES_ON_ONE_SIDE
    signed = tuple(
        Group(agreement.say(side), tuple(_signatures(place, lines, agreement))) for place, side in enumerate(SIDES)
    )
    yield Part(agreement.signing.heading, (*again, *signed))


def _names(people: Sequence[Person], key: str, agreement: Agreement) -> Iterator[Entry]:
    for person in people:
        yield Entry((Words(person.name, strong=True, whose="a name"),))
    for number in range(1, 1 + (0 if people else NAME_LINES)):
        yield Entry((Hole(f"{key}-{number}", "text", agreement.say(key, number=number)),))


def _topic(section: Section, agreement: Agreement) -> Part:
    return Part(section.heading, _promises((section.children, section.adults), agreement))


def _joined(agreement: Agreement) -> tuple[Group, ...]:
    """Return the promises of all sections as one list a side."""
    children = tuple(term for section in agreement.sections for term in section.children)
    adults = tuple(term for section in agreement.sections for term in section.adults)
    return _promises((children, adults), agreement)


def _promises(sides: tuple[Sequence[Term], Sequence[Term]], agreement: Agreement) -> tuple[Group, ...]:
    return tuple(
        Group(agreement.say(side), tuple(_promise(term, (side,), agreement) for term in terms))
        for side, terms in zip(SIDES, sides, strict=True)
        if terms
    )


def _promise(term: Term, sides: Sequence[str], agreement: Agreement) -> Entry:
    """Return a promise with a box for each who makes it, or one for a side on which nobody is named."""
    say, checks = agreement.say, []
    promise = text_of(term.sentence)
    for side in sides:
        known = agreement.children if side == "children" else agreement.adults
        for person in term.children if side == "children" else term.adults:
            checks.append(Check(person.name, say("initials_of", name=person.name, promise=promise)))
        if not known:
            checks.append(Check(say(side), say(f"initials_{side}", promise=promise)))
    return Entry(term.sentence, term.mark, tuple(checks), why=term.why)


def _reasoned(terms: Sequence[Term]) -> Iterator[Prose]:
    """Yield terms as paragraphs, each with its reason after it where reasons were asked for."""
    for term in terms:
        yield from (Prose(term.sentence), *_why([term]))


def _why(terms: Sequence[Term]) -> tuple[Prose, ...]:
    """Return the reasons of terms that are said as one, as one paragraph."""
    whys = " ".join(term.why for term in terms if term.why)
    return (Prose((Words(whys),)),) if whys else ()


def _lines(lines: Lines, key: str, agreement: Agreement) -> Part:
    """Return written lines, and places to write in the empty ones; bold words before a line are its label."""
    entries = []
    for number, row in enumerate(lines.rows, start=1):
        mark = tuple(part for part in row if isinstance(part, Words) and part.strong)
        label = agreement.say(f"{key}_label", number=number)
        entries.append(Entry(row[len(mark) :] if row else (Hole(f"{key}-{number}", "text", label),), mark))
    hint = (Prose((Words(lines.hint),)),) if lines.hint else ()
    return Part(lines.heading, (*hint, Group("", tuple(entries))))


def _signatures(side: int, lines: int, agreement: Agreement) -> Iterator[Entry]:
    say = agreement.say
    people = (agreement.children, agreement.adults)[side]
    numbered = [say(("child_number", "adult_number")[side], number=number + 1) for number in range(lines)]
    for who in [person.name for person in people] or numbered:
        signature = Hole("signature", "text", say("signature_of", name=who))
        date = Hole("date", "date", say("signature_date_of", name=who))
        yield Entry((signature, Words(f" {say('date')} "), date), (Words(who, strong=True, whose="a name"), Words(" ")))
