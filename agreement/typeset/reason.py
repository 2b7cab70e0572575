"""The reason of a promise, set under it: a little smaller but in large print, behind a fine upright line."""

from collections.abc import Iterable
from typing import NamedTuple

from agreement.compose.agreement import Term
from agreement.typeset.boxes import Element, Ink, Role
from agreement.typeset.lines import Line, Span, Type, set_lines
from agreement.typeset.pen import Kid, Pen
from agreement.typeset.style import Style

OVER, UNDER = 3.0, 2.0
INDENT = 8.0
SMALLEST, YOUNG_SMALLEST = 11.0, 14.0


class Reason(NamedTuple):
    """A set reason; `lines` are empty where none was asked for."""

    lines: tuple[Line, ...]
    type: Type

    @property
    def height(self) -> float:
        return OVER + len(self.lines) * self.type.leading_pt + UNDER if self.lines else 0.0

    def draw(self, pen: Pen, x: float, top: float) -> list[Kid]:
        """Draw it from the foot of its promise on."""
        return list(self.elements(pen, x, top))

    def elements(self, pen: Pen, x: float, top: float) -> tuple[Element, ...]:
        """Draw it, for what is read beside its promise and not as a part of it."""
        if not self.lines:
            return ()
        top += OVER
        y = pen.up(top + 2), pen.up(top + self.height - OVER - UNDER - 2)
        pen.draw((("M", x + 1.5, y[0]), ("L", x + 1.5, y[1])), Ink.ACCENT, 1.2)
        return (Element(Role.PARAGRAPH, tuple(pen.lines(self.lines, self.type, x + INDENT, top))),)


def set_reason(term: Term, style: Style, measure: float) -> Reason:
    """Set the reason of a term under a promise of this measure."""
    return set_reasons([term.why], style, measure)


def set_reasons(whys: Iterable[str], style: Style, measure: float) -> Reason:
    """Set the reasons of what is said as one, as one paragraph."""
    size = style.size if style.large else max(YOUNG_SMALLEST if style.young else SMALLEST, style.size - 1)
    type_ = style.type(size, style.leading * size / style.size)
    words = " ".join(filter(None, whys))
    return Reason(set_lines([Span(words)], type_, measure - INDENT) if words else (), type_)
