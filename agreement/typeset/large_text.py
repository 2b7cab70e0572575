"""Large print, what is read: a heading over one column of rows, promises with their circles, steps, paragraphs."""

from collections.abc import Sequence
from functools import partial

from agreement.compose.agreement import Agreement, Section, Sentence
from agreement.typeset.block import Strip
from agreement.typeset.boxes import Element, Ink, Role
from agreement.typeset.closing import RING_TO_TEXT, Step
from agreement.typeset.faces import spans_of
from agreement.typeset.lines import Line, Span, set_lines
from agreement.typeset.pen import LINE_UNDER, Kid, Pen, entry, labelled, pieces_of
from agreement.typeset.promises import HEADING_GAP, TEXT_GAP, UNDER, Cell, Circles
from agreement.typeset.reason import set_reason
from agreement.typeset.spoken import caption_of, captioned
from agreement.typeset.style import MIN_GAP, Style

SIDES = ("children", "adults")


class Column:
    """A heading and rows under it, none of which tears; the heading stays with the first row.

    A row is its height, the space before it, and what draws it. `title` is what the outline says.
    """

    def __init__(self, title: str, agreement: Agreement, style: Style) -> None:
        self.title, self.agreement, self.style = title, agreement, style
        self.heading = set_lines([Span(title, bold=True)], style.heading, style.measure)
        self._heading: tuple[Kid, ...] = ()

    def rows(self) -> list[Strip]:
        """Return the rows, to be drawn from their top."""
        raise NotImplementedError

    def strips(self) -> tuple[Strip, ...]:
        """Return the rows, the first one with the heading over it."""
        head = len(self.heading) * self.style.heading.leading_pt + HEADING_GAP
        first, *rest = self.rows()
        return (Strip(head + first.height, partial(self._first, first, head), MIN_GAP, elastic=True), *rest)

    def _first(self, first: Strip, head: float, pen: Pen, top: float) -> None:
        self._heading = tuple(pen.lines(self.heading, self.style.heading, self.style.left, top))
        first.draw(pen, top + head)

    def body(self) -> tuple[Element, ...]:
        """Return what stands under the heading, in reading order."""
        raise NotImplementedError

    def elements(self) -> tuple[Element, ...]:
        """Return the section."""
        return (Element(Role.SECTION, (Element(Role.H2, self._heading), *self.body())),)

    def _set(self, sentence: Sentence, measure_pt: float) -> tuple[Line, ...]:
        return set_lines(pieces_of(sentence), self.style.body, measure_pt)

    def _height(self, lines: Sequence[Line]) -> float:
        return len(lines) * self.style.leading


class LargeTopic(Column):
    """Promises under one heading: the names of a side, then its promises, each with its circles."""

    def __init__(self, section: Section, agreement: Agreement, style: Style) -> None:
        super().__init__(section.heading, agreement, style)
        people = (agreement.children, agreement.adults)
        self.circles = [Circles(each, agreement, style, side) for each, side in zip(people, SIDES, strict=True)]
        self.terms = (section.children, section.adults)
        self._names: list[list[Kid]] = [[], []]
        self._entries: list[list[Element]] = [[], []]

    def rows(self) -> list[Strip]:
        rows: list[Strip] = []
        for side, terms in enumerate(self.terms):
            for at, term in enumerate(terms):
                lines = self._set((*term.mark, *term.sentence), self._measure(side))
                cell = Cell(term, lines, set_reason(term, self.style, self._measure(side)))
                names = self._who(side) if at == 0 else ()
                space = self.style.row_gap if rows else 0.0
                draw = partial(self._draw, side, cell, names)
                height = self._height(names) + self._row_height(side, lines) + cell.reason.height
                rows.append(Strip(height, draw, space))
        return rows

    def _under(self, side: int) -> bool:
        return len(self.circles[side].people) >= UNDER

    def _measure(self, side: int) -> float:
        return self.style.measure - (0 if self._under(side) else TEXT_GAP + self.circles[side].width)

    def _row_height(self, side: int, lines: Sequence[Line]) -> float:
        if self._under(side):
            return self._height(lines) + self.style.letters.leading_pt + self.circles[side].height
        return max(self.style.circle, self._height(lines))

    def _who(self, side: int) -> tuple[Line, ...]:
        """Set the line over the promises of a side: whose they are."""
        people = self.circles[side].people
        spans = [Span(self.agreement.say(SIDES[side]), bold=True)]
        if people:
            spans = []
            for at, person in enumerate(people):
                spans += [Span(", " if at else "", bold=True)] if at else []
                spans += spans_of(person)
        return set_lines(spans, self.style.body, self.style.measure)

    def _draw(self, side: int, cell: Cell, names: tuple[Line, ...], pen: Pen, top: float) -> None:
        style, circles = self.style, self.circles[side]
        term, lines, reason = cell
        self._names[side] += pen.lines(names, style.body, style.left, top)
        top += self._height(names)
        if self._under(side):
            text = pen.lines(lines, style.body, style.left, top, term.clause)
            text += reason.draw(pen, style.left, top + self._height(lines))
            x, y = style.left, top + self._height(lines) + reason.height + style.letters.leading_pt
        else:
            height = self._row_height(side, lines)
            text = pen.lines(lines, style.body, style.left, top + (height - self._height(lines)) / 2, term.clause)
            text += reason.draw(pen, style.left, top + (height + self._height(lines)) / 2)
            x, y = style.right - circles.width, top + (height - style.circle) / 2
        if circles.people and (names or pen.opens or self._under(side)):
            circles.draw_letters(pen, x, y - style.letters.leading_pt)
        self._entries[side].append(entry([*text, *circles.draw(pen, x, y, term)], term.mark))

    def body(self) -> tuple[Element, ...]:
        found: list[Element] = []
        for names, entries in zip(self._names, self._entries, strict=True):
            if entries:
                found.append(captioned(caption_of(names), entries))
        return tuple(found)


