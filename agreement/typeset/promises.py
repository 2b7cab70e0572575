"""Promises with their circles: children's terms on the left and adults' on the right, pair by pair."""

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest
from typing import NamedTuple

from agreement.compose.agreement import Agreement, Person, Section, Term
from agreement.typeset.block import Strip
from agreement.typeset.boxes import Element, Role
from agreement.typeset.icons import ICON_SIZE, draw_icon
from agreement.typeset.lines import Line, Span, set_lines
from agreement.typeset.pen import Kid, Pen, entry, pieces_of
from agreement.typeset.reason import Reason, set_reason
from agreement.typeset.spoken import captioned, pictured_caption, text_of
from agreement.typeset.style import MIN_GAP, Style

HEADING_GAP = 3.0
TEXT_GAP = 9.0
ICON_GAP = 2.0
HEADING_LIFT = 6.0
UNDER = 4
"""From this number of people on a side, circles go under the text."""
PER_ROW = 10
UNDER_GAP = 3.0


def letters_line(text: str, style: Style) -> Line:
    """Set the letters that stand over a circle."""
    return set_lines([Span(text, isolate=True, whose="a name")], style.letters, 100)[0]


class Circles(NamedTuple):
    """Where the circles of one side stand, and what they are called. `people` empty: one undivided pill."""

    people: tuple[Person, ...]
    agreement: Agreement
    style: Style
    side: str

    @property
    def per_row(self) -> int:
        measure = self.style.measure if self.style.large else self.style.column
        room = int((measure + self.gap) / (self.style.circle + self.gap))
        return min(PER_ROW, room, len(self.people)) or 1

    @property
    def gap(self) -> float:
        return 2.0 if len(self.people) >= UNDER else self.style.circle_gap

    @property
    def width(self) -> float:
        """The width of one row of circles."""
        if not self.people:
            return self.style.pill
        return self.per_row * (self.style.circle + self.gap) - self.gap

    @property
    def height(self) -> float:
        rows = -(-len(self.people) // self.per_row) or 1
        return rows * (self.style.circle + self.gap) - self.gap

    def draw(self, pen: Pen, x: float, top: float, term: Term) -> list[Element]:
        """Draw the circle of each who promises `term`, each in its own place; `x` is the left of the first place."""
        say, size = self.agreement.say, self.style.circle
        text = text_of(term)
        text = pen.shorts.get(text, text)
        if not self.people:
            label = say(f"initials_{self.side}", promise=text)
            return [pen.initial((x, top), (self.style.pill, size), f"{term.clause}.{self.side}", label)]
        forms = []
        for at, person in enumerate(self.people):
            if person in (term.children if self.side == "children" else term.adults):
                row, place = divmod(at, self.per_row)
                spot = (x + place * (size + self.gap), top + row * (size + self.gap))
                label = say("initials_of", name=person.name, promise=text)
                forms.append(pen.initial(spot, (size, size), f"{term.clause}.{self.side}.{person.number}", label))
        return forms

    def caption(self, forms: Sequence[Element]) -> Element | None:
        """Return the caption of a list whose first promise has these circles: who promises."""
        key = f"{self.side}_promise" if len(self.people) != 1 else f"one_of_{self.side}_promises"
        return pictured_caption(forms[0], self.agreement.say(key)) if forms else None

    def draw_letters(self, pen: Pen, x: float, top: float) -> None:
        """Draw everybody's letters in line with the circles. They are furniture: every field says the whole name."""
        style = self.style
        for at, person in enumerate(self.people[: self.per_row]):
            line = letters_line(person.letters, style)
            middle = x + at * (style.circle + self.gap) + style.circle / 2
            pen.furnish(pen.centred([line], style.letters, middle, top))


class Cell(NamedTuple):
    """A term set in its column, and under it its reason where that was asked for."""

    term: Term
    lines: tuple[Line, ...]
    reason: Reason


class Promises:
    """A topic: its heading and its pairs, or some of them when the pledge stands in the middle of a topic."""

    def __init__(self, section: Section, agreement: Agreement, style: Style, headed: bool = True) -> None:
        self.section, self.agreement, self.style, self.headed = section, agreement, style, headed
        self.circles = (
            Circles(agreement.children, agreement, style, "children"),
            Circles(agreement.adults, agreement, style, "adults"),
        )
        self.under = max(len(agreement.children), len(agreement.adults)) >= UNDER
        self.pairs = [
            (self._cell(child, 0), self._cell(adult, 1))
            for child, adult in zip_longest(section.children, section.adults)
        ]
        heading = [Span(section.heading, bold=True)]
        self.icon = bool(style.young and section.icon)
        self.heading = set_lines(heading, style.heading, style.measure - (ICON_SIZE + 9 if self.icon else 0))
        self._heading: tuple[Kid, ...] = ()
        self._entries: tuple[list[Element], list[Element]] = ([], [])
        self._captions: list[Element | None] = [None, None]

    def split(self, at: int) -> "tuple[Promises, Promises]":
        """Return this topic in two parts, the second beginning with pair `at`, without a heading of its own."""
        children, adults = self.section.children, self.section.adults
        first = Section(self.section.id, self.section.heading, self.section.icon, children[:at], adults[:at])
        rest = Section(self.section.id, self.section.heading, self.section.icon, children[at:], adults[at:])
        return Promises(first, self.agreement, self.style, self.headed), Promises(
            rest, self.agreement, self.style, False
        )

    def _cell(self, term: Term | None, side: int) -> Cell | None:
        if term is None:
            return None
        measure = self._measure(side)
        lines = set_lines(pieces_of((*term.mark, *term.sentence)), self.style.body, measure)
        return Cell(term, lines, set_reason(term, self.style, measure))

    def _measure(self, side: int) -> float:
        style = self.style
        if self.under:
            return style.column
        return style.column - TEXT_GAP - max(style.pill, self.circles[side].width)

    def _height(self, pair: tuple[Cell | None, Cell | None], letters: bool) -> float:
        heights = [2 * self.style.leading]
        for side, cell in enumerate(pair):
            if cell and self.under:
                above = self.style.letters.leading_pt if letters and self.circles[side].people else UNDER_GAP
                text = len(cell.lines) * self.style.leading + cell.reason.height
                heights.append(text + above + self.circles[side].height)
            elif cell:
                text = len(cell.lines) * self.style.leading
                heights.append(max(0.0, self.style.leading - text / 2) + text + cell.reason.height)
        return max(heights)

    def _heading_height(self) -> float:
        if not self.headed:
            return 0.0
        height = len(self.heading) * self.style.heading.leading_pt
        return (max(height, ICON_SIZE) + ICON_GAP if self.icon else height) + HEADING_GAP

    def strips(self) -> tuple[Strip, ...]:
        strips = []
        for at, pair in enumerate(self.pairs):
            first = at == 0
            heading = self._heading_height() if first else 0.0
            strips.append(
                Strip(
                    heading + self._height(pair, first and self.headed),
                    partial(self._draw_pair, at, heading),
                    MIN_GAP if first else self.style.row_gap + (2 if self.under else 0),
                    elastic=first,
                )
            )
        return tuple(strips)

    def _draw_pair(self, at: int, heading: float, pen: Pen, top: float) -> None:
        style = self.style
        if heading:
            x, y = style.left, top
            if self.icon:
                draw_icon(pen, self.section.icon, style.left, top)
                x += ICON_SIZE + 9
                y += (ICON_SIZE - style.heading.leading_pt * len(self.heading)) / 2
            self._heading = tuple(pen.lines(self.heading, style.heading, x, y - self._lift(pen, x)))
        letters = at == 0 and self.headed if self.under else pen.opens
        for side, cell in enumerate(self.pairs[at]):
            if cell:
                self._entries[side].append(self._draw_cell(pen, cell, side, (top + heading, letters)))

    def _lift(self, pen: Pen, x: float) -> float:
        """Return how far a long heading gives way to the letters that stand over the circles beneath it."""
        end = x + max(line.width_pt for line in self.heading)
        lefts = (self.style.left, self.style.middle)
        for circles, left in zip(self.circles, lefts, strict=True):
            if circles.people and end > left + self.style.column - circles.width:
                return HEADING_LIFT if pen.opens and not self.under else 0.0
        return 0.0

    def _draw_cell(self, pen: Pen, cell: Cell, side: int, place: tuple[float, bool]) -> Element:
        style, circles = self.style, self.circles[side]
        top, letters = place
        left = style.middle if side else style.left
        height = len(cell.lines) * style.leading
        prefix = cell.term.clause
        if self.under:
            text = pen.lines(cell.lines, style.body, left, top, prefix)
            text += cell.reason.draw(pen, left, top + height)
            height += cell.reason.height
            y = top + height + UNDER_GAP
            if letters and circles.people:
                circles.draw_letters(pen, left, y - UNDER_GAP)
                y = top + height + style.letters.leading_pt
            forms = circles.draw(pen, left, y, cell.term)
        else:
            text_top = top + max(0.0, style.leading - height / 2)
            text = pen.lines(cell.lines, style.body, left, text_top, prefix)
            text += cell.reason.draw(pen, left, text_top + height)
            x = left + style.column - circles.width
            forms = circles.draw(pen, x, top + style.leading - style.circle / 2, cell.term)
            if letters and circles.people:
                circles.draw_letters(pen, x, top + style.leading - style.circle / 2 - style.letters.leading_pt)
        self._captions[side] = self._captions[side] or circles.caption(forms)
        return entry([*text, *forms], cell.term.mark)

    def elements(self) -> tuple[Element, ...]:
        sides = zip(self._captions, self._entries, strict=True)
        lists = tuple(captioned(caption, entries) for caption, entries in sides if entries)
        heading = (Element(Role.H2, self._heading),) if self._heading else ()
        return (Element(Role.SECTION, (*heading, *lists)),)
