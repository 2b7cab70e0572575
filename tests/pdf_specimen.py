"""A document made by hand that holds every role, every kind of box and every script that the fonts carry."""

from agreement.typeset.boxes import (
    Bookmark,
    Box,
    Document,
    Element,
    FieldBox,
    FieldKind,
    Ink,
    LinkBox,
    Role,
    Shape,
    TextBox,
)
from agreement.typeset.fonts import ATKINSON
from agreement.typeset.shape import shape, width

WIDTH_PT, HEIGHT_PT = 612.0, 792.0


def words(text: str, x: float, y: float, page: int = 0, style: str = "en") -> tuple[TextBox, ...]:
    """Set one line at 12 points; `style` is a language, or "bold" for English in bold."""
    boxes = []
    bold = style == "bold"
    for run in shape(text, ATKINSON, bold, "en" if bold else style):
        boxes.append(TextBox(page, x, y, 12.0, run))
        x += width([run]) * 12 / 1000
    return tuple(boxes)


def line(x: float, y: float, length_pt: float, page: int = 0) -> Shape:
    """Draw a line to write on."""
    return Shape(page, (("M", x, y), ("L", x + length_pt, y)), Ink.LINE)


def paragraph(text: str, y: float, page: int = 0, lang: str = "") -> Element:
    """Set a paragraph of one line."""
    return Element(Role.PARAGRAPH, words(text, 40, y, page, lang or "en"), lang=lang)


def circle(x: float, y: float, radius_pt: float, page: int = 0) -> Shape:
    """Draw a ring in the accent colour."""
    near = radius_pt * 0.5523
    path = (
        ("M", x + radius_pt, y),
        ("C", x + radius_pt, y + near, x + near, y + radius_pt, x, y + radius_pt),
        ("C", x - near, y + radius_pt, x - radius_pt, y + near, x - radius_pt, y),
        ("C", x - radius_pt, y - near, x - near, y - radius_pt, x, y - radius_pt),
        ("C", x + near, y - radius_pt, x + radius_pt, y - near, x + radius_pt, y),
        ("Z",),
    )
    return Shape(page, path, Ink.ACCENT, 1.6, round_caps=True)


def specimen() -> Document:
    """Return the document: two pages, English with Arabic, Vietnamese, Russian, Greek and Spanish."""
    return Document(
        WIDTH_PT,
        HEIGHT_PT,
        2,
        Element(Role.DOCUMENT, (*_first_page(), *_second_page())),
        _artifacts(),
        "The Rivera family · ¿sí?",
        "en",
        (Bookmark("Side one", 0, 740), Bookmark("Friends · أصدقاء", 0, 700, 1), Bookmark("Side two", 1, 760)),
        ("1", "2"),
    )


def _first_page() -> tuple[Element, ...]:
    flows = Element(
        Role.PARAGRAPH,
        (*words("This promise begins on side one ", 40, 80), *words("and ends (on) side\\two.", 40, 740, 1)),
    )
    return (
        Element(Role.H1, words("Our agreement", 40, 740, style="bold")),
        Element(
            Role.SECTION,
            (
                Element(Role.H2, words("Friends: AV, To, fi", 40, 700, style="bold")),
                Element(Role.LIST, (_entry("1", 670), _entry("2", 640))),
            ),
        ),
        paragraph("Ana knows محمد and سلام well.", 600),
        paragraph("Nguyễn Thị Hạnh, Юлия, Ελένη", 580),
        paragraph("¿Dónde está el teléfono?", 560, lang="es"),
        Element(
            Role.PARAGRAPH,
            (
                *words("Phones go to bed at ", 40, 520),
                Element(Role.FORM, (line(150, 517, 80), FieldBox(0, 150, 517, 80, 18, "bedtime.1", "Bedtime"))),
                *words(" each night. Ask ", 232, 520),
                Element(Role.SPAN, words("NCMEC", 322, 520), expansion="National Center for Missing Children"),
                *words(".", 370, 520),
            ),
        ),
        Element(Role.FIGURE, (circle(80, 460, 18),), alt="A ring to draw a face in"),
        flows,
    )


def _second_page() -> tuple[Element, ...]:
    address = "report.cybertip.org"
    link = LinkBox(1, 40, 676, 110, 14, "https://report.cybertip.org/a b", "Report it to the CyberTipline")
    head = Element(
        Role.TABLE_ROW,
        tuple(
            Element(Role.HEADER_CELL, words(text, x, 640, 1, style="bold"), scope="Column")
            for text, x in (("App", 40), ("Who", 150))
        ),
    )
    row = Element(
        Role.TABLE_ROW,
        (
            Element(Role.CELL, words("Roblox", 40, 620, 1)),
            Element(Role.CELL, (Element(Role.FORM, (FieldBox(1, 150, 616, 90, 18, "who", "Who uses Roblox"),)),)),
        ),
    )
    checks = tuple(
        Element(
            Role.FORM,
            (circle(50 + 40 * place, 560, 11.5, 1), _field(place)),
        )
        for place in range(3)
    )
    return (
        Element(Role.H2, words("Help", 40, 700, 1)),
        Element(Role.PARAGRAPH, (Element(Role.LINK, (*words(address, 40, 680, 1), link)),)),
        Element(Role.TABLE, (head, row)),
        Element(Role.PARAGRAPH, (*words("Initials ", 40, 585, 1), *checks)),
    )


def _field(place: int) -> FieldBox:
    kinds = (
        {"kind": FieldKind.CHECK, "value": "yes"},
        {"kind": FieldKind.CHECK},
        {"value": "MÑ"},
    )
    chosen = kinds[place]
    return FieldBox(
        1,
        38.5 + 40 * place,
        548.5,
        23,
        23,
        f"initials-{place}",
        f"Initials of person {place + 1}",
        FieldKind(chosen.get("kind", FieldKind.TEXT)),
        str(chosen.get("value", "")),
        round=True,
    )


def _entry(label: str, y: float) -> Element:
    return Element(
        Role.ENTRY,
        (
            Element(Role.LABEL, words(label, 40, y)),
            Element(
                Role.BODY,
                (*words("I will ask ", 60, y), *words("before", 118, y, style="bold"), *words(" I add.", 160, y)),
            ),
        ),
    )


def _artifacts() -> tuple[Box, ...]:
    dot = ((60.0, 30.0), (64.0, 30.0), (64.0, 34.0), (60.0, 34.0))
    square = (("M", *dot[0]), *(("L", *corner) for corner in dot[1:]), ("Z",))
    return (
        Shape(0, (("M", 40, 126), ("L", 572, 126)), Ink.CUT, 0.9, dash=(5, 4)),
        Shape(1, (("M", 40, 100), ("L", 572, 100)), Ink.LEADER, 1.0, dash=(0, 3), round_caps=True),
        Shape(1, square, Ink.TEXT, fill=True),
        *words("Side 2 of 2", 500, 30, 1),
    )
