"""What all of us promise: one line each, with everybody's circles at the right."""

from functools import partial

from agreement.compose.agreement import Agreement, Term
from agreement.typeset.block import Strip
from agreement.typeset.boxes import Element, Ink, Role, Shape
from agreement.typeset.lines import Gap, Line, Span, fit_one_line, set_lines
from agreement.typeset.pen import Kid, Pen, entry, has_open_end, pieces_of
from agreement.typeset.promises import HEADING_GAP, UNDER, UNDER_GAP, Circles, letters_line
from agreement.typeset.reason import set_reason
from agreement.typeset.style import MIN_GAP, Style

GROUP_GAP = 12.0
LEADER_MARGIN = 9.0
SHORTEST_LEADER = 24.0
BLANK_SHARE = 110.0
"""The width of an empty blank that is not the last thing in its line."""


class Together:
    """Rows of one line where that fits; with four or more on a side, circles under the text."""

    def __init__(self, agreement: Agreement, style: Style) -> None:
        self.agreement, self.style = agreement, style
        self.section = agreement.together
        self.circles = (
            Circles(agreement.children, agreement, style, "children"),
            Circles(agreement.adults, agreement, style, "adults"),
        )
        self.under = max(len(agreement.children), len(agreement.adults)) >= UNDER
        self.width = self.circles[0].width + GROUP_GAP + self.circles[1].width
        self.wraps = self.under and self.width > style.measure
        self.measure = style.measure if self.under else style.measure - self.width - LEADER_MARGIN
        self.rows = [self._set(term) for term in self.section.adults]
        self.reasons = [set_reason(term, style, self.measure) for term in self.section.adults]
        self.heading = set_lines([Span(self.section.heading)], style.side_heading, self.measure)
        self._heading: tuple[Kid, ...] = ()
        self._entries: list[Element] = []

    def _set(self, term: Term) -> tuple[Line, ...]:
        pieces = pieces_of(term.sentence, stretch=True)
        inner = [
            Gap(p.gap_id, BLANK_SHARE, label=p.label) if isinstance(p, Gap) and not p.stretch else p for p in pieces
        ]
        line = fit_one_line(inner, self.style.body, self.measure)
        return (line,) if line else set_lines(pieces, self.style.body, self.measure)

    @property
    def pitch(self) -> float:
        return self.style.circle + 4

    def _row_height(self, at: int) -> float:
        text = len(self.rows[at]) * self.style.leading
        if not self.under:
            return max(self.style.circle, text) + self.reasons[at].height
        text += self.reasons[at].height
        above = self.style.letters.leading_pt if at == 0 else UNDER_GAP
        rows = [circles.height for circles in self.circles]
        return text + above + (rows[0] + UNDER_GAP + rows[1] if self.wraps else max(rows))

    def strips(self) -> tuple[Strip, ...]:
        strips = []
        for at in range(len(self.rows)):
            heading = self._heading_height() if at == 0 else 0.0
            space = (MIN_GAP if at == 0 else 4.0) + (3 if at and self.under else 0)
            strips.append(
                Strip(heading + self._row_height(at), partial(self._draw, at, heading), space, elastic=at == 0)
            )
        return tuple(strips)

    def _heading_height(self) -> float:
        return len(self.heading) * self.style.side_heading.leading_pt + HEADING_GAP

    def _draw(self, at: int, heading: float, pen: Pen, top: float) -> None:
        style = self.style
        if heading:
            self._heading = tuple(pen.lines(self.heading, style.side_heading, style.left, top))
        self._draw_row(pen, at, top + heading)

    def _draw_row(self, pen: Pen, at: int, top: float) -> None:
        style, term, lines = self.style, self.section.adults[at], self.rows[at]
        text_height = len(lines) * style.leading
        height = text_height if self.under else max(style.circle, text_height)
        text_top = top + (height - text_height) / 2
        text = pen.lines(lines, style.body, style.left, text_top, term.clause)
        text += self.reasons[at].draw(pen, style.left, text_top + text_height)
        if not has_open_end(term.sentence) and not self.under:
            self._leader(pen, lines[-1].width_pt, pen.baseline(text_top + text_height - style.leading, style.body))
        letters = style.letters.leading_pt
        if self.under:
            y = top + text_height + self.reasons[at].height + (letters if at == 0 else UNDER_GAP)
            x = style.left
        else:
            y, x = top + (height - style.circle) / 2, style.right - self.width
        if at == 0 or (pen.opens and not self.under):
            self._draw_letters(pen, x, y - letters)
        forms = self.circles[0].draw(pen, x, y, term)
        if self.wraps:
            forms += self.circles[1].draw(pen, x, y + self.circles[0].height + UNDER_GAP, term)
        else:
            forms += self.circles[1].draw(pen, x + self.circles[0].width + GROUP_GAP, y, term)
        self._entries.append(entry([*text, *forms]))

    def _draw_letters(self, pen: Pen, x: float, top: float) -> None:
        for circles, key in zip(self.circles, ("children", "adults"), strict=True):
            if circles.people and not (self.wraps and key == "adults"):
                circles.draw_letters(pen, x, top)
            elif not circles.people:
                line = letters_line(self.agreement.say(f"{key}_over"), self.style)
                middle = min(x + circles.width / 2, self.style.right - line.width_pt / 2)
                pen.furnish(pen.centred([line], self.style.letters, middle, top))
            x += circles.width + GROUP_GAP

    def _leader(self, pen: Pen, text_width: float, base: float) -> None:
        start = self.style.left + text_width + LEADER_MARGIN
        end = self.style.right - self.width - LEADER_MARGIN - 2
        if end - start >= SHORTEST_LEADER:
            y = pen.up(base)
            pen.artifacts.append(Shape(pen.page, (("M", start, y), ("L", end, y)), Ink.LEADER, 1.0, dash=(1.0, 1.0)))

    def elements(self) -> tuple[Element, ...]:
        return (Element(Role.SECTION, (Element(Role.H2, self._heading), Element(Role.LIST, tuple(self._entries)))),)
