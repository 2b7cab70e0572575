"""A sheet to lay between two classes in a pile: the class, and how many households follow. No name of anybody else."""

from agreement.typeset.boxes import Document, Element, Role
from agreement.typeset.lines import Span, set_lines
from agreement.typeset.pen import Pen
from agreement.typeset.style import PAPERS, styles

_TOP_PT = 200.0


def cover(title: str, count: int, height_pt: float, lang: str) -> Document:
    """Return a page with a class in the largest type and the number of its households under it."""
    paper = next((name for name, (_, height, _) in PAPERS.items() if height == height_pt), "letter")
    style = styles(paper, False, lang)[0]
    pen = Pen(style, 0, [], set())
    large, small = style.type(60, 70, bold=True), style.type(34, 44)
    lines = set_lines([Span(title, bold=True, isolate=True, whose="the name of a class")], large, style.measure)
    below = _TOP_PT + len(lines) * large.leading_pt
    number = set_lines([Span(str(count))], small, style.measure)
    root = Element(
        Role.DOCUMENT,
        (
            Element(Role.H1, tuple(pen.lines(lines, large, style.left, _TOP_PT))),
            Element(Role.PARAGRAPH, tuple(pen.lines(number, small, style.left, below))),
        ),
        lang=lang,
    )
    return Document(style.width, style.height, 1, root, (), title, lang)