class LargeNumbered(Column):
    """The steps one under the other, numbered through."""

    AT_ONCE = True

    def __init__(self, section: Section, agreement: Agreement, style: Style) -> None:
        super().__init__(section.heading, agreement, style)
        self.terms = (*section.children, *section.adults)
        self._entries: list[Element] = []

    def rows(self) -> list[Strip]:
        rows, ring = [], self.style.step_ring
        for at, term in enumerate(self.terms):
            measure = self.style.measure - ring - RING_TO_TEXT
            step = Step(self._set(term.sentence, measure), set_reason(term, self.style, measure))
            height = max(ring, self._height(step.lines) + step.reason.height)
            rows.append(Strip(height, partial(self._draw, at + 1, step), self.style.row_gap if at else 0.0))
        return rows

    def _draw(self, number: int, step: Step, pen: Pen, top: float) -> None:
        style, ring = self.style, self.style.step_ring
        pen.ring(style.left, top, ring, 1.2, Ink.ACCENT)
        digit = set_lines([Span(str(number), bold=True)], style.body, ring)
        label = pen.centred(digit, style.body, style.left + ring / 2, top + (ring - style.leading) / 2)
        left, text_top = style.left + ring + RING_TO_TEXT, top + (ring - style.leading) / 2
        text = pen.lines(step.lines, style.body, left, text_top)
        text += step.reason.draw(pen, left, text_top + self._height(step.lines))
        self._entries.append(labelled(label, text))

    def body(self) -> tuple[Element, ...]:
        return (Element(Role.LIST, tuple(self._entries)),)


class LargeParagraphs(Column):
    """What follows a broken promise, and the line to make it right."""

    def __init__(self, section: Section, agreement: Agreement, style: Style) -> None:
        super().__init__(section.heading, agreement, style)
        self.terms = section.adults
        self._paragraphs: list[Element] = []

    def rows(self) -> list[Strip]:
        rows: list[Strip] = []
        for at, term in enumerate(self.terms):
            lines = set_lines(pieces_of(term.sentence, stretch=True), self.style.body, self.style.measure)
            cell = Cell(term, lines, set_reason(term, self.style, self.style.measure))
            under = LINE_UNDER + cell.reason.height if cell.reason.lines else 0.0
            space = self.style.row_gap if at else 0.0
            rows.append(Strip(self._height(lines) + under, partial(self._draw, cell), space))
        return rows

    def _draw(self, cell: Cell, pen: Pen, top: float) -> None:
        kids = pen.lines(cell.lines, self.style.body, self.style.left, top, cell.term.clause)
        under = top + self._height(cell.lines) + LINE_UNDER
        self._paragraphs.append(Element(Role.PARAGRAPH, tuple(kids)))
        self._paragraphs += cell.reason.elements(pen, self.style.left, under)

    def body(self) -> tuple[Element, ...]:
        return tuple(self._paragraphs)
