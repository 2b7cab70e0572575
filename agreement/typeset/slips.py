"""Slips to cut apart, three on a side: questions on the left, lines to write on at the right, backs behind them."""

from collections.abc import Sequence

from agreement.compose.handout import Handout, Lines, Passage
from agreement.errors import LayoutError
from agreement.typeset.boxes import Bookmark, Element, Ink, Role
from agreement.typeset.insets import running
from agreement.typeset.lines import Span, set_lines
from agreement.typeset.pen import Pen
from agreement.typeset.running import Laid, Paper, Paragraph, Room, Running, Strip
from agreement.typeset.style import BOTTOM, GUTTER, TOP, Style

A_SIDE = 3
CUT_CLEAR = 14.0
UNDER_HEADING = 4.0
SIZES = ((12.0, 16.0), (11.5, 15.0), (11.0, 14.5))


def lay_slips(handout: Handout, style: Style, paper: Paper, page: int) -> Laid:
    """Draw the slips from `page` on, three a side, in the largest type that holds them all.

    Raises LayoutError for a slip that holds more than a third of a side.
    """
    slips = _set(handout, style)
    style = slips[0].style
    zone = (style.height - TOP - BOTTOM) / A_SIDE
    elements: list[Element] = []
    marks: list[Bookmark] = []
    for at, slip in enumerate(slips):
        side, place = divmod(at, A_SIDE)
        pen = paper.pen(style, page + side)
        top = TOP + place * zone
        if at == 0:
            pen_title = set_lines([Span(handout.title)], style.running, style.measure)
            elements.append(Element(Role.H1, tuple(pen.lines(pen_title, style.running, style.left, top - 8))))
        elements.append(slip.draw(pen, top + (CUT_CLEAR if place else 6)))
        marks.append(Bookmark(slip.passage.heading, pen.page, style.height - top, 1))
        if place:
            _draw_cut(pen, top)
    return Laid(elements, marks, -(-len(slips) // A_SIDE))


def _set(handout: Handout, style: Style) -> list["_Slip"]:
    room_pt = (style.height - TOP - BOTTOM) / A_SIDE - 2 * CUT_CLEAR
    for size, leading in SIZES:
        sized = style._replace(size=size, leading=leading)
        slips = [_Slip(passage, handout, sized) for passage in handout.passages]
        if all(slip.height <= room_pt for slip in slips):
            return slips
    raise LayoutError(f"a slip of the extra page {handout.name} is higher than a third of a side. Shorten it.")


def _draw_cut(pen: Pen, top: float) -> None:
    style = pen.style
    y = pen.up(top)
    pen.draw((("M", style.margin, y), ("L", style.right, y)), Ink.CUT, 0.9, dash=(5, 4))


class _Slip:
    """One slip: its heading, what it asks, and where to write."""

    def __init__(self, passage: Passage, handout: Handout, style: Style) -> None:
        self.passage, self.style = passage, style
        heading = style.type(style.size + 4, style.leading + 5, bold=True)
        self.heading = Paragraph(set_lines([Span(passage.heading)], heading, style.measure), heading, Role.H2)
        left = Room(style, style.column, handout.name, handout.word("tick"), handout.expansions)
        self.asked = [running(piece, left) for piece in passage.pieces if not isinstance(piece, Lines)]
        self.lines = [running(piece, left) for piece in passage.pieces if isinstance(piece, Lines)]
        self.head_height = len(self.heading.lines) * heading.leading_pt + UNDER_HEADING
        self.height = self.head_height + max(_height(self.asked), _height(self.lines))

    def draw(self, pen: Pen, top: float) -> Element:
        """Draw the slip and return its section."""
        style = self.style
        _draw(self.heading.strips(), pen, (style.left, top))
        for parts, x in ((self.asked, style.left), (self.lines, style.left + style.column + GUTTER)):
            strips = [strip for part in parts for strip in part.strips()]
            _draw(strips, pen, (x, top + self.head_height))
        kids = [element for part in (*self.asked, *self.lines) for element in part.elements()]
        return Element(Role.SECTION, (*self.heading.elements(), *kids))


def _height(parts: Sequence[Running]) -> float:
    return sum(strip.space + strip.height for part in parts for strip in part.strips())


def _draw(strips: Sequence[Strip], pen: Pen, at: tuple[float, float]) -> None:
    x, y = at
    for number, strip in enumerate(strips):
        y += strip.space if number else 0
        strip.draw(pen, x, y)
        y += strip.height
