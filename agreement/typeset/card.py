"""The help card at the foot of the last side, to cut off, and what stands on its back: nothing about this family."""

from collections.abc import Iterator

from agreement.compose.agreement import Agreement, Contact
from agreement.typeset.boxes import Element, Ink, Role, Shape
from agreement.typeset.lines import Line, Span, set_lines
from agreement.typeset.pen import Pen, entry, labelled
from agreement.typeset.qr import modules
from agreement.typeset.spoken import picture
from agreement.typeset.style import CARD_HEIGHT, Style

PADDING = 13.0
RADIUS = 12.0
ROW_GAP, YOUNG_ROW_GAP = 7.0, 2.0
COLUMNS, YOUNG_COLUMNS = 3, 2
CELL_GAP, WIDEST_GAP = 14.0, 72.0
QR_SIZE, QR_CLEAR = 64.0, 10.0
BULLET = 5.0
BULLET_GAP = 6.0
BACK_LEAD, BACK_GAP = 150.0, 20.0
WRITE_LINE = 120.0
SIGN_COLUMNS = 2


def card_height(agreement: Agreement, style: Style) -> float:
    """Return the height that the card needs for what stands on its front and on its back."""
    return max(CARD_HEIGHT, _Front(agreement, style).height + 6, _Back(agreement, style).height + 6)


class _Front:
    """The cells of the card, in rows: the comforting title first, then the contacts."""

    def __init__(self, agreement: Agreement, style: Style) -> None:
        card, self.style = agreement.card, style
        self.contacts = card.contacts
        cells = [(*_set(card.heading, style, bold=True), *_set(card.line, style))]
        cells += [(*_set(contact.label, style), *_contact(contact, style)) for contact in card.contacts]
        self.columns = 1 if style.large else YOUNG_COLUMNS if style.young or len(cells) <= 4 else COLUMNS
        self.rows = [cells[at : at + self.columns] for at in range(0, len(cells), self.columns)]
        self.row_gap = YOUNG_ROW_GAP if style.young or style.large else ROW_GAP
        self.row_height = style.card.leading_pt * (1 if style.large else 2)
        self.height = len(self.rows) * (self.row_height + self.row_gap) - self.row_gap

    def draw(self, pen: Pen, right: float) -> list[Element]:
        """Draw the cells between the left padding and `right`; return them, the title first."""
        style = self.style
        widths = [max(_width(row[at]) for row in self.rows if at < len(row)) for at in range(self.columns)]
        spare = right - style.left - PADDING - sum(widths)
        gap = min(max(CELL_GAP, spare / max(1, self.columns - 1)), WIDEST_GAP)
        y = style.card_top + (style.card_height - self.height) / 2
        kids: list[Element] = []
        for number, row in enumerate(self.rows):
            x = style.left + PADDING
            for at, cell in enumerate(row):
                place = number * self.columns + at
                kids.append(_cell(pen, cell, self.contacts[place - 1] if place else None, (x, y)))
                x += widths[at] + gap
            y += self.row_height + self.row_gap
        return kids


def draw_front(pen: Pen, agreement: Agreement) -> Element:
    """Draw the card with the help lines, the cut line over it and the QR code; return its section."""
    style = pen.style
    cut = _cut_line(pen, agreement)
    pen.frame((style.left, style.card_top), (style.measure, style.card_height), RADIUS, 1.0)
    right = style.right - PADDING - (QR_SIZE + QR_CLEAR + CELL_GAP / 2 if agreement.card.qr else 0)
    head, *contacts = _Front(agreement, style).draw(pen, right)
    qr = (_qr(pen, agreement),) if agreement.card.qr else ()
    title, line = head.kids
    return Element(Role.SECTION, (title, cut, line, Element(Role.LIST, tuple(contacts)), *qr))


def _width(cell: tuple[Line, ...]) -> float:
    """Return the width of a cell; one line alone has a line to write on under it."""
    return max(*(line.width_pt for line in cell), 0.0 if len(cell) > 1 else WRITE_LINE)


def _set(text: str, style: Style, bold: bool = False) -> tuple[Line, ...]:
    type_ = style.type(
        style.card_title.size_pt if bold and not style.young else style.card.size_pt, style.card.leading_pt
    )
    return set_lines([Span(text, bold=bold)], type_, style.measure)


def _contact(contact: Contact, style: Style) -> tuple[Line, ...]:
    return set_lines([Span(contact.contact, bold=True)], style.card, style.measure) if contact.contact else ()


def _cell(pen: Pen, cell: tuple[Line, ...], contact: Contact | None, at: tuple[float, float]) -> Element:
    style = pen.style
    x, y = at
    leading = style.card.leading_pt
    if contact is None:
        title = style.card if style.young else style.card_title
        first = pen.line(cell[0], style.type(title.size_pt, leading), x, y)
        second = pen.line(cell[1], style.card, *_below(cell[0], style, x, y))
        return Element(Role.SECTION, (Element(Role.H2, tuple(first)), Element(Role.PARAGRAPH, tuple(second))))
    label = pen.line(cell[0], style.card, x, y)
    right, below = _below(cell[0], style, x, y)
    if len(cell) == 1:
        name = ("help." + contact.label, contact.label)
        return labelled(label, [pen.write_on(right, below + leading - 3, WRITE_LINE, name, style.card.size_pt)])
    words = pen.line(cell[1], style.card, right, below)
    if contact.address:
        place = (right, below, cell[1].width_pt, leading)
        address = f"https://{contact.address}"
        words = [pen.link(words, place, address, f"{contact.label}: {contact.address}")]
    return labelled(label, words)


