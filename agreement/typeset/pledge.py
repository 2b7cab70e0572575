"""The pledge: what holds before every rule, between two arcs."""

from collections.abc import Sequence

from agreement.compose.agreement import Agreement
from agreement.typeset.block import Strip
from agreement.typeset.boxes import Element, Ink, Role
from agreement.typeset.head import largest_that_fits
from agreement.typeset.lines import Line, Span, fit_one_line, set_lines
from agreement.typeset.pen import Pen
from agreement.typeset.reason import set_reasons
from agreement.typeset.style import MIN_GAP, Style

PLEDGE_PADDING, YOUNG_PADDING = 35.0, 32.0
OVER_REASON, BESIDE_REASON = 5.0, 90.0
ARC_SPAN, ARC_X, ARC_Y = 532, (2, 178, 354, 530), (15.5, -3.2, -3.2, 15.5)
"""The upper arc's ends and controls, on a width of 532; the lower one is its mirror."""


class Pledge:
    """The promise that stands over all: between two arcs, centred, with nothing to initial."""

    def __init__(self, agreement: Agreement, style: Style) -> None:
        self.agreement, self.style = agreement, style
        self.first, self.first_type = largest_that_fits(agreement.pledge[0], style.pledges, style.measure - 24)
        self.rest = self._sentences(agreement.pledge[1:])
        self.reason = set_reasons(agreement.pledge_why, style, style.measure - BESIDE_REASON)
        self.height = len(self.first) * self.first_type.leading_pt + len(self.rest) * style.pledge_rest.leading_pt
        if self.reason.lines:
            self.height += 2 * OVER_REASON + len(self.reason.lines) * self.reason.type.leading_pt
        self.height = max(self.height + PLEDGE_PADDING, 108.0) if not style.young else self.height + YOUNG_PADDING
        self._elements: tuple[Element, ...] = ()

    def _sentences(self, sentences: Sequence[str]) -> tuple[Line, ...]:
        """Set sentences in even lines that end with a sentence wherever one line can hold it."""
        type_, measure = self.style.pledge_rest, self.style.measure - 40
        whole = set_lines([Span(" ".join(sentences))], type_, measure)
        best: tuple[Line, ...] = whole
        evenness = float("inf")
        for cut in range(1, len(sentences)):
            halves = [" ".join(sentences[:cut]) + " ", " ".join(sentences[cut:])]
            lines = [fit_one_line([Span(half)], type_, measure) for half in halves]
            if all(lines) and len(whole) <= 2:
                difference = abs(lines[0].width_pt - lines[1].width_pt)  # type: ignore[union-attr]
                if difference < evenness:
                    best, evenness = tuple(line for line in lines if line), difference
        return best

    def strips(self) -> tuple[Strip, ...]:
        return (Strip(self.height, self._draw, MIN_GAP, elastic=True),)

    def _draw(self, pen: Pen, top: float) -> None:
        style = self.style
        for edge, sign in ((top, 1), (top + self.height, -1)):
            y = [pen.up(edge + sign * offset) for offset in ARC_Y]
            x = [style.left + part / ARC_SPAN * style.measure for part in ARC_X]
            pen.draw((("M", x[0], y[0]), ("C", x[1], y[1], x[2], y[2], x[3], y[3])), Ink.ACCENT, 2.2)
        y0 = top + (YOUNG_PADDING if style.young else PLEDGE_PADDING) / 2
        centre = style.width / 2
        first = pen.centred(self.first, self.first_type, centre, y0)
        rest = pen.centred(self.rest, style.pledge_rest, centre, y0 + len(self.first) * self.first_type.leading_pt)
        self._elements = (Element(Role.H2, tuple(first)), Element(Role.PARAGRAPH, tuple(rest)))
        if self.reason.lines:
            under = y0 + len(self.first) * self.first_type.leading_pt + len(self.rest) * style.pledge_rest.leading_pt
            reason = pen.centred(self.reason.lines, self.reason.type, centre, under + OVER_REASON)
            self._elements += (Element(Role.PARAGRAPH, tuple(reason)),)

    def elements(self) -> tuple[Element, ...]:
        return (Element(Role.SECTION, self._elements),)
