"""A sheet to lay between two classes in a pile: the class, and how many households follow. No name of anybody else.

This module knows two lines of text and a page, and nothing of rosters.
"""

from agreement.errors import FontError
from agreement.typeset.boxes import Document, Element, Ink, Role
from agreement.typeset.cover import clusters, faces_of
from agreement.typeset.lines import Line, Span, Type, fit_one_line, set_lines
from agreement.typeset.pen import Pen
from agreement.typeset.style import PAPERS, Style, styles

_ONE_LINE = (160.0, 120.0, 90.0, 68.0)
_SEVERAL = (52.0, 38.0, 28.0)
_MOST_LETTERS, _MOST_LINES = 200, 4
_INSIDE, _BETWEEN, _RADIUS = 40.0, 28.0, 18.0
_NAME_LINE, _RULE = 300.0, 96.0


def cover(room: str, below: str, height_pt: float, lang: str) -> Document:
    """Return a page with a class as large as it fits, and a line of words under it.

    A class of which no font has a letter becomes a line to write its name on.
    """
    paper = next((name for name, (_, height, _) in PAPERS.items() if height == height_pt), "letter")
    style = styles(paper, False, lang)[0]
    pen = Pen(style, 0, [], set())
    words = _printable(room, style)
    lines, large = _set(words, style) if words else ((), style.type(90, 100))
    small = style.type(30, 40)
    number = set_lines([Span(below)], small, style.measure)
    height = max(1, len(lines)) * large.leading_pt
    top, middle = (style.height - height) * 0.4, style.width / 2
    edge = style.margin
    pen.frame((edge, edge), (style.width - 2 * edge, style.height - 2 * edge), _RADIUS, 1.5)
    if not lines:
        pen.rule(middle - _NAME_LINE / 2, top + height, _NAME_LINE)
    pen.rule(middle - _RULE / 2, top + height + _BETWEEN, _RULE, 3.0, Ink.ACCENT)
    under = tuple(pen.centred(number, small, middle, top + height + 2 * _BETWEEN))
    heading = (Element(Role.H1, tuple(pen.centred(lines, large, middle, top))),) if lines else ()
    root = Element(Role.DOCUMENT, (*heading, Element(Role.PARAGRAPH, under)), lang=lang)
    return Document(style.width, style.height, 1, root, tuple(pen.artifacts), words, lang)


def _printable(room: str, style: Style) -> str:
    """Return what fonts have of a name of a class, cut where it is longer than any name."""
    kept = "".join(part for part in clusters(room) if _has(part, style))
    words = " ".join(kept.split())
    return words if len(words) <= _MOST_LETTERS else f"{words[:_MOST_LETTERS].rstrip()}…"


def _has(part: str, style: Style) -> bool:
    try:
        faces_of(part, style.stack, True)
    except FontError:
        return False
    return True


def _set(words: str, style: Style) -> tuple[tuple[Line, ...], Type]:
    """Set a name in one line, the largest that fits, else in several smaller ones."""
    span, room_pt = [Span(words, bold=True, isolate=True)], style.measure - 2 * _INSIDE
    for size in _ONE_LINE:
        large = style.type(size, size * 1.15, bold=True)
        if line := fit_one_line(span, large, room_pt):
            return (line,), large
    for size in _SEVERAL:
        large = style.type(size, size * 1.2, bold=True)
        lines = set_lines(span, large, room_pt)
        if len(lines) <= _MOST_LINES:
            break
    return lines, large