def _below(label: Line, style: Style, x: float, top: float) -> tuple[float, float]:
    """Return where the second line of a cell begins; in large print it goes on behind the first."""
    return (x + label.width_pt + CELL_GAP, top) if style.large else (x, top + style.card.leading_pt)


def _cut_line(pen: Pen, agreement: Agreement) -> Element:
    """Return scissors on a line, as a picture that says what stands below: the card of which the steps speak."""
    style, drawn = pen.style, []
    y = pen.up(style.cut_line)
    start = max(35.0, style.margin - 5 if style.margin >= 40 else style.margin)
    end = min(style.right + 4, style.width - 36)
    for sign in (1, -1):
        drawn.append(pen.circle(start, style.cut_line + sign * 3.2 - 3, 6, 0.9))
        path = (("M", start + 5.5, y - sign * 2), ("L", start + 18, y + sign * 4.6))
        drawn.append(Shape(pen.page, path, Ink.LINE, 0.9, round_caps=True))
    drawn.append(Shape(pen.page, (("M", start + 21, y), ("L", end, y)), Ink.CUT, 0.9, dash=(5, 4)))
    return picture(drawn, agreement.say("cut_line_alt"))


def _qr(pen: Pen, agreement: Agreement) -> Element:
    """Return the code as one figure: black modules on the paper's own white."""
    style, address = pen.style, agreement.card.qr
    count, rows = modules(f"https://{address}")
    module = QR_SIZE / count
    left = style.right - PADDING - QR_SIZE + 4
    top = style.card_top + (style.card_height - QR_SIZE) / 2
    path: list[tuple[str | float, ...]] = []
    for number, stretches in enumerate(rows):
        y = pen.up(top + (number + 1) * module)
        path += [("R", left + start * module, y, (end - start) * module, module) for start, end in stretches]
    shape = Shape(pen.page, tuple(path), Ink.TEXT, 0, fill=True, grid_pt=module)
    purpose = next((one.label for one in agreement.card.contacts if one.address == address), agreement.card.heading)
    return picture([shape], agreement.say("qr_alt", purpose=purpose, address=address))


class _Back:
    """The back of the card: a title and a lead on the left, the signs in two columns beside them."""

    def __init__(self, agreement: Agreement, style: Style) -> None:
        self.style = style
        wide = BACK_LEAD + (40 if style.young or style.large else 0)
        own = style.young and not style.large
        self.title_type = style.type(17, 20, bold=True) if own else style.card_title
        self.title = set_lines([Span(agreement.card_back.heading)], self.title_type, wide)
        self.lead = set_lines([Span(agreement.card_back.lead)], style.card, wide)
        left = max(line.width_pt for line in (*self.title, *self.lead))
        self.signs_left = style.left + PADDING + left + BACK_GAP
        self.column = (style.right - PADDING - self.signs_left) / SIGN_COLUMNS
        room = self.column - BULLET - BULLET_GAP - 2
        self.signs = [set_lines([Span(sign)], style.card, room) for sign in agreement.card_back.signs]
        self.per_column = -(-len(self.signs) // SIGN_COLUMNS)
        self.lead_height = self.title_type.leading_pt * len(self.title) + style.card.leading_pt * len(self.lead)
        self.pitch = style.card.leading_pt * max(map(len, self.signs))
        self.height = max(self.lead_height, self.per_column * self.pitch)

    def draw(self, pen: Pen) -> Element:
        style = self.style
        x, y = style.left + PADDING, style.card_top + (style.card_height - self.lead_height) / 2
        heading = pen.lines(self.title, self.title_type, x, y)
        words = pen.lines(self.lead, style.card, x, y + self.title_type.leading_pt * len(self.title))
        signs = Element(Role.LIST, tuple(self._draw_signs(pen)))
        return Element(Role.SECTION, (Element(Role.H2, tuple(heading)), Element(Role.PARAGRAPH, tuple(words)), signs))

    def _draw_signs(self, pen: Pen) -> Iterator[Element]:
        """Yield the signs, down the first column, then the second."""
        style, leading = self.style, self.style.card.leading_pt
        pitch = max(self.pitch, (style.card_height - 12) / self.per_column - 3)
        top = style.card_top + (style.card_height - self.per_column * pitch) / 2
        for at, sign in enumerate(self.signs):
            place, row = divmod(at, self.per_column)
            x, y = self.signs_left + place * self.column, top + row * pitch + (pitch - leading * len(sign)) / 2
            pen.ring(x, y + leading / 2 - BULLET / 2, BULLET, 1.2, Ink.ACCENT)
            yield entry(pen.lines(sign, style.card, x + BULLET + BULLET_GAP, y))


def draw_back(pen: Pen, agreement: Agreement) -> Element:
    """Draw "Time to tell" where the card's back will be; return its section."""
    style = pen.style
    frame = pen.rounded((style.left, style.card_top), (style.measure, style.card_height), RADIUS, 1.0)
    heading, *rest = _Back(agreement, style).draw(pen).kids
    return Element(Role.SECTION, (heading, picture([frame], agreement.say("card_back_alt")), *rest))
