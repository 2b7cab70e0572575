"""The strip of circles to draw a face in: children left, adults right, both sides in the same form.

Up to two a side have their names beside their circles; three, or a side without names, under them; four and more, or
very long names, stand in rows over the full width.
"""

from functools import partial

from agreement.compose.agreement import Agreement, Person, Words
from agreement.compose.people import is_numbered
from agreement.typeset.block import Block, Strip
from agreement.typeset.boxes import Element, Ink
from agreement.typeset.lines import Line, Span, set_lines
from agreement.typeset.pen import LINE_UNDER, Kid, Pen, entry
from agreement.typeset.spoken import caption_of, captioned, picture
from agreement.typeset.style import Style

RING_WEIGHT = 1.6
SLOTS = 3
SLOT_GAP = 12.0
PER_ROW = 4
NAME_LINES = 3
"""A name of more lines gets a row of its own."""
NAME_GAP = 8.0
NEAREST = 34.1
"""No ink comes nearer to an edge of the paper: 12 mm."""
ROOM_TO_WRITE = 22.0
OVER = 12.0
SMALL_RING, SMALL_PITCH = 28.0, 32.0
BETWEEN_SIDES = 8.0
LABELS = ("child_name_label", "adult_name_label")


def faces(agreement: Agreement, style: Style) -> Block:
    """Return the strip in the form that suits the number of people and the length of their names."""
    sides = (agreement.children, agreement.adults)
    most = max(map(len, sides))
    block: Rows | Beside | Stacked
    if most > SLOTS:
        block = Rows(agreement, style, PER_ROW)
    elif all(sides) and most < SLOTS:
        block = Beside(agreement, style)
    else:
        block = Stacked(agreement, style)
    longest = max((len(name) for side in block.names for name in side), default=0)
    return block if longest <= NAME_LINES else Rows(agreement, style, 1)


def spans_of(person: Person) -> list[Span]:
    """Return a name in bold, behind the number that stands over its circles where letters do not tell names apart."""
    span = Span(person.name, bold=True, isolate=True, whose="the name")
    return [Span(f"{person.letters} "), span] if is_numbered(person) else [span]


class _Faces:
    """What the forms share: the names, set in the room that a form has for them, and the lists that they become."""

    def __init__(self, agreement: Agreement, style: Style) -> None:
        self.agreement, self.style = agreement, style
        self.sides = (agreement.children, agreement.adults)
        self.names = [
            [self._name(person, self._room(side)) for person in people] for side, people in enumerate(self.sides)
        ]
        self._entries: tuple[list[Element], list[Element]] = ([], [])
        self._captions: list[Element | None] = [None, None]

    def _room(self, side: int) -> float:
        raise NotImplementedError

    def _name(self, person: Person, room: float) -> tuple[Line, ...]:
        return set_lines(spans_of(person), self.style.name, room)

    def _left(self, side: int) -> float:
        return self.style.middle if side else self.style.left

    def _enter(self, side: int, at: int, kids: list[Kid]) -> None:
        """Take what was drawn for the person at a place; a number before the name is the entry's label."""
        person = self.sides[side][at]
        mark = (Words(f"{person.letters} "),) if is_numbered(person) else ()
        self._entries[side].append(entry(kids, mark))

    def _ring(self, pen: Pen, side: int, x: float, top: float, size: float) -> None:
        """Draw a circle for a face. The first of a side stands for all and says whose they are, if no words do."""
        ring = pen.circle(x, top, size, RING_WEIGHT, Ink.ACCENT)
        if self._captions[side]:
            pen.artifacts.append(ring)
        else:
            say = self.agreement.say
            whose = say("faces_alt", side=say(("children", "adults")[side]))
            self._captions[side] = caption_of([picture([ring], whose)])

    def _line(self, pen: Pen, side: int, at: int, line: tuple[float, float, float]) -> None:
        """Draw a line for a name: x, baseline, width."""
        label = self.agreement.say(LABELS[side], number=at + 1)
        name = (f"{('child', 'adult')[side]}.{at + 1}.name", label)
        self._entries[side].append(entry([pen.write_on(*line, name, self.style.size)]))

    def elements(self) -> tuple[Element, ...]:
        sides = zip(self._captions, self._entries, strict=True)
        return tuple(captioned(caption, entries) for caption, entries in sides if entries)


