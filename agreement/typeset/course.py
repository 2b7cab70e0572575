"""What a twin must know of the paper: in which order an agreement is read, and which notes are left out.

It lays out, looks, and throws the pages away. Nothing here is imported for a PDF.
"""

from collections.abc import Iterator

from agreement.compose.agreement import Agreement, Course
from agreement.compose.handout import Handout
from agreement.errors import FontError, LayoutError
from agreement.typeset.boxes import Element, Role, TextBox
from agreement.typeset.layout import lay_out
from agreement.typeset.pages import style_of
from agreement.typeset.reading_pages import shown_of


def course_of(agreement: Agreement) -> Course:
    """Return the course of an agreement on its paper; the usual one where no paper or font holds what it says."""
    try:
        document = lay_out([agreement])
    except (FontError, LayoutError):
        return Course()
    return Course(tuple(_headings(document.root)), document.page_count == 1)


def _headings(element: Element) -> Iterator[str]:
    if element.role is Role.H2:
        yield "".join(box.run.text for box in element.boxes() if isinstance(box, TextBox))
        return
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _headings(kid)


def as_printed(handout: Handout) -> Handout:
    """Return an extra page without the notes that its paper leaves out; whole where no paper or font holds it."""
    if handout.form in ("cards", "slips"):
        return handout
    try:
        return handout._replace(passages=shown_of(handout, style_of(handout)))
    except (FontError, LayoutError):
        return handout
