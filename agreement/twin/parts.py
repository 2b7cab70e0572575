"""An agreement as parts to read one after the other: headings, paragraphs, lists, tables, places to write.

What both twins share: the order, and the words beside each place to write. Knows neither HTML nor plain text.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agreement.compose.agreement import Agreement, Hole, Lines, Person, Section, Sentence, Table, Term, Words

NAME_LINES = 3
SIDES = ("children", "adults")


class Check(NamedTuple):
    """A box to tick: the name beside it, and what a screen reader says."""

    name: str
    label: str


class Entry(NamedTuple):
    """A line of a list. `label` are the words before it, `link` an address to which its words lead."""

    sentence: Sentence
    label: Sentence = ()
    checks: tuple[Check, ...] = ()
    link: str = ""


class Group(NamedTuple):
    """A list, with a caption or without ("")."""

    caption: str
    entries: tuple[Entry, ...]
    numbered: bool = False


class Part(NamedTuple):
    """What stands under one heading. `kind` is pledge, card or ""."""

    heading: str
    paragraphs: tuple[Sentence, ...] = ()
    groups: tuple[Group, ...] = ()
    table: Table | None = None
    kind: str = ""


def head_of(agreement: Agreement) -> Part:
    """Return the title with what stands under it."""
    say = agreement.say
    sides = zip(SIDES, (agreement.children, agreement.adults), ("child_name_label", "adult_name_label"), strict=True)
    groups = tuple(Group(say(side), tuple(_names(people, key, agreement))) for side, people, key in sides)
    return Part(agreement.title, (agreement.family, agreement.review, (Words(agreement.how_to),)), groups)


def parts_of(agreement: Agreement) -> Iterator[Part]:
    """Yield everything under the title: the pledge first, since it comes before every rule."""
    say = agreement.say
    pledge, *rest = agreement.pledge
    yield Part(pledge, ((Words(" ".join(rest)),),), kind="pledge")
    for section in agreement.sections:
        yield Part(section.heading, groups=_promises(section, agreement))
    back = agreement.card_back
    yield Part(back.heading, ((Words(back.lead),),), (Group("", tuple(Entry((Words(sign),)) for sign in back.signs)),))
    everyone = tuple(_promise(term, SIDES, agreement) for term in agreement.together.adults)
    if everyone:
        yield Part(agreement.together.heading, groups=(Group("", everyone),))
    yield Part(agreement.apps.heading, table=agreement.apps)
    yield _lines(agreement.own, "own", agreement)
    steps = tuple(Entry(term.sentence) for term in (*agreement.steps.children, *agreement.steps.adults))
    yield Part(agreement.steps.heading, groups=(Group("", steps, numbered=True),))
    yield _lines(agreement.trusted, "trusted", agreement)
    yield Part(agreement.broken.heading, tuple(term.sentence for term in agreement.broken.adults))
    signatures = tuple(Group(say(side), tuple(_signatures(place, agreement))) for place, side in enumerate(SIDES))
    yield Part(agreement.signing.heading, tuple(term.sentence for term in agreement.signing.adults), signatures)
    card = agreement.card
    help_lines = tuple(
        Entry(
            (Words(contact.contact, strong=True) if contact.contact else Hole("help", "text", contact.label),),
            (Words(f"{contact.label}:"), Words(" ")),
            link=f"https://{contact.address}" if contact.address else "",
        )
        for contact in card.contacts
    )
    yield Part(card.heading, ((Words(card.line),),), (Group("", help_lines),), kind="card")


def text_of(sentence: Sentence) -> str:
    """Return the words of a sentence, with an ellipsis for each blank that is not filled."""
    return "".join(part.text if isinstance(part, Words) else part.value or "…" for part in sentence)


def _names(people: Sequence[Person], key: str, agreement: Agreement) -> Iterator[Entry]:
    for person in people:
        yield Entry((Words(person.name, strong=True, whose="a name"),))
    for number in range(1, 1 + (0 if people else NAME_LINES)):
        yield Entry((Hole(f"{key}-{number}", "text", agreement.say(key, number=number)),))


def _promises(section: Section, agreement: Agreement) -> tuple[Group, ...]:
    sides = zip(SIDES, (section.children, section.adults), strict=True)
    return tuple(
        Group(agreement.say(side), tuple(_promise(term, (side,), agreement) for term in terms))
        for side, terms in sides
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
    return Entry(term.sentence, term.mark, tuple(checks))


def _lines(lines: Lines, key: str, agreement: Agreement) -> Part:
    """Return written lines, and places to write in the empty ones; bold words before a line are its label."""
    entries = []
    for number, row in enumerate(lines.rows, start=1):
        mark = tuple(part for part in row if isinstance(part, Words) and part.strong)
        label = agreement.say(f"{key}_label", number=number)
        entries.append(Entry(row[len(mark) :] if row else (Hole(f"{key}-{number}", "text", label),), mark))
    return Part(lines.heading, ((Words(lines.hint),),) if lines.hint else (), (Group("", tuple(entries)),))


def _signatures(side: int, agreement: Agreement) -> Iterator[Entry]:
    say = agreement.say
    people = (agreement.children, agreement.adults)[side]
    numbered = [say(("child_number", "adult_number")[side], number=number + 1) for number in range(NAME_LINES)]
    for who in [person.name for person in people] or numbered:
        signature = Hole("signature", "text", say("signature_of", name=who))
        date = Hole("date", "date", say("signature_date_of", name=who))
        yield Entry((signature, Words(f" {say('date')} "), date), (Words(who, strong=True, whose="a name"), Words(" ")))