class Beside(_Faces):
    """Names beside their circles, two a column."""

    @property
    def _pitch(self) -> float:
        return (self.style.column + 4) / 2

    def _room(self, side: int) -> float:
        return (self.style.column if len(self.sides[side]) == 1 else self._pitch) - self.style.ring - NAME_GAP - 3

    @property
    def height(self) -> float:
        lines = max(len(name) for side in self.names for name in side)
        return max(self.style.ring, lines * self.style.name.leading_pt)

    def strips(self) -> tuple[Strip, ...]:
        return (Strip(self.height, self._draw, OVER),)

    def _draw(self, pen: Pen, top: float) -> None:
        style = self.style
        for side, names in enumerate(self.names):
            for at, name in enumerate(names):
                x = self._left(side) + at * self._pitch
                self._ring(pen, side, x, top + (self.height - style.ring) / 2, style.ring)
                text_top = top + (self.height - len(name) * style.name.leading_pt) / 2
                self._enter(side, at, pen.lines(name, style.name, x + style.ring + NAME_GAP, text_top))


class Stacked(_Faces):
    """Names, or lines for them, under three circles a column."""

    @property
    def _slot(self) -> float:
        return (self.style.column - (SLOTS - 1) * SLOT_GAP) / SLOTS

    def _room(self, side: int) -> float:
        return self._slot + min(NAME_GAP, 2 * (self.style.margin - NEAREST))

    @property
    def _caption(self) -> float:
        """The height of the line "Children", "Adults", which stands over a strip with an empty side."""
        return 0.0 if all(self.sides) else self.style.leading + 2

    def strips(self) -> tuple[Strip, ...]:
        lines = max((len(name) for side in self.names for name in side), default=0)
        below = max(0.0 if all(self.sides) else ROOM_TO_WRITE, 4 + lines * self.style.name.leading_pt)
        return (Strip(self._caption + self.style.ring + below, self._draw, OVER),)

    def _draw(self, pen: Pen, top: float) -> None:
        style = self.style
        y = top + self._caption
        for side, key in enumerate(("children", "adults")):
            if self._caption:
                caption = set_lines([Span(self.agreement.say(key))], style.body, style.column)
                self._captions[side] = caption_of(pen.lines(caption, style.body, self._left(side), top))
            for at in range(len(self.sides[side]) or SLOTS):
                x = self._left(side) + at * (self._slot + SLOT_GAP)
                self._ring(pen, side, x + (self._slot - style.ring) / 2, y, style.ring)
                if self.sides[side]:
                    name = self.names[side][at]
                    self._enter(side, at, pen.centred(name, style.name, x + self._slot / 2, y + style.ring + 4))
                else:
                    self._line(pen, side, at, (x, y + style.ring + ROOM_TO_WRITE - LINE_UNDER, self._slot))


class Rows(_Faces):
    """Small circles with names beside them in rows over the full width, children first."""

    def __init__(self, agreement: Agreement, style: Style, per_row: int) -> None:
        self.per_row = per_row
        super().__init__(agreement, style)

    @property
    def _slot(self) -> float:
        return self.style.measure / self.per_row

    def _room(self, side: int) -> float:
        return self._slot - SMALL_RING - NAME_GAP - 6

    def strips(self) -> tuple[Strip, ...]:
        strips: list[Strip] = []
        for side, people in enumerate(self.sides):
            count = len(people) or PER_ROW
            for start in range(0, count, self.per_row):
                places = range(start, min(start + self.per_row, count))
                first = BETWEEN_SIDES if side else OVER
                strips.append(
                    Strip(self._height(side, places), partial(self._draw, side, places), 0.0 if start else first)
                )
        return tuple(strips)

    def _height(self, side: int, places: range) -> float:
        lines = max((len(self.names[side][at]) for at in places if self.names[side]), default=0)
        return max(SMALL_PITCH, lines * self.style.name.leading_pt + 4)

    def _draw(self, side: int, places: range, pen: Pen, top: float) -> None:
        style = self.style
        for at in places:
            x = style.left + (at - places.start) * self._slot
            self._ring(pen, side, x, top + 2, SMALL_RING)
            text_left = x + SMALL_RING + NAME_GAP
            if self.names[side]:
                name = self.names[side][at]
                text_top = top + 2 + max(0.0, (SMALL_RING - len(name) * style.name.leading_pt) / 2)
                self._enter(side, at, pen.lines(name, style.name, text_left, text_top))
            else:
                self._line(pen, side, at, (text_left, top + SMALL_RING - LINE_UNDER - 2, self._slot - SMALL_RING - 20))
