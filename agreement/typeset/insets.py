"""What stands between paragraphs of running text: help lines, lines to write on, and tables."""

from collections.abc import Sequence
from functools import partial

from agreement.compose.handout import Grid, Lines, Points, Prose, Service, Services
from agreement.compose.handout import Piece as Part
from agreement.typeset.boxes import Element, Role
from agreement.typeset.lines import Line, Span, Type, set_lines
from agreement.typeset.pen import LINE_UNDER, Kid, Pen, pieces_of
from agreement.typeset.running import ENTRY_GAP, PARAGRAPH_GAP, Listing, Room, Running, Strip, paragraph

CELL_GAP = 14.0
MIN_SERVICE_LINE = 150.0
SIDE_BY_SIDE = 300.0
"""From this measure on, help lines stand two a row."""


class HelpLines:
    """Help lines: what each is for and called, under it in bold how to reach it."""

    def __init__(self, services: Services, room: Room) -> None:
        self.services, self.room = services, room
        style = room.style
        self.across = 2 if room.measure >= SIDE_BY_SIDE else 1
        self.width = (room.measure - CELL_GAP * (self.across - 1)) / self.across
        self.set = [
            (
                set_lines(room.spelled_out([Span(service.label)]), style.body, self.width),
                set_lines([Span(service.contacts, bold=True)], style.body, self.width) if service.contacts else (),
            )
            for service in services.entries
        ]
        self.kids: list[Element] = []

    def strips(self) -> tuple[Strip, ...]:
        return tuple(
            Strip(self._height(at), partial(self._draw_row, at), PARAGRAPH_GAP if at == 0 else ENTRY_GAP + 1)
            for at in range(0, len(self.set), self.across)
        )

    def _height(self, at: int) -> float:
        leading = self.room.style.leading
        return max(
            (len(label) + len(contacts)) * leading if contacts else self.room.style.write_pitch + leading
            for label, contacts in self.set[at : at + self.across]
        )

    def _draw_row(self, at: int, pen: Pen, x: float, top: float) -> None:
        for place in range(at, min(at + self.across, len(self.set))):
            self._draw(place, pen, x + (place - at) * (self.width + CELL_GAP), top)

    def _draw(self, at: int, pen: Pen, x: float, top: float) -> None:
        style = self.room.style
        label, contacts = self.set[at]
        service = self.services.entries[at]
        said = pen.lines(label, style.body, x, top)
        below = top + len(label) * style.leading
        if contacts:
            words = pen.lines(contacts, style.body, x, below)
            if service.address:
                words = [self._link(pen, words, contacts, service, (x, below))]
        else:
            width = min(self.width, MIN_SERVICE_LINE)
            name = (f"{self.room.name}.{service.label}", service.label)
            words = [pen.write_on(x, below + style.write_pitch - LINE_UNDER, width, name, style.size)]
        entry = (Element(Role.LABEL, tuple(said)), Element(Role.BODY, tuple(words)))
        self.kids.append(Element(Role.ENTRY, entry))

    def _link(
        self, pen: Pen, words: list[Kid], lines: Sequence[Line], service: Service, at: tuple[float, float]
    ) -> Element:
        x, top = at
        width = max(line.width_pt for line in lines)
        place = (x, top, width, len(lines) * self.room.style.leading)
        return pen.link(words, place, f"https://{service.address}", f"{service.label}: {service.address}")

    def elements(self) -> tuple[Element, ...]:
        return (Element(Role.LIST, tuple(self.kids)),)


class Rows:
    """Lines to write on, those that somebody filled first."""

    def __init__(self, lines: Lines, room: Room) -> None:
        self.lines, self.room = lines, room
        style = room.style
        self.written = [set_lines(pieces_of(sentence), style.body, room.measure)[0] for sentence in lines.written]
        self.kids: list[Element] = []

    def strips(self) -> tuple[Strip, ...]:
        count = len(self.written) + self.lines.empty
        return tuple(Strip(self.room.style.write_pitch, partial(self._draw, at)) for at in range(count))

    def _draw(self, at: int, pen: Pen, x: float, top: float) -> None:
        style = self.room.style
        bottom = top + style.write_pitch
        if at < len(self.written):
            pen.rule(x, bottom, self.room.measure)
            kids = pen.line(self.written[at], style.body, x, bottom - 5 - pen.baseline(0, style.body))
        else:
            label = f"{self.lines.label} {at + 1}"
            name = (f"{self.room.name}.line", label)
            kids = [pen.write_on(x, bottom - LINE_UNDER, self.room.measure, name, style.size)]
        self.kids.append(Element(Role.ENTRY, (Element(Role.BODY, tuple(kids)),)))

    def elements(self) -> tuple[Element, ...]:
        return (Element(Role.LIST, tuple(self.kids)),)


class Tabled:
    """A table: bold headers, and a fine line over each row."""

    def __init__(self, grid: Grid, room: Room) -> None:
        self.grid, self.room = grid, room
        type_ = room.style.body
        self.widths = _widths(grid, type_, room.measure)
        self.head = [
            set_lines([Span(text, bold=True)], type_, width)
            for text, width in zip(grid.headers, self.widths, strict=True)
        ]
        self.cells = [
            [set_lines([Span(text)], type_, width) for text, width in zip(row, self.widths, strict=True)]
            for row in grid.rows
        ]
        self.rows: list[Element] = []

    def strips(self) -> tuple[Strip, ...]:
        leading = self.room.style.leading
        head = Strip(max(map(len, self.head)) * leading + 2, partial(self._draw, None), PARAGRAPH_GAP, keep=True)
        rows = (
            Strip(max(map(len, cells)) * leading + 6, partial(self._draw, at)) for at, cells in enumerate(self.cells)
        )
        return (head, *rows)

    def _draw(self, at: int | None, pen: Pen, x: float, top: float) -> None:
        cells = self.head if at is None else self.cells[at]
        if at is not None:
            pen.rule(x, top + 0.5, self.room.measure, 0.5)
            top += 4
        kids = []
        for lines, width in zip(cells, self.widths, strict=True):
            words = tuple(pen.lines(lines, self.room.style.body, x, top))
            kids.append(Element(Role.HEADER_CELL, words, scope="Column") if at is None else Element(Role.CELL, words))
            x += width + CELL_GAP
        self.rows.append(Element(Role.TABLE_ROW, tuple(kids)))

    def elements(self) -> tuple[Element, ...]:
        return (Element(Role.TABLE, tuple(self.rows)),)


def _widths(grid: Grid, type_: Type, measure: float) -> list[float]:
    """Return the widths of columns: each holds its longest word, and the rest goes to those that say most."""
    columns = list(zip(grid.headers, *grid.rows, strict=True))
    least = [max(_width(word, type_) for text in column for word in text.split()) for column in columns]
    wanted = [max(_width(text, type_) for text in column) - low for column, low in zip(columns, least, strict=True)]
    left = measure - CELL_GAP * (len(columns) - 1) - sum(least)
    unit = min(1.0, left / max(1.0, sum(wanted)))
    return [low + unit * more for low, more in zip(least, wanted, strict=True)]


def _width(text: str, type_: Type) -> float:
    return set_lines([Span(text, bold=True)], type_, 10_000)[0].width_pt


def running(part: Part, room: Room) -> Running:
    """Set what stands in a passage."""
    if isinstance(part, Prose):
        return paragraph(part.sentence, room)
    if isinstance(part, Points):
        return Listing(part, room)
    if isinstance(part, Grid):
        return Tabled(part, room)
    if isinstance(part, Services):
        return HelpLines(part, room)
    return Rows(part, room)
