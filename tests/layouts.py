"""What tests ask of a Document: its words in reading order, what stands under which role, and where its ink lies.

Measures are points from the bottom left of a page, as in agreement.typeset.boxes. Knows nothing of PDF.
"""

from collections.abc import Iterator
from typing import NamedTuple

from agreement.typeset.boxes import (
    Box,
    Document,
    Element,
    FieldBox,
    FieldKind,
    GlyphRun,
    Ink,
    LinkBox,
    Role,
    Shape,
    TextBox,
)

MARGIN = 12 / 25.4 * 72
"""Twelve millimetres: printers leave the edge of the paper white."""
EM_ABOVE, EM_BELOW = 0.75, 0.25
"""How far the letters of a line reach, as parts of the type size; marks piled up on a letter may reach farther."""
CURVE_STEPS = 24
READ_AS_ONE = {Role.H1, Role.H2, Role.PARAGRAPH, Role.ENTRY, Role.TABLE_ROW, Role.FIGURE}


class Frame(NamedTuple):
    """A rectangle on a page."""

    left: float
    bottom: float
    right: float
    top: float


# ---- words -----------------------------------------------------------------------------------------------------------


def words(node: Element | Box) -> str:
    """Return the text under a node in reading order, without fields."""
    if isinstance(node, Element):
        return "".join(map(words, node.kids))
    return node.run.text if isinstance(node, TextBox) else ""


def elements(node: Element, *roles: Role) -> Iterator[Element]:
    """Yield the elements of some roles below a node, in reading order."""
    for kid in node.kids:
        if isinstance(kid, Element):
            if kid.role in roles:
                yield kid
            yield from elements(kid, *roles)


def headings(document: Document) -> list[str]:
    """Return the second-level headings in reading order."""
    return [words(heading).strip() for heading in elements(document.root, Role.H2)]


def section(document: Document, heading: str) -> Element:
    """Return the section under a heading."""
    for found in elements(document.root, Role.SECTION):
        first = found.kids[0]
        if isinstance(first, Element) and first.role == Role.H2 and words(first).strip() == heading:
            return found
    raise AssertionError(f"no section is headed {heading!r}")


def blocks(node: Element) -> Iterator[Element]:
    """Yield what is read in one go: headings, paragraphs, entries, rows, figures."""
    for kid in node.kids:
        if isinstance(kid, Element):
            if kid.role in READ_AS_ONE:
                yield kid
            else:
                yield from blocks(kid)


def reading(document: Document) -> str:
    """Return everything in reading order, a line a block; what stands in the right column is moved in.

    Circles are ○ and places to write are ____. What nobody reads aloud follows at the end of each page.
    """
    lines: list[str] = []
    page = -1
    for block in blocks(document.root):
        boxes = sorted(block.boxes(), key=lambda box: isinstance(box, Shape))
        if boxes[0].page != page:
            page = boxes[0].page
            lines.append(f"\n== side {page + 1} ==")
        right = _left_of(boxes[0]) > document.width_pt / 2 - 20 and block.role is not Role.FIGURE
        lines.append(" " * (6 if right else 0) + _said(block))
    for page in range(document.page_count):
        lines += [f"\n== not read, side {page + 1} ==", *_unread(document, page)]
    return "\n".join(lines).lstrip("\n") + "\n"


def _left_of(box: Box) -> float:
    return 0.0 if isinstance(box, Shape) else box.x


def _said(block: Element) -> str:
    match block.role:
        case Role.H1:
            return f"# {_inner(block)}"
        case Role.H2:
            return f"## {_inner(block)}"
        case Role.ENTRY:
            return f"- {_inner(block)}"
        case Role.TABLE_ROW:
            return f"| {' | '.join(_inner(cell) for cell in block.kids if isinstance(cell, Element))} |"
        case Role.FIGURE:
            return f"[{block.alt}]"
        case _:
            return _inner(block)


def _inner(block: Element) -> str:
    parts: list[str] = []
    for kid in block.kids:
        if isinstance(kid, TextBox):
            parts.append(kid.run.text)
        elif isinstance(kid, FieldBox):
            parts.append("○" if kid.kind is FieldKind.CHECK else "____")
        elif isinstance(kid, Element):
            apart = kid.role in READ_AS_ONE | {Role.BODY, Role.LABEL, Role.FORM}
            parts.append(f" {_inner(kid)} " if apart else _inner(kid))
        elif isinstance(kid, LinkBox):
            parts.append(f" <{kid.address}>")
    return " ".join("".join(parts).split())


