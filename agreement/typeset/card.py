"""The help card at the foot of the last side, to cut off, and what stands on its back: nothing about this family."""

from agreement.compose.agreement import Agreement, Contact
from agreement.typeset.boxes import Element, Ink, Role, Shape
from agreement.typeset.lines import Line, Span, set_lines
from agreement.typeset.pen import Kid, Pen
from agreement.typeset.style import Style

PADDING = 13.0
RADIUS = 12.0
ROW_GAP, YOUNG_ROW_GAP = 7.0, 2.0
COLUMNS, YOUNG_COLUMNS = 3, 2
CELL_GAP = 14.0
QR_SIZE, QR_CLEAR = 64.0, 10.0
QR_MASK = 6
"""Every reader takes each of the eight masks; to try them all costs 4 ms."""
BULLET = 5.0
BULLET_GAP = 6.0
BACK_LEAD = 150.0
SIGN_COLUMNS = 2


def draw_front(pen: Pen, agreement: Agreement) -> Element:
    """Draw the card with the help lines, the cut line over it and the QR code; return its section."""
    style, card = pen.style, agreement.card
    _draw_cut_line(pen)
    top = style.card_top
    pen.frame((style.left, top), (style.measure, style.card_height), RADIUS, 1.0)
    heading = _set(card.heading, style, bold=True)
    line = _set(card.line, style)
    cells: list[tuple[Line, ...]] = [(*heading, *line)]
    cells += [(*_set(contact.label, style), *_contact(contact, style)) for contact in card.contacts]
    columns = YOUNG_COLUMNS if style.young or len(cells) <= 4 else COLUMNS
    rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
    widths = [
        max((row[at][n].width_pt for row in rows if at < len(row) for n in range(len(row[at]))), default=0)
        for at in range(columns)
    ]
    right = style.right - PADDING - (QR_SIZE + QR_CLEAR + CELL_GAP / 2 if card.qr else 0)
    spare = right - style.left - PADDING - sum(widths)
    gap = max(CELL_GAP, spare / max(1, columns - 1) if columns > 1 else 0)
    leading, row_gap = style.card.leading_pt, YOUNG_ROW_GAP if style.young else ROW_GAP
    height = len(rows) * 2 * leading + (len(rows) - 1) * row_gap
    y = top + (style.card_height - height) / 2
    kids: list[Element] = []
    for number, row in enumerate(rows):
        x = style.left + PADDING
        for at, cell in enumerate(row):
            place = number * columns + at
            kids.append(_cell(pen, cell, card.contacts[place - 1] if place else None, (x, y)))
            x += widths[at] + gap
        y += 2 * leading + row_gap
    head, *contacts = kids
    qr = (_qr(pen, agreement),) if card.qr else ()
    return Element(Role.SECTION, (*head.kids, Element(Role.LIST, tuple(contacts)), *qr))


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
        second = pen.line(cell[1], style.card, x, y + leading)
        return Element(Role.SECTION, (Element(Role.H2, tuple(first)), Element(Role.PARAGRAPH, tuple(second))))
    label = pen.line(cell[0], style.card, x, y)
    if len(cell) == 1:
        name = ("help." + contact.label, contact.label)
        return _entry([*label, pen.write_on(x, y + 2 * leading - 3, 120, name, style.card.size_pt)])
    words = pen.line(cell[1], style.card, x, y + leading)
    if contact.address:
        place = (x, y + leading, cell[1].width_pt, leading)
        address = f"https://{contact.address}"
        words = [pen.link(words, place, address, f"{contact.label}: {contact.address}")]
    return _entry([*label, *words])


def _entry(kids: list[Kid]) -> Element:
    return Element(Role.ENTRY, (Element(Role.BODY, tuple(kids)),))


def _draw_cut_line(pen: Pen) -> None:
    style = pen.style
    y = pen.up(style.cut_line)
    start = max(35.0, style.margin - 5 if style.margin >= 40 else style.margin)
    end = min(style.right + 4, style.width - 36)
    for sign in (1, -1):
        pen.ring(start, style.cut_line + sign * 3.2 - 3, 6, 0.9)
        path = (("M", start + 5.5, y - sign * 2), ("L", start + 18, y + sign * 4.6))
        pen.draw(path, Ink.LINE, 0.9)
    pen.draw((("M", start + 21, y), ("L", end, y)), Ink.CUT, 0.9, dash=(5, 4))


