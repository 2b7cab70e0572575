"""An extra page as parts to read one after the other, in the order in which its paper says them.

Knows no words of its own, neither HTML nor plain text, and nothing of where things stand on paper.
"""

from collections.abc import Iterator

from agreement.compose.agreement import Hole, Words
from agreement.compose.handout import Grid, Handout, Lines, Passage, Piece, Points, Prose, Services
from agreement.twin.parts import Block, Entry, Group, Part, back_of, card_of, text_of


def parts_of_page(handout: Handout) -> Iterator[Part]:
    """Yield everything that an extra page says; the first part is the title's."""
    if handout.form == "cards":
        yield from _cards(handout)
        return
    yield Part(handout.title, (Prose(handout.lead),) if handout.lead else ())
    sides = 1
    for at, passage in enumerate(handout.passages):
        if passage.starts == "side" and at:
            sides += 1
            if sides == 2 and handout.side_title:
                yield Part(handout.side_title, (Prose(handout.side_lead),) if handout.side_lead else ())
        yield _part(passage, handout)


def _cards(handout: Handout) -> Iterator[Part]:
    assert handout.card is not None, "a handout of cards has a card"
    assert handout.card_back is not None, "a handout of cards has a card's back"
    yield Part(f"{handout.title} {handout.word('cut')}")
    yield card_of(handout.card)
    yield back_of(handout.card_back)


def _part(passage: Passage, handout: Handout) -> Part:
    """Return a passage; on a slip the lines to write on come after everything that is asked."""
    pieces = passage.pieces
    if handout.form == "slips":
        pieces = tuple(sorted(pieces, key=lambda piece: isinstance(piece, Lines)))
    return Part(passage.heading, tuple(map(_block, pieces)))


def _block(piece: Piece) -> Block:
    if isinstance(piece, Prose | Grid):
        return piece
    if isinstance(piece, Points):
        ticked = piece.kind == "ticks"
        entries = (Entry(entry, tick=text_of(entry).strip() if ticked else "") for entry in piece.entries)
        return Group("", tuple(entries), numbered=piece.kind == "steps")
    if isinstance(piece, Services):
        return Group("", tuple(_services(piece)))
    return Group("", tuple(_lines(piece)))


def _services(services: Services) -> Iterator[Entry]:
    for service in services.entries:
        reached = Words(service.contacts, strong=True) if service.contacts else Hole("help", "text", service.label)
        link = f"https://{service.address}" if service.address else ""
        yield Entry((reached,), (Words(service.label),), link=link, below=True)


def _lines(lines: Lines) -> Iterator[Entry]:
    yield from map(Entry, lines.written)
    for number in range(len(lines.written) + 1, len(lines.written) + lines.empty + 1):
        yield Entry((Hole(f"line-{number}", "text", f"{lines.label} {number}"),))
