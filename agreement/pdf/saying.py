"""What an element says of itself beside its text: its alternative text, and the attributes that readers announce.

Knows what stands for what (ISO 32000-1, 14.8.5), and nothing of how PDF writes it.
"""

from agreement.pdf.reading import Node, Note, Passage
from agreement.typeset.boxes import Element, FieldBox, FieldKind, Role, Shape, TextBox

OWNERS = {Role.HEADER_CELL: "Table", Role.FIGURE: "Layout", Role.LIST: "List", Role.FORM: "PrintField"}
"""The class to which the attributes of a kind of element belong."""


def attributes(node: Node, element: Element) -> dict[str, str]:
    """Return the attributes of an element by their names in PDF; the box of a figure is left to `bounds`."""
    if node.role is Role.HEADER_CELL:
        return {"Scope": element.scope or "Column"}
    if node.role is Role.FIGURE:
        return {"Placement": "Block"}
    if node.role is Role.LIST:
        return {"ListNumbering": "Decimal"} if _is_numbered(element) else {}
    if node.role is Role.FORM and any(isinstance(kid, Passage) for kid in node.kids):
        return _print_field(element, named=not says_alt(node))
    return {}


def says_alt(node: Node) -> bool:
    """Tell whether an element says its alternative text.

    Not where a field, or what is written in its place, says the same: once is enough to hear.
    """
    if not node.element or not node.element.alt:
        return False
    if node.role is not Role.FORM:
        return True
    for kid in node.kids:
        if isinstance(kid, Note) or (isinstance(kid, Passage) and any(isinstance(box, TextBox) for box in kid.boxes)):
            return False
    return True


def bounds(node: Node) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of what an element shows."""
    xs: list[float] = []
    ys: list[float] = []
    for kid in node.kids:
        for box in kid.boxes if isinstance(kid, Passage) else ():
            if isinstance(box, TextBox):
                width_pt = sum(glyph.advance for glyph in box.run.glyphs) * box.size_pt / 1000
                xs += [box.x, box.x + width_pt]
                ys += [box.y, box.y + box.size_pt]
            else:
                corners = _corners(box)
                xs += corners[0::2]
                ys += corners[1::2]
    return (min(xs), min(ys), max(xs), max(ys)) if xs else (0, 0, 0, 0)


def _corners(shape: Shape) -> list[float]:
    """Return x and y of every point of a shape in turn."""
    found: list[float] = []
    for operator, *values in shape.path:
        points = [float(value) for value in values]
        if operator == "R":
            points[2:] = (points[0] + points[2], points[1] + points[3])
        found += points
    return found


def _is_numbered(element: Element) -> bool:
    """Tell whether a list has labels and all are figures; labels that are words ("Maya:") follow no numbering."""
    labels = [
        "".join(box.run.text for box in part.boxes() if isinstance(box, TextBox))
        for entry in element.kids
        if isinstance(entry, Element)
        for part in entry.kids
        if isinstance(part, Element) and part.role is Role.LABEL
    ]
    return bool(labels) and all(map(is_figure, labels))


def is_figure(label: str) -> bool:
    """Tell whether a label is a figure, whatever ends it."""
    return label.strip(" .)").isdecimal()


def _print_field(element: Element, named: bool) -> dict[str, str]:
    """Describe a place to write on a sheet without fields; it is `named` here unless its alternative text names it."""
    field = next((box for box in element.boxes() if isinstance(box, FieldBox)), None)
    if field is None:
        return {"Role": "tv"}
    name = {"Desc": field.label} if named else {}
    if field.kind is FieldKind.CHECK:
        return {"Role": "cb", "checked": "on" if field.value else "off", **name}
    return {"Role": "tv", **name}