def _qr(pen: Pen, agreement: Agreement) -> Element:
    """Return the code as one figure: black modules on the paper's own white."""
    from qrcodegen import QrCode, QrSegment

    style, address = pen.style, agreement.card.qr
    segments = QrSegment.make_segments(f"https://{address}")
    code = QrCode.encode_segments(segments, QrCode.Ecc.LOW, mask=QR_MASK, boostecl=False)
    count = code.get_size()
    module = QR_SIZE / count
    left = style.right - PADDING - QR_SIZE + 4
    top = style.card_top + (style.card_height - QR_SIZE) / 2
    path: list[tuple[str | float, ...]] = []
    for number in range(count):
        row = [code.get_module(at, number) for at in range(count)]
        y = pen.up(top + (number + 1) * module)
        for start, end in _dark_stretches(row):
            path.append(("R", left + start * module, y, (end - start) * module, module))
    shape = Shape(pen.page, tuple(path), Ink.TEXT, 0, fill=True)
    return Element(Role.FIGURE, (shape,), alt=agreement.say("qr_alt", address=address))


def _dark_stretches(row: list[bool]) -> list[tuple[int, int]]:
    stretches: list[tuple[int, int]] = []
    for at, dark in enumerate(row):
        if dark and stretches and stretches[-1][1] == at:
            stretches[-1] = (stretches[-1][0], at + 1)
        elif dark:
            stretches.append((at, at + 1))
    return stretches


def draw_back(pen: Pen, agreement: Agreement) -> Element:
    """Draw "Time to tell" where the card's back will be; return its section."""
    style, back = pen.style, agreement.card_back
    top = style.card_top
    pen.frame((style.left, top), (style.measure, style.card_height), RADIUS, 1.0)
    title_type = style.type(17, 20, bold=True) if style.young else style.card_title
    title = set_lines([Span(back.heading)], title_type, BACK_LEAD + 40)
    lead = set_lines([Span(back.lead)], style.card, BACK_LEAD + (40 if style.young else 0))
    height = title_type.leading_pt * len(title) + style.card.leading_pt * len(lead)
    x, y = style.left + PADDING, top + (style.card_height - height) / 2
    heading = pen.lines(title, title_type, x, y)
    words = pen.lines(lead, style.card, x, y + title_type.leading_pt * len(title))
    lead_width = max(line.width_pt for line in (*title, *lead))
    signs = _signs(pen, back.signs, x + lead_width + 20)
    return Element(
        Role.SECTION,
        (Element(Role.H2, tuple(heading)), Element(Role.PARAGRAPH, tuple(words)), Element(Role.LIST, signs)),
    )


def _signs(pen: Pen, signs: tuple[str, ...], left: float) -> tuple[Element, ...]:
    """Draw the signs in two columns, read down the first one, then the second."""
    style = pen.style
    per_column = -(-len(signs) // SIGN_COLUMNS)
    column = (style.right - PADDING - left) / SIGN_COLUMNS
    lines = [set_lines([Span(sign)], style.card, column - BULLET - BULLET_GAP) for sign in signs]
    pitch = max(style.card.leading_pt * max(map(len, lines)), (style.card_height - 12) / per_column - 3)
    top = style.card_top + (style.card_height - per_column * pitch) / 2
    entries = []
    for at, sign in enumerate(lines):
        place, row = divmod(at, per_column)
        x, y = left + place * column, top + row * pitch + (pitch - style.card.leading_pt * len(sign)) / 2
        pen.ring(x, y + style.card.leading_pt / 2 - BULLET / 2, BULLET, 1.2, Ink.ACCENT)
        text = pen.lines(sign, style.card, x + BULLET + BULLET_GAP, y)
        entries.append(Element(Role.ENTRY, (Element(Role.BODY, tuple(text)),)))
    return tuple(entries)
