"""From an Agreement to a Document: tries type sizes, fills pages, draws, and puts everything in reading order."""

from collections.abc import Sequence

from agreement.compose.agreement import Agreement, Section
from agreement.typeset import card
from agreement.typeset.block import Block
from agreement.typeset.boxes import Bookmark, Box, Document, Element, Role
from agreement.typeset.closing import Signing, Steps
from agreement.typeset.fit import RUNNING_TOP, fit
from agreement.typeset.lines import Span, fit_one_line, set_lines
from agreement.typeset.pen import Pen
from agreement.typeset.pledge import Pledge
from agreement.typeset.promises import Promises
from agreement.typeset.together import Together
from agreement.typeset.writing import AppsAndRules, TrustAndRepair


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
        title=_title(first),
        lang=first.locale,
        bookmarks=tuple(bookmarks),
        page_labels=tuple(labels),
        contrast=first.contrast,
    )


def _title(agreement: Agreement) -> str:
    return f"{agreement.title} · {agreement.family_name}" if agreement.family_name else agreement.title


class _Sheet:
    """One agreement on its pages, from `first_page` on."""

    def __init__(self, agreement: Agreement, first_page: int, artifacts: list[Box], names: set[str]) -> None:
        self.agreement, self.first_page, self.artifacts = agreement, first_page, artifacts
        self.style, self.placed = fit(agreement, first_page)
        self.last_page = max(one.page for one in self.placed)
        self.pen = Pen(self.style, first_page, artifacts, names)

    def draw(self) -> list[Element]:
        """Draw everything; return the elements in reading order."""
        before_last = self.last_page - 1
        back: Element | None = None
        ends = {id(one.block): one.page for one in self.placed}
        lettered: set[tuple[type, int]] = set()
        for one in self.placed:
            kind = (type(one.block), one.page)
            one.strip.draw(self.pen.at(one.page, kind not in lettered), one.top)
            lettered.add(kind)
        elements: list[Element] = []
        for block in dict.fromkeys(one.block for one in self.placed):
            if back is None and ends[id(block)] > before_last >= self.first_page:
                back = card.draw_back(self.pen.at(before_last), self.agreement)
                elements.append(back)
            elements += block.elements()
        elements.append(card.draw_front(self.pen.at(self.last_page), self.agreement))
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
        """Return the outline: the headings, below the names of this sheet where the document has several."""
        level = 1 if several else 0
        style, agreement = self.style, self.agreement
        marks = [Bookmark(_whose(agreement), self.first_page, style.height, 0)] if several else []
        for block, heading in self._headed():
            place = next(one for one in self.placed if one.block is block)
            marks.append(Bookmark(heading, place.page, style.height - place.top, level))
        return marks

    def labels(self, several: bool) -> list[str]:
        """Return what viewers call the sides: numbers, behind the names of this sheet where there are several."""
        whose = f"{_whose(self.agreement)} · " if several else ""
        return [f"{whose}{side + 1}" for side in range(self.last_page - self.first_page + 1)]

    def _headed(self) -> list[tuple[Block, str]]:
        agreement = self.agreement
        headed: list[tuple[Block, str]] = []
        for block in dict.fromkeys(one.block for one in self.placed):
            if agreement.large:
                from agreement.typeset.large_text import Column

                headed += [(block, block.title)] if isinstance(block, Column) else []
            match block:
                case Promises() if block.headed:
                    headed.append((block, block.section.heading))
                case Pledge():
                    headed.append((block, agreement.pledge[0]))
                case Together() | Steps() | Signing():
                    section: Section = {
                        Together: agreement.together,
                        Steps: agreement.steps,
                        Signing: agreement.signing,
                    }[type(block)]
                    headed.append((block, section.heading))
                case AppsAndRules():
                    headed.append((block, agreement.apps.heading))
                case TrustAndRepair():
                    headed.append((block, agreement.trusted.heading))
        return headed


def _whose(agreement: Agreement) -> str:
    return ", ".join(person.name for person in agreement.children) or agreement.family_name or agreement.title
