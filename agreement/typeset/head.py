"""The head of side one: title, family and day of review; under the faces, how to use the sheet."""

from collections.abc import Sequence

from agreement.compose.agreement import Agreement
from agreement.typeset.block import Strip
from agreement.typeset.boxes import Element, Role
from agreement.typeset.lines import Line, Span, Type, fit_one_line, set_lines
from agreement.typeset.pen import Pen, dated
from agreement.typeset.style import Style
from agreement.typeset.watch import Meeting, current

FAMILY_LINE, REVIEW_LINE = 150.0, 90.0
BETWEEN = 16.0
UNDER_FAMILY = 4.0
OVER_HOW_TO = 9.0


def largest_that_fits(text: str, types: Sequence[Type], measure: float) -> tuple[tuple[Line, ...], Type]:
    """Set text in one line in the first type that allows it, else in the last type in as many lines as it needs."""
    for type_ in types:
        line = fit_one_line([Span(text)], type_, measure)
        if line:
            return (line,), type_
    return set_lines([Span(text)], types[-1], measure), types[-1]


class Title:
    """The title, and under it the family's name and the day of review: on one line where both fit."""

    def __init__(self, agreement: Agreement, style: Style) -> None:
        self.style = style
        self.title, self.title_type = largest_that_fits(agreement.title, style.titles, style.measure)
        self.family = set_lines(dated(agreement.family, FAMILY_LINE), style.second, style.measure)
        self.review_type = style.body if style.young else style.type(max(style.size, 11.5), max(style.leading, 14.5))
        self.review = set_lines(dated(agreement.review, REVIEW_LINE), self.review_type, style.measure)
        self.beside = len(self.family) == len(self.review) == 1 and _fit_beside(self.family[0], self.review[0], style)
        self._elements: tuple[Element, ...] = ()

    def strips(self) -> tuple[Strip, ...]:
        height = len(self.title) * self.title_type.leading_pt + len(self.family) * self.style.second.leading_pt
        if not self.beside:
            height += UNDER_FAMILY + len(self.review) * self.review_type.leading_pt
        return (Strip(height, self._draw),)

    def _draw(self, pen: Pen, top: float) -> None:
        style = self.style
        title = pen.lines(self.title, self.title_type, style.left, top)
        y = top + len(self.title) * self.title_type.leading_pt
        family = pen.lines(self.family, style.second, style.left, y, "family")
        x = style.left
        if self.beside:
            x = style.right - self.review[0].width_pt
            y += pen.baseline(y, style.second) - pen.baseline(y, self.review_type)
        else:
            y += len(self.family) * style.second.leading_pt + UNDER_FAMILY
        review = pen.lines(self.review, self.review_type, x, y, "top")
        self._elements = (
            Element(Role.H1, tuple(title)),
            Element(Role.PARAGRAPH, tuple(family)),
            Element(Role.PARAGRAPH, tuple(review)),
        )

    def elements(self) -> tuple[Element, ...]:
        return self._elements


def _fit_beside(left: Line, right: Line, style: Style) -> bool:
    room_pt = style.measure - BETWEEN - right.width_pt
    beside = left.width_pt <= room_pt
    if watch := current():
        watch.meetings.append(Meeting(left, right.width_pt, room_pt, beside))
    return beside


class HowTo:
    """Talk first, draw, initial."""

    def __init__(self, agreement: Agreement, style: Style) -> None:
        self.style = style
        self.lines = set_lines([Span(agreement.how_to)], style.body, style.measure)
        self._elements: tuple[Element, ...] = ()

    def strips(self) -> tuple[Strip, ...]:
        return (Strip(len(self.lines) * self.style.leading, self._draw, OVER_HOW_TO),)

    def _draw(self, pen: Pen, top: float) -> None:
        self._elements = (Element(Role.PARAGRAPH, tuple(pen.lines(self.lines, self.style.body, self.style.left, top))),)

    def elements(self) -> tuple[Element, ...]:
        return self._elements
