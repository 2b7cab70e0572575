"""A sheet of help cards to cut out, in the size of a bank card, with their backs on the next side.

The cards stand in the middle of the sheet, so that backs meet fronts whichever long edge the paper is turned on. The
first card is read; the others are copies of it, and nobody has to hear them.
"""

from collections.abc import Iterator, Sequence

from agreement.compose.agreement import CardBack, Contact, HelpCard
from agreement.compose.handout import Handout
from agreement.errors import LayoutError
from agreement.typeset.boxes import Bookmark, Element, Ink, Role
from agreement.typeset.card import BULLET, BULLET_GAP
from agreement.typeset.lines import Line, Span, Type, fit_one_line, set_lines
from agreement.typeset.pen import Kid, Pen, entry, labelled, parted
from agreement.typeset.running import Laid, Paper
from agreement.typeset.style import Style

CARD_WIDTH, CARD_HEIGHT = 85.6 * 72 / 25.4, 54.0 * 72 / 25.4
"""ISO/IEC 7810, size ID-1."""
ACROSS, DOWN = 2, 4
PADDING = 12.0
LEAST_PADDING = 6.0
ROW_GAP = 4.0
WRITE_LINE = 80.0
OVER_CARDS = 26.0


def lay_cards(handout: Handout, style: Style, paper: Paper, page: int) -> Laid:
    """Draw the fronts on `page` and the backs on the next one."""
    assert handout.card is not None, "a handout of cards has a card"
    assert handout.card_back is not None, "a handout of cards has a card's back"
    sides: tuple[_Front | _Back, ...] = _Front(handout.card, style), _Back(handout.card_back, style)
    if style.young and not _fit(sides):  # siblings: the lines that older ones need, in a type that holds them
        style = style._replace(young=False)
        sides = _Front(handout.card, style), _Back(handout.card_back, style)
    if not _fit(sides):
        raise LayoutError("the help card says more than a card of this size holds. Shorten its lines.")
    pens = paper.pen(style, page), paper.pen(style, page + 1)
    elements = [_title(handout, style, pens[0])]
    corners = list(_corners(style))
    _draw_cuts(pens[0], corners)
    for at, corner in enumerate(corners):
        for side, pen in zip(sides, pens, strict=True):
            element = side.draw(pen, (corner[0] + PADDING, corner[1] + (CARD_HEIGHT - side.height) / 2), at == 0)
            if at == 0:
                elements.append(element)
            else:
                pen.furnish([box for box in element.boxes() if hasattr(box, "run")])
    marks = [Bookmark(handout.card.heading, page, style.height, 1)]
    return Laid(elements, marks, 2)


def _fit(sides: "Sequence[_Front | _Back]") -> bool:
    return all(side.height <= CARD_HEIGHT - 2 * LEAST_PADDING for side in sides)


def _title(handout: Handout, style: Style, pen: Pen) -> Element:
    type_ = Type(style.stack, 11, 14, True, style.lang)
    words = set_lines([Span(handout.title), Span(f" {handout.word('cut')}")], type_, style.measure)
    left, top = next(_corners(style))
    return Element(Role.H1, tuple(pen.lines(words, type_, left, top - OVER_CARDS)))


def _corners(style: Style) -> Iterator[tuple[float, float]]:
    """Yield the top left corner of each card, row after row."""
    left, top = (style.width - ACROSS * CARD_WIDTH) / 2, (style.height - DOWN * CARD_HEIGHT) / 2
    for row in range(DOWN):
        for place in range(ACROSS):
            yield left + place * CARD_WIDTH, top + row * CARD_HEIGHT


def _draw_cuts(pen: Pen, corners: Sequence[tuple[float, float]]) -> None:
    left, top = corners[0]
    right, bottom = left + ACROSS * CARD_WIDTH, top + DOWN * CARD_HEIGHT
    for place in range(ACROSS + 1):
        x = left + place * CARD_WIDTH
        pen.draw((("M", x, pen.up(top - 8)), ("L", x, pen.up(bottom + 8))), Ink.CUT, 0.9, dash=(5, 4))
    for row in range(DOWN + 1):
        y = pen.up(top + row * CARD_HEIGHT)
        pen.draw((("M", left - 8, y), ("L", right + 8, y)), Ink.CUT, 0.9, dash=(5, 4))


