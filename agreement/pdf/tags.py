"""The structure tree: every node of the reading order as a structure element, and the way back from each page and note.

Knows the tree's objects (ISO 32000-1, 14.7 and 14.8) and nothing of how text is drawn.
"""

from agreement.pdf.engine import Body, Sheet
from agreement.pdf.reading import Node, Note, Passage, Reading
from agreement.pdf.syntax import name, numbers, reference, text_string
from agreement.typeset.boxes import Element, FieldBox, FieldKind, Role, Shape, TextBox


def write_tree(sheet: Sheet, reading: Reading, pages: list[int]) -> None:
    """Write the tree into the file. `pages` are the object numbers of the pages; notes must have been drawn."""
    nodes = list(_all(reading.root, []))
    bodies = [Body() for _ in nodes]
    for node, body in zip(nodes, bodies, strict=True):
        node.number = sheet.add(body)
    root, parents = Body(), Body()
    root_number, parents_number = sheet.add(root), sheet.add(parents)
    owners: dict[tuple[int, int], int] = {}
    keys: dict[int, int] = {}
    reading_parents = {id(kid): node.number for node in nodes for kid in node.kids if isinstance(kid, Node)}
    for node, body in zip(nodes, bodies, strict=True):
        body.text = _element(node, reading_parents.get(id(node), root_number), pages)
        for kid in node.kids:
            if isinstance(kid, Passage):
                owners[kid.page, kid.mark] = node.number
            elif isinstance(kid, Note):
                keys[kid.key] = node.number
    parents.text = f"<</Nums[{_parents(reading, owners, keys)}]>>"
    root.text = (
        f"<</Type/StructTreeRoot/K {reference(reading.root.number)}/ParentTree {reference(parents_number)}"
        f"/ParentTreeNextKey {len(pages) + len(keys)}>>"
    )
    sheet.set_catalog("StructTreeRoot", reference(root_number))
    sheet.set_catalog("MarkInfo", "<</Marked true>>")


def _all(node: Node, found: list[Node]) -> list[Node]:
    found.append(node)
    for kid in node.kids:
        if isinstance(kid, Node):
            _all(kid, found)
    return found


def _parents(reading: Reading, owners: dict[tuple[int, int], int], keys: dict[int, int]) -> str:
    entries = []
    for page, passages in enumerate(reading.passages):
        if passages:
            refs = " ".join(reference(owners[page, passage.mark]) for passage in passages)
            entries.append(f"{page}[{refs}]")
    entries += [f"{key} {reference(keys[key])}" for key in sorted(keys)]
    return " ".join(entries)


def _element(node: Node, parent: int, pages: list[int]) -> str:
    parts = [f"<</Type/StructElem/S{name(node.role)}/P {reference(parent)}"]
    home = next((kid.page for kid in node.kids if isinstance(kid, Passage)), None)
    if home is None:
        home = next((kid.box.page for kid in node.kids if isinstance(kid, Note)), None)
    if home is not None:
        parts.append(f"/Pg {reference(pages[home])}")
    kids = [_kid(kid, home, pages) for kid in node.kids]
    if len(kids) == 1:
        parts.append(f"/K {kids[0]}")
    elif kids:
        parts.append(f"/K[{' '.join(kids)}]")
    if node.says_lang:
        parts.append(f"/Lang{text_string(node.lang)}")
    if node.element:
        if node.element.alt and not _labelled(node):
            parts.append(f"/Alt{text_string(node.element.alt)}")
        if node.element.expansion:
            parts.append(f"/E{text_string(node.element.expansion)}")
        attributes = _attributes(node, node.element)
        if attributes:
            parts.append(f"/A<<{attributes}>>")
    return "".join(parts) + ">>"


def _labelled(node: Node) -> bool:
    """Tell whether a field says what the element would: twice is once too often for who listens."""
    return node.role is Role.FORM and any(isinstance(kid, Note) for kid in node.kids)


def _kid(kid: Node | Passage | Note, home: int | None, pages: list[int]) -> str:
    if isinstance(kid, Node):
        return reference(kid.number)
    if isinstance(kid, Note):
        return f"<</Type/OBJR/Pg {reference(pages[kid.box.page])}/Obj {reference(kid.number)}>>"
    if kid.page == home:
        return str(kid.mark)
    return f"<</Type/MCR/Pg {reference(pages[kid.page])}/MCID {kid.mark}>>"


def _attributes(node: Node, element: Element) -> str:
    if node.role is Role.HEADER_CELL:
        return f"/O/Table/Scope{name(element.scope or 'Column')}"
    if node.role is Role.FIGURE:
        return f"/O/Layout/Placement/Block/BBox[{numbers(*_bounds(node))}]"
    if node.role is Role.LIST:
        return _list_attributes(element)
    if node.role is Role.FORM and any(isinstance(kid, Passage) for kid in node.kids):
        return _print_field(element)
    return ""


def _list_attributes(element: Element) -> str:
    """Say how entries are numbered, when they have labels."""
    labels = [
        "".join(box.run.text for box in part.boxes() if isinstance(box, TextBox))
        for entry in element.kids
        if isinstance(entry, Element)
        for part in entry.kids
        if isinstance(part, Element) and part.role is Role.LABEL
    ]
    if not labels:
        return ""
    numbered = all(label.strip(" .)").isdecimal() for label in labels)
    return f"/O/List/ListNumbering/{'Decimal' if numbered else 'Disc'}"


def _print_field(element: Element) -> str:
    """Describe a place to write on a sheet without fields, so that it is announced (ISO 32000-1, 14.8.5.6)."""
    field = next((box for box in element.boxes() if isinstance(box, FieldBox)), None)
    if field is None:
        return "/O/PrintField/Role/tv"
    role = "/cb/checked/off" if field.kind is FieldKind.CHECK else "/tv"
    return f"/O/PrintField/Role{role}/Desc{text_string(field.label)}"


def _bounds(node: Node) -> tuple[float, float, float, float]:
    xs: list[float] = []
    ys: list[float] = []
    for kid in node.kids:
        if not isinstance(kid, Passage):
            continue
        for box in kid.boxes:
            if isinstance(box, Shape):
                points = [float(value) for step in box.path for value in step[1:]]
                xs += points[0::2]
                ys += points[1::2]
            else:
                width_pt = sum(glyph.advance for glyph in box.run.glyphs) * box.size_pt / 1000
                xs += [box.x, box.x + width_pt]
                ys += [box.y, box.y + box.size_pt]
    return (min(xs), min(ys), max(xs), max(ys)) if xs else (0, 0, 0, 0)
