"""What we do if something goes wrong, and the lines to sign."""

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest
from typing import NamedTuple

from agreement.compose.agreement import Agreement, Hole, Person, Sentence, Words
from agreement.typeset.block import Strip
from agreement.typeset.boxes import Element, Ink, Role
from agreement.typeset.lines import Line, Span, set_lines
from agreement.typeset.pen import Kid, Pen, dated, labelled, pieces_of
from agreement.typeset.promises import HEADING_GAP
from agreement.typeset.reason import Reason, set_reason, set_reasons
from agreement.typeset.spoken import caption_of, captioned
from agreement.typeset.style import MIN_GAP, Style
from agreement.typeset.writing import heading_lines

STEP_GAP = 5.0
RING_TO_TEXT = 8.0
DATE_WIDTH, SIGN_GAP = 66.0, 10.0
EMPTY_LINES = 3
EMPTY_LINES_ON_ONE_SIDE = 2
REVIEW_LINE = 80.0
MIN_BETWEEN = 16.0


class Step(NamedTuple):
    """A step set in its column, and under it its reason where that was asked for."""

    lines: tuple[Line, ...]
    reason: Reason


class Steps:
    """Numbered steps: the child's on the left, then the adults' on the right."""

    def __init__(self, agreement: Agreement, style: Style) -> None:
        self.agreement, self.style = agreement, style
        section = agreement.steps
        self.heading = heading_lines(section.heading, style, style.measure)
        measure = style.column - style.step_ring - RING_TO_TEXT
        self.columns = [
            [
                Step(set_lines(pieces_of(term.sentence), style.body, measure), set_reason(term, style, measure))
                for term in terms
            ]
            for terms in (section.children, section.adults)
        ]
        self._heading: tuple[Kid, ...] = ()
        self._entries: tuple[list[Element], list[Element]] = ([], [])

    def strips(self) -> tuple[Strip, ...]:
        height = self._heading_height + sum(self._heights) + STEP_GAP * (len(self._heights) - 1)
        return (Strip(height, self._draw, MIN_GAP, elastic=True, overhang=self._overhang),)

    @property
    def _heading_height(self) -> float:
        return len(self.heading) * self.style.side_heading.leading_pt + HEADING_GAP

    @property
    def _heights(self) -> list[float]:
        """The heights of the rows: a child's step and, beside it, an adults' one."""
        pairs = zip_longest(*self.columns)
        return [max(self._step_height(step) for step in pair if step) for pair in pairs]

    @property
    def _overhang(self) -> float:
        """How far the text of the last row, whose first line is level with its ring, reaches below the row."""
        last = [step for column in self.columns for step in column[len(self._heights) - 1 :]]
        texts = [len(step.lines) * self.style.leading for step in last if not step.reason.lines]
        lowered = max(0.0, self.style.step_ring - self.style.leading) / 2
        return max(0.0, max(texts, default=0.0) + lowered - (self._heights or [0.0])[-1])

    def _step_height(self, step: Step) -> float:
        height = len(step.lines) * self.style.leading
        if step.reason.lines:
            height += max(0.0, self.style.step_ring - self.style.leading) / 2 + step.reason.height
        return max(self.style.step_ring + 1, height)

    def _draw(self, pen: Pen, top: float) -> None:
        style = self.style
        self._heading = tuple(pen.lines(self.heading, style.side_heading, style.left, top))
        y = top + self._heading_height
        for at, height in enumerate(self._heights):
            for side, column in enumerate(self.columns):
                if at < len(column):
                    number = at + 1 + (len(self.columns[0]) if side else 0)
                    x = style.middle if side else style.left
                    self._entries[side].append(self._step(pen, column[at], number, (x, y)))
            y += height + STEP_GAP

    def _step(self, pen: Pen, step: Step, number: int, at: tuple[float, float]) -> Element:
        style = self.style
        x, top = at
        ring = style.step_ring
        ring_top = top + max(0.0, style.leading / 2 - ring / 2)
        text_top = ring_top + ring / 2 - style.leading / 2
        pen.ring(x, ring_top, ring, 1.2, Ink.ACCENT)
        digit = style.type(14 if style.young else 11, 14, bold=True)
        label = pen.centred(set_lines([Span(str(number))], digit, ring), digit, x + ring / 2, ring_top + ring / 2 - 7)
        left = x + ring + RING_TO_TEXT
        text = pen.lines(step.lines, style.body, left, text_top)
        text += step.reason.draw(pen, left, text_top + len(step.lines) * style.leading)
        return labelled(label, text)

    def elements(self) -> tuple[Element, ...]:
        entries = (*self._entries[0], *self._entries[1])
        return (Element(Role.SECTION, (Element(Role.H2, self._heading), Element(Role.LIST, entries))),)