class _Front:
    """The help lines: what each is for and how to reach it, on one line where that fits."""

    def __init__(self, card: HelpCard, style: Style) -> None:
        self.style, self.card = style, card
        self.measure = CARD_WIDTH - 2 * PADDING
        self.title = set_lines([Span(card.heading)], style.card_title, self.measure)
        self.line = set_lines([Span(card.line)], style.card, self.measure)
        self.rows = [self._row(contact) for contact in card.contacts]
        lines = len(self.line) + sum(len(row) for row in self.rows)
        height = len(self.title) * style.card_title.leading_pt + lines * style.card.leading_pt + 4
        spare = (CARD_HEIGHT - 2 * PADDING - height) / len(self.rows)
        self.row_gap = max(0.0, min(ROW_GAP, spare))
        self.height = height + self.row_gap * (len(self.rows) - 1)

    def _row(self, contact: Contact) -> tuple[Line, ...]:
        type_ = self.style.card
        if not contact.contact:
            return set_lines([Span(contact.label)], type_, self.measure - WRITE_LINE)
        words = [Span(f"{contact.label} "), Span(contact.contact, bold=True)]
        whole = fit_one_line(words, type_, self.measure)
        if whole:
            return (whole,)
        return (*set_lines(words[:1], type_, self.measure), *set_lines(words[1:], type_, self.measure))

    def draw(self, pen: Pen, at: tuple[float, float], first: bool) -> Element:
        """Draw the front; only the first card has links and fields."""
        style, (x, y) = self.style, at
        heading = pen.lines(self.title, style.card_title, x, y)
        y += len(self.title) * style.card_title.leading_pt
        line = pen.lines(self.line, style.card, x, y)
        y += len(self.line) * style.card.leading_pt + 4
        entries = []
        for row, contact in zip(self.rows, self.card.contacts, strict=True):
            label, words = parted(pen.lines(row, style.card, x, y), len(contact.label))
            if not contact.contact:
                words = self._blank(pen, (x + row[-1].width_pt + 4, y), contact, first)
            elif contact.address and first:
                place = (x, y, max(line.width_pt for line in row), len(row) * style.card.leading_pt)
                words = [pen.link(words, place, f"https://{contact.address}", f"{contact.label}: {contact.address}")]
            entries.append(labelled(label, words))
            y += len(row) * style.card.leading_pt + self.row_gap
        parts = (
            Element(Role.H2, tuple(heading)),
            Element(Role.PARAGRAPH, tuple(line)),
            Element(Role.LIST, tuple(entries)),
        )
        return Element(Role.SECTION, parts)

    def _blank(self, pen: Pen, at: tuple[float, float], contact: Contact, first: bool) -> list[Kid]:
        style = self.style
        base = pen.baseline(at[1], style.card)
        if first:
            return [pen.write_on(at[0], base, WRITE_LINE, ("wallet." + contact.label, contact.label), 11)]
        pen.rule(at[0], base + 3, WRITE_LINE)
        return []


class _Back:
    """The signs that it is time to tell."""

    def __init__(self, back: CardBack, style: Style) -> None:
        self.style = style
        measure = CARD_WIDTH - 2 * PADDING
        self.title = set_lines([Span(back.heading)], style.card_title, measure)
        self.lead = set_lines([Span(back.lead)], style.card, measure)
        room = measure - BULLET - BULLET_GAP
        self.signs = [set_lines([Span(sign)], style.card, room) for sign in back.signs]
        lines = len(self.lead) + sum(map(len, self.signs))
        self.height = len(self.title) * style.card_title.leading_pt + lines * style.card.leading_pt + 3

    def draw(self, pen: Pen, at: tuple[float, float], first: bool) -> Element:
        """Draw the back."""
        style, (x, y) = self.style, at
        leading = style.card.leading_pt
        heading = pen.lines(self.title, style.card_title, x, y)
        y += len(self.title) * style.card_title.leading_pt
        lead = pen.lines(self.lead, style.card, x, y)
        y += len(self.lead) * leading + 3
        entries = []
        for sign in self.signs:
            pen.ring(x, y + leading / 2 - BULLET / 2, BULLET, 1.2, Ink.ACCENT)
            entries.append(entry(pen.lines(sign, style.card, x + BULLET + BULLET_GAP, y)))
            y += len(sign) * leading
        parts = (
            Element(Role.H2, tuple(heading)),
            Element(Role.PARAGRAPH, tuple(lead)),
            Element(Role.LIST, tuple(entries)),
        )
        return Element(Role.SECTION, parts)