def _unread(document: Document, page: int) -> list[str]:
    """Return letters over circles and the running line, those of one height on one line."""
    found: dict[float, list[TextBox]] = {}
    for box in document.artifacts:
        if isinstance(box, TextBox) and box.page == page:
            found.setdefault(round(box.y), []).append(box)
    rows = [sorted(found[height], key=lambda box: box.x) for height in sorted(found, reverse=True)]
    lines = []
    for row in rows:
        line, end = "", row[0].x
        for box in row:
            line += ("  " if box.x - end > box.size_pt else "") + box.run.text
            end = frame(box).right
        lines.append(line)
    return lines


# ---- boxes -----------------------------------------------------------------------------------------------------------


def all_boxes(document: Document) -> list[Box]:
    """Return every box, read or not."""
    return [*document.root.boxes(), *document.artifacts]


def texts(document: Document) -> list[TextBox]:
    """Return every run that draws something, read or not."""
    return [box for box in all_boxes(document) if isinstance(box, TextBox) and box.run.text.strip()]


def fields(document: Document) -> list[FieldBox]:
    """Return every field in reading order."""
    return [box for box in document.root.boxes() if isinstance(box, FieldBox)]


def shapes(document: Document, ink: Ink | None = None) -> list[Shape]:
    """Return the lines and curves, of one ink or of all."""
    return [box for box in all_boxes(document) if isinstance(box, Shape) and ink in {None, box.ink}]


def pages_of(node: Element) -> set[int]:
    """Return the pages on which something under a node stands."""
    return {box.page for box in node.boxes()}


def frame(box: Box) -> Frame:
    """Return what a box covers: the letters' em of a text, the ink of a shape, the rectangle of a field or link."""
    match box:
        case TextBox():
            left, right = _ink_ends(box.run)
            em = box.size_pt / 1000
            return Frame(
                box.x + left * em, box.y - EM_BELOW * box.size_pt, box.x + right * em, box.y + EM_ABOVE * box.size_pt
            )
        case Shape():
            return _shape_frame(box)
        case _:
            return Frame(box.x, box.y, box.x + box.width, box.y + box.height)


def _ink_ends(run: GlyphRun) -> tuple[float, float]:
    """Return where the ink of a run begins and ends, in thousandths of the size: spaces at its ends have none."""
    advances = [glyph.advance for glyph in run.glyphs]
    blank = [bool(glyph.text) and not glyph.text.strip() for glyph in run.glyphs]
    start, end = 0, len(advances)
    while start < end and blank[start]:
        start += 1
    while end > start and blank[end - 1]:
        end -= 1
    return sum(advances[:start]), sum(advances[:end])


def _shape_frame(shape: Shape) -> Frame:
    points = list(_points(shape))
    half = 0 if shape.fill else shape.width_pt / 2
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Frame(min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half)


def _points(shape: Shape) -> Iterator[tuple[float, float]]:
    """Yield points of a path; of a curve as many as tell within a tenth of a point how far it reaches."""
    here = (0.0, 0.0)
    for name, *rest in shape.path:
        numbers = [float(number) for number in rest]
        if name == "R":
            x, y, width, height = numbers
            yield from ((x, y), (x + width, y + height))
            continue
        corners = [here, *zip(numbers[::2], numbers[1::2], strict=True)]
        if name == "C":
            yield from (_on_curve(corners, step / CURVE_STEPS) for step in range(CURVE_STEPS + 1))
        else:
            yield from corners[1:]
        here = corners[-1]


def _on_curve(corners: list[tuple[float, float]], part: float) -> tuple[float, float]:
    weights = [(1 - part) ** 3, 3 * part * (1 - part) ** 2, 3 * part**2 * (1 - part), part**3]
    x, y = (sum(weight * corner[axis] for weight, corner in zip(weights, corners, strict=True)) for axis in (0, 1))
    return x, y


def outside(document: Document, margin: float = MARGIN) -> list[str]:
    """Describe every box that comes nearer than `margin` to an edge of its page."""
    wrong = []
    for box in all_boxes(document):
        if isinstance(box, TextBox) and not box.run.text.strip():
            continue
        left, bottom, right, top = frame(box)
        inside = left >= margin and bottom >= margin
        if not (inside and right <= document.width_pt - margin and top <= document.height_pt - margin):
            wrong.append(f"{frame(box)} of {box}"[:300])
    return wrong


def overlapping(document: Document, slack: float = 0.3) -> list[str]:
    """Describe every two texts of a page that lie over each other by more than `slack` points both ways."""
    wrong = []
    for page in range(document.page_count):
        placed = sorted(((frame(box), box) for box in texts(document) if box.page == page), key=lambda one: one[0].left)
        for at, (one, first) in enumerate(placed):
            for other, second in placed[at + 1 :]:
                if other.left >= one.right - slack:
                    break
                if min(one.top, other.top) - max(one.bottom, other.bottom) > slack:
                    wrong.append(f"page {page + 1}: {first.run.text[:40]!r} and {second.run.text[:40]!r}")
    return wrong
