"""The extra pages behind the sheets: each begins on a front, has an even number of sides, and counts them itself.

It takes a finished document and gives a longer one. Nothing here is imported for a sheet without extra pages.
"""

from collections.abc import Sequence

from agreement.compose.agreement import titled
from agreement.compose.handout import Handout
from agreement.typeset.boxes import Bookmark, Document, Element, FieldBox, Role
from agreement.typeset.fit import RUNNING_TOP
from agreement.typeset.lines import Span, set_lines
from agreement.typeset.pen import Pen
from agreement.typeset.reading_pages import lay_text
from agreement.typeset.running import Laid, Paper
from agreement.typeset.style import PAPERS, Style


def add_pages(document: Document, handouts: Sequence[Handout]) -> Document:
    """Return a document with extra pages after its own; a blank side goes between where one is needed.

    Raises FontError for a character that no font has, LayoutError for words that no page holds.
    """
    paper = Paper(list(document.artifacts), {box.name for box in document.root.boxes() if isinstance(box, FieldBox)})
    parts: list[Element] = []
    bookmarks, labels = list(document.bookmarks), list(document.page_labels)
    page = document.page_count
    if page % 2:
        page += 1
        labels.append("")
    for handout in handouts:
        style = style_of(handout)
        laid = _lay(handout, style, paper, page)
        parts.append(Element(Role.SECTION, tuple(laid.elements)))
        bookmarks += [Bookmark(handout.title, page, style.height, 0), *laid.marks]
        sides = laid.sides + laid.sides % 2
        labels += [f"{handout.title} {side + 1}" for side in range(sides)]
        page += sides
    return document._replace(
        page_count=page,
        root=document.root._replace(kids=(*document.root.kids, *parts)),
        artifacts=tuple(paper.artifacts),
        bookmarks=tuple(bookmarks),
        page_labels=tuple(labels),
    )


def style_of(handout: Handout) -> Style:
    """Return the style that an extra page begins from; running text takes larger type where it can."""
    width, height, margin = PAPERS[handout.paper]
    of_one_size = handout.form in ("cards", "slips")
    young, large = handout.young and handout.form == "cards", handout.large and not of_one_size
    return Style(width, height, margin, 11.0, 14.0, young, handout.language, large=large)


def _lay(handout: Handout, style: Style, paper: Paper, page: int) -> Laid:
    """Draw a handout from `page` on."""
    if handout.form == "cards":
        from agreement.typeset.wallet import lay_cards

        return lay_cards(handout, style, paper, page)
    if handout.form == "slips":
        from agreement.typeset.slips import lay_slips

        return lay_slips(handout, style, paper, page)
    laid = lay_text(handout, style, paper, page)
    for side in range(1, laid.sides):
        _running_line(handout, paper.pen(style, page + side), side + 1, laid.sides)
    return laid


def _running_line(handout: Handout, pen: Pen, number: int, sides: int) -> None:
    style = pen.style
    right = handout.side.replace("{n}", str(number)).replace("{m}", str(sides))
    side = set_lines([Span(right)], style.running, style.measure)[0]
    name = set_lines(
        [Span(titled(handout.title, handout.whose), whose="the family's name")],
        style.running,
        style.measure - side.width_pt - 20,
    )[0]
    pen.furnish(pen.line(name, style.running, style.left, RUNNING_TOP))
    pen.furnish(pen.line(side, style.running, style.right - side.width_pt, RUNNING_TOP))