class Signing:
    """A line to sign and one for the date for every member; without names, three of each a side."""

    def __init__(self, agreement: Agreement, style: Style) -> None:
        self.agreement, self.style = agreement, style
        self.sides = (agreement.children, agreement.adults)
        self.heading_type = style.second if style.young else style.type(17, 22)
        self.heading = set_lines([Span(agreement.signing.heading)], self.heading_type, style.measure)
        sentence = joined([term.sentence for term in agreement.signing.adults])
        room = style.measure - self.heading[0].width_pt - MIN_BETWEEN
        self.sentence = set_lines(dated(sentence, REVIEW_LINE), style.body, style.measure)
        self.beside = len(self.heading) == len(self.sentence) == 1 and self.sentence[0].width_pt <= room
        self.reason = set_reasons([term.why for term in agreement.signing.adults], style, style.measure)
        self.captioned = not all(self.sides)
        self.empty = EMPTY_LINES if agreement.sides > 1 else EMPTY_LINES_ON_ONE_SIDE
        count = max(len(people) or self.empty for people in self.sides)
        self.rows = range(count)
        self.names = [[self._name(person) for person in people] for people in self.sides]
        self._top: tuple[Element, ...] = ()
        self._captions: list[Element | None] = [None, None]
        self._lines: tuple[list[Element], list[Element]] = ([], [])

    @property
    def _sign_width(self) -> float:
        return self.style.column - DATE_WIDTH - SIGN_GAP

    def _name(self, person: Person) -> tuple[Line, ...]:
        span = Span(person.name, isolate=True, whose="the name")
        return set_lines([span], self.style.body, self._sign_width)

    def _caption_height(self, at: int) -> float:
        """Return the height of the names under row `at`."""
        return max((len(names[at]) for names in self.names if at < len(names)), default=0) * self.style.leading

    def _pitch(self, at: int) -> float:
        """Return how far below the top of row `at` its line is; lines after the last name stand equally far apart."""
        named = max(map(len, self.names))
        pitch = self.style.write_pitch
        if not 0 < named <= at:
            return pitch
        share = (self._caption_height(named - 1) + 1) / (len(self.rows) - named)
        return pitch + share - (self._caption_height(named - 1) + 1 if at == named else 0.0)

    def _head_height(self) -> float:
        height = len(self.heading) * self.heading_type.leading_pt
        if not self.beside:
            height += len(self.sentence) * self.style.leading + 4
        return height + self.reason.height + (self.style.leading + 2 if self.captioned else 0)

    def strips(self) -> tuple[Strip, ...]:
        strips = []
        for at in self.rows:
            head = self._head_height() if at == 0 else 0.0
            height = self._pitch(at) + self._caption_height(at) + (1 if self._caption_height(at) else 0)
            strips.append(
                Strip(head + height, partial(self._draw, at, head), MIN_GAP if at == 0 else 0.0, elastic=at == 0)
            )
        return tuple(strips)

    def _draw(self, at: int, head: float, pen: Pen, top: float) -> None:
        if head:
            self._draw_head(pen, top)
        style, say = self.style, self.agreement.say
        line = top + head + self._pitch(at)
        for side, people in enumerate(self.sides):
            x = style.middle if side else style.left
            if at < len(people):
                who = people[at].name
            elif not people and at < self.empty:
                who = say(("child_number", "adult_number")[side], number=at + 1)
            else:
                continue
            label = pen.lines(self.names[side][at], style.body, x, line + 1) if people else []
            sign = self._pen_line(pen, (x, line, self._sign_width), (f"{side}.{at}", say("signature_of", name=who)))
            x += self._sign_width + SIGN_GAP
            date = (f"{side}.{at}.date", say("signature_date_of", name=who))
            if people:
                self._draw_date(pen, x, line + 1)
            self._lines[side].append(labelled(label, [sign, self._pen_line(pen, (x, line, DATE_WIDTH), date)]))

    def _draw_date(self, pen: Pen, x: float, top: float) -> None:
        """Write "Date" at a line. Nobody has to hear it: the field says whose date."""
        words = set_lines([Span(self.agreement.say("date"))], self.style.body, self.style.column)
        pen.furnish(pen.lines(words, self.style.body, x, top))

    def _pen_line(self, pen: Pen, at: tuple[float, float, float], name: tuple[str, str]) -> Element:
        x, line, width = at
        return pen.write_on(x, line - 3, width, (f"sign.{name[0]}", name[1]), self.style.size)

    def _draw_head(self, pen: Pen, top: float) -> None:
        style, say = self.style, self.agreement.say
        heading = Element(Role.H2, tuple(pen.lines(self.heading, self.heading_type, style.left, top)))
        y = top + len(self.heading) * self.heading_type.leading_pt
        if self.beside:
            shift = pen.baseline(top, self.heading_type) - pen.baseline(top, style.body)
            sentence = pen.lines(
                self.sentence, style.body, style.right - self.sentence[0].width_pt, top + shift, "again"
            )
        else:
            sentence = pen.lines(self.sentence, style.body, style.left, y, "again")
            y += len(self.sentence) * style.leading + 4
        self._top = (heading, Element(Role.PARAGRAPH, tuple(sentence)), *self.reason.elements(pen, style.left, y))
        y += self.reason.height
        for side, key in enumerate(("children", "adults")):
            x = style.middle if side else style.left
            if self.captioned and not self.sides[side]:
                words = set_lines([Span(say(key))], style.body, style.column)
                self._captions[side] = caption_of(pen.lines(words, style.body, x, y))
                self._draw_date(pen, x + self._sign_width + SIGN_GAP, y)

    def elements(self) -> tuple[Element, ...]:
        sides = zip(self._captions, self._lines, strict=True)
        lists = tuple(captioned(caption, lines) for caption, lines in sides if lines)
        return (Element(Role.SECTION, (*self._top, *lists)),)


def joined(sentences: Sequence[Sentence]) -> Sentence:
    """Return sentences as one, with spaces between them."""
    parts: list[Words | Hole] = []
    for sentence in sentences:
        parts += [Words(" "), *sentence] if parts else sentence
    return tuple(parts)
