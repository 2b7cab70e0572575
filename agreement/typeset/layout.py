"""From an Agreement to a Document: tries type sizes, fills pages, draws, and puts everything in reading order."""

from collections.abc import Sequence

from agreement.compose.agreement import Agreement, titled
from agreement.typeset import card
from agreement.typeset.block import Block
from agreement.typeset.boxes import Bookmark, Box, Document, Element, Role, TextBox
from agreement.typeset.fit import RUNNING_TOP, fit
from agreement.typeset.lines import Span, fit_one_line, set_lines
from agreement.typeset.pen import Pen
from agreement.typeset.spoken import short_texts

OVER_BASELINE = 1.5
"""How far over a heading a viewer is led, of its size."""


def lay_out(agreements: Sequence[Agreement]) -> Document:
    """Lay out one or more agreements as one document; each begins on a front and has sides of its own.

    Raises FontError for a character that no font has, LayoutError for words that no page holds.
    """
    parts: list[Element] = []
    artifacts: list[Box] = []
    bookmarks: list[Bookmark] = []
    labels: list[str] = []
    names: set[str] = set()
    pages = 0
    sheet = None
    for agreement in agreements:
        pages += pages % 2
        labels += [""] * (pages - len(labels))
        sheet = _Sheet(agreement, pages, artifacts, names)
        parts += sheet.draw()
        bookmarks += sheet.bookmarks(len(agreements) > 1)
        labels += sheet.labels(len(agreements) > 1)
        pages = sheet.last_page + 1
    assert sheet is not None, "an agreement to lay out"
    first = agreements[0]
    return Document(
        width_pt=sheet.style.width,
        height_pt=sheet.style.height,
        page_count=pages,
        root=Element(Role.DOCUMENT, tuple(parts), lang=first.locale),
        artifacts=tuple(artifacts),
        title=titled(first.title, first.family_name),
        lang=first.locale,
        bookmarks=tuple(bookmarks),
        page_labels=tuple(labels),
        contrast=first.contrast,
    )


class _Sheet:
    """One agreement on its pages, from `first_page` on."""

    def __init__(self, agreement: Agreement, first_page: int, artifacts: list[Box], names: set[str]) -> None:
        self.agreement, self.first_page, self.artifacts = agreement, first_page, artifacts
        self.style, self.placed = fit(agreement, first_page)
        self.last_page = max(one.page for one in self.placed)
        self.pen = Pen(self.style, first_page, artifacts, names)
        self.pen.shorts = short_texts(agreement)
        self._elements: list[Element] = []

    def draw(self) -> list[Element]:
        """Draw everything; return the elements in reading order.

        The back of the card is read where it stands: after all that begins on its page or before. A part that goes on
        from there to the last page is read as a whole.
        """
        before_last = self.last_page - 1
        blocks: dict[Block, int] = {}
        lettered: set[tuple[type, int]] = set()
        for one in self.placed:
            blocks.setdefault(one.block, one.page)
            kind = (type(one.block), one.page)
            one.strip.draw(self.pen.at(one.page, kind not in lettered), one.top)
            lettered.add(kind)
        elements: list[Element] = []
        for on_last in (False, True):
            for block, page in blocks.items():
                if (page > before_last) is on_last:
                    elements += block.elements()
            if not on_last and before_last >= self.first_page:
                elements.append(card.draw_back(self.pen.at(before_last), self.agreement))
        elements.append(card.draw_front(self.pen.at(self.last_page), self.agreement))
        self._elements = elements
        for page in range(self.first_page + 1, self.last_page + 1):
            self._running_line(self.pen.at(page), page - self.first_page + 1)
        return elements

    def _running_line(self, pen: Pen, number: int) -> None:
        agreement, style = self.agreement, self.style
        say = agreement.say
        left = agreement.title
        if agreement.family_name and agreement.date_text:
            left = say("running", family=agreement.family_name, title=agreement.title, date=agreement.date_text)
        right = say("side", n=number, m=self.last_page - self.first_page + 1)
        side = set_lines([Span(right)], style.running, style.measure)[0]
        room = style.measure - side.width_pt - 20
        whole = fit_one_line([Span(left, whose="the family's name")], style.running, room)
        text = whole or set_lines([Span(agreement.title)], style.running, room)[0]
        pen.furnish(pen.line(text, style.running, style.left, RUNNING_TOP))
        pen.furnish(pen.line(side, style.running, style.right - side.width_pt, RUNNING_TOP))

    def bookmarks(self, several: bool) -> list[Bookmark]:
        """Return the outline of what was drawn: the headings, below the names where the document has several sheets."""
        height = self.style.height
        marks = [Bookmark(_whose(self.agreement), self.first_page, height, 0)] if several else []
        for section in self._elements:
            heading = section.kids[0] if section.role is Role.SECTION else None
            if isinstance(heading, Element) and heading.role is Role.H2:
                words = [box for box in heading.boxes() if isinstance(box, TextBox)]
                title = "".join([box.run.text for box in words]).strip()
                top = min(height, words[0].y + OVER_BASELINE * words[0].size_pt)
                marks.append(Bookmark(title, words[0].page, top, 1 if several else 0))
        return marks

    def labels(self, several: bool) -> list[str]:
        """Return what viewers call the sides: numbers, behind the names of this sheet where there are several."""
        whose = f"{_whose(self.agreement)} · " if several else ""
        return [f"{whose}{side + 1}" for side in range(self.last_page - self.first_page + 1)]


def _whose(agreement: Agreement) -> str:
    return ", ".join(person.name for person in agreement.children) or agreement.family_name or agreement.title
