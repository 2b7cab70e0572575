"""Running text of the extra pages: headings, paragraphs, lists and tables as pieces that flow down a column.

Each part sets itself at one style and measure, gives pieces, and when these have been drawn, its elements. It knows
nothing of pages: flow of pieces is columns.py's part.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from agreement.compose.agreement import Sentence
from agreement.compose.handout import Points
from agreement.typeset.boxes import Bookmark, Box, Element, FieldBox, FieldKind, Ink, Role, Shape
from agreement.typeset.lines import Line, Piece, Span, Type, set_lines
from agreement.typeset.pen import Kid, Pen, pieces_of
from agreement.typeset.spoken import shortened
from agreement.typeset.style import Style

PARAGRAPH_GAP, ENTRY_GAP = 6.0, 4.0
BULLET, BULLET_INDENT = 5.0, 13.0
TICK_GAP = 8.0


class Strip(NamedTuple):
    """Something of one height that no column break divides; `space` stands before it unless it is first.

    `keep` never parts it from the next one. `elastic` space may grow. `starts` is side, column or "".
    """

    height: float
    draw: Callable[[Pen, float, float], None]
    space: float = 0.0
    keep: bool = False
    elastic: bool = False
    starts: str = ""


class Running(Protocol):
    """A part of running text."""

    def strips(self) -> Sequence[Strip]: ...

    def elements(self) -> tuple[Element, ...]: ...


class Paper(NamedTuple):
    """What all pages of a document share: what nobody reads, and the names of fields."""

    artifacts: list[Box]
    names: set[str]

    def pen(self, style: Style, page: int) -> Pen:
        """Return a pen for one page."""
        return Pen(style, page, self.artifacts, self.names)


class Laid(NamedTuple):
    """What was drawn: elements in reading order, the outline, and the number of sides."""

    elements: list[Element]
    marks: list[Bookmark]
    sides: int


class Room(NamedTuple):
    """What a part is set in: a style, a measure, and the name of its extra page for the names of its fields.

    `expansions` are abbreviations and what they stand for.
    """

    style: Style
    measure: float
    name: str
    tick: str
    expansions: tuple[tuple[str, str], ...] = ()

    def spelled_out(self, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        """Return pieces in which each abbreviation is a span of its own, except in names and blanks."""
        if not self.expansions:
            return tuple(pieces)
        known = dict(self.expansions)
        found: list[Piece] = []
        for piece in pieces:
            if not isinstance(piece, Span) or piece.isolate or piece.gap_id:
                found.append(piece)
                continue
            for part in re.split(rf"\b({'|'.join(map(re.escape, known))})\b", piece.text):
                found += [piece._replace(text=part, expansion=known.get(part, ""))] if part else []
        return tuple(found)


class Paragraph:
    """Lines of one type under each other, in a role. `mark` draws what stands before the first line."""

    def __init__(
        self, lines: Sequence[Line], type_: Type, role: Role, *, indent: float = 0.0, prefix: str = ""
    ) -> None:
        self.lines, self.type, self.role, self.indent, self.prefix = lines, type_, role, indent, prefix
        self.space, self.keep, self.elastic, self.starts = PARAGRAPH_GAP, False, False, ""
        self.mark: Callable[[Pen, float, float], list[Kid]] | None = None
        self.height = 0.0
        self.label: list[Kid] = []
        self.kids: list[Kid] = []
        self.place = (0, 0.0)

    def strips(self) -> tuple[Strip, ...]:
        """Return a strip a line; two lines at least stay together at either end, and a heading stays with the next."""
        count, leading = len(self.lines), self.type.leading_pt
        strips = []
        for at in range(count):
            together = (at in (0, count - 2) and at < count - 1) or (self.keep and at == count - 1)
            height = max(leading, self.height if at == 0 else 0.0)
            first = at == 0
            strips.append(
                Strip(
                    height,
                    partial(self._draw, at),
                    self.space if first else 0.0,
                    together or self.keep,
                    self.elastic and first,
                    self.starts if first else "",
                )
            )
        return tuple(strips)

    def _draw(self, at: int, pen: Pen, x: float, top: float) -> None:
        if at == 0:
            self.place = (pen.page, top)
        if at == 0 and self.mark:
            self.label += self.mark(pen, x, top)
        top += max(0.0, (self.height - self.type.leading_pt) / 2) if at == 0 else 0.0
        self.kids += pen.line(self.lines[at], self.type, x + self.indent, top, self.prefix)

    def elements(self) -> tuple[Element, ...]:
        return (Element(self.role, tuple(self.kids)),)


class Listing:
    """A list: bullets, numbers in rings, or boxes to tick."""

    def __init__(self, points: Points, room: Room) -> None:
        self.kind, self.style = points.kind, room.style
        self.room = room
        style = room.style
        self.indent = {"points": BULLET_INDENT, "steps": style.step_ring + TICK_GAP, "ticks": self._box + TICK_GAP}[
            points.kind
        ]
        self.entries: list[Paragraph] = []
        self.texts: list[str] = []
        for at, sentence in enumerate(points.entries):
            lines = set_lines(room.spelled_out(pieces_of(sentence)), style.body, room.measure - self.indent)
            entry = Paragraph(lines, style.body, Role.BODY, indent=self.indent, prefix=room.name)
            entry.space = PARAGRAPH_GAP if at == 0 else ENTRY_GAP + (2 if points.kind != "points" else 0)
            entry.mark = partial(self._mark, at)
            self.texts.append("".join(line.text for line in lines).strip())
            entry.height = style.step_ring if points.kind == "steps" else 0.0
            self.entries.append(entry)
        self.shorts = shortened(self.texts) if points.kind == "ticks" else {}

    @property
    def _box(self) -> float:
        return round(self.style.size + 1)

    def strips(self) -> tuple[Strip, ...]:
        return tuple(strip for entry in self.entries for strip in entry.strips())

    def _mark(self, at: int, pen: Pen, x: float, top: float) -> list[Kid]:
        style = self.style
        if self.kind == "points":
            pen.ring(x + 1, top + style.leading / 2 - BULLET / 2, BULLET, 1.2, Ink.ACCENT)
            return []
        if self.kind == "steps":
            ring = style.step_ring
            pen.ring(x, top, ring, 1.2, Ink.ACCENT)
            digit = style.type(18 if style.large else 11, 14, bold=True)
            set_ = set_lines([Span(str(at + 1))], digit, ring)
            return pen.centred(set_, digit, x + ring / 2, top + ring / 2 - 7)
        size = self._box
        said = self.shorts[self.texts[at]]  # all of it follows
        return [tick(pen, (x, top + (style.leading - size) / 2), size, f"{self.room.name}.tick", said)]

    def elements(self) -> tuple[Element, ...]:
        kids = []
        for entry in self.entries:
            label = (Element(Role.LABEL, tuple(entry.label)),) if entry.label else ()
            kids.append(Element(Role.ENTRY, (*label, Element(Role.BODY, tuple(entry.kids)))))
        return (Element(Role.LIST, tuple(kids)),)


def tick(pen: Pen, at: tuple[float, float], size: float, name: str, label: str) -> Element:
    """Draw a box to tick and return its Form."""
    x, top = at
    y = pen.up(top + size)
    square = Shape(pen.page, (("R", x + 0.5, y + 0.5, size - 1, size - 1),), Ink.LINE, 1.0)
    return pen.field(FieldBox(pen.page, x, y, size, size, name, label.strip(), FieldKind.CHECK), square)


def paragraph(sentence: Sentence, room: Room) -> Paragraph:
    """Set a paragraph."""
    lines = set_lines(room.spelled_out(pieces_of(sentence)), room.style.body, room.measure, balanced=False)
    return Paragraph(lines, room.style.body, Role.PARAGRAPH, prefix=room.name)
