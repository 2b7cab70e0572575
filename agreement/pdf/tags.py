"""The structure tree: every node of the reading order as a structure element, and the way back from each page and note.

Knows the tree's objects (ISO 32000-1, 14.7 and 14.8) and nothing of how text is drawn.
"""

from typing import Protocol

from agreement.pdf.engine import Body, Sheet
from agreement.pdf.reading import Node, Note, Passage, Reading
from agreement.pdf.saying import attributes, bounds, owner_of, says_alt
from agreement.pdf.syntax import name, numbers, reference, text_string
from agreement.typeset.boxes import Element, Role


class Shelf(Protocol):
    """What takes objects into a file and gives their numbers."""

    def add(self, thing: Body) -> int: ...


def write_tree(sheet: Sheet, reading: Reading, pages: list[int]) -> None:
    """Write the tree into the file. `pages` are the object numbers of the pages; notes must have been drawn."""
    root, parents = Body(), Body()
    root_number, parents_number = sheet.add(root), sheet.add(parents)
    entries = write_elements(sheet, reading, pages, root_number)
    parents.text = f"<</Nums[{' '.join(entries)}]>>"
    root.text = (
        f"<</Type/StructTreeRoot/K {reference(reading.root.number)}/ParentTree {reference(parents_number)}"
        f"/ParentTreeNextKey {len(pages) + sum(map(len, reading.notes))}>>"
    )
    sheet.set_catalog("StructTreeRoot", reference(root_number))
    sheet.set_catalog("MarkInfo", "<</Marked true>>")


def write_elements(sheet: Shelf, reading: Reading, pages: list[int], above: int, first_key: int = 0) -> list[str]:
    """Write the elements under the object `above`; return the entries of the parent tree, whose keys are rising.

    The keys of the pages begin at `first_key`; those of the notes are as they stand in `reading`.
    """
    nodes = list(_all(reading.root, []))
    bodies = [Body() for _ in nodes]
    for node, body in zip(nodes, bodies, strict=True):
        node.number = sheet.add(body)
    owners: dict[tuple[int, int], int] = {}
    keys: dict[int, int] = {}
    reading_parents = {id(kid): node.number for node in nodes for kid in node.kids if isinstance(kid, Node)}
    for node, body in zip(nodes, bodies, strict=True):
        body.text = _element(node, reading_parents.get(id(node), above), pages)
        for kid in node.kids:
            if isinstance(kid, Passage):
                owners[kid.page, kid.mark] = node.number
            elif isinstance(kid, Note):
                keys[kid.key] = node.number
    return _parents(reading, owners, keys, first_key)


def _all(node: Node, found: list[Node]) -> list[Node]:
    found.append(node)
    for kid in node.kids:
        if isinstance(kid, Node):
            _all(kid, found)
    return found


def _parents(reading: Reading, owners: dict[tuple[int, int], int], keys: dict[int, int], first_key: int) -> list[str]:
    entries = []
    for page, passages in enumerate(reading.passages):
        if passages:
            refs = " ".join(reference(owners[page, passage.mark]) for passage in passages)
            entries.append(f"{page + first_key}[{refs}]")
    entries += [f"{key} {reference(keys[key])}" for key in sorted(keys)]
    return entries


def _element(node: Node, parent: int, pages: list[int]) -> str:
    parts = [f"<</Type/StructElem/S{name(node.role)}/P {reference(parent)}"]
    home = None
    for kid in node.kids:
        if isinstance(kid, Passage):
            home = kid.page
            parts.append(f"/Pg {reference(pages[home])}")
            break
    kids = [_kid(kid, home, pages) for kid in node.kids]
    if len(kids) == 1:
        parts.append(f"/K {kids[0]}")
    elif kids:
        parts.append(f"/K[{' '.join(kids)}]")
    if node.says_lang:
        parts.append(f"/Lang{text_string(node.lang)}")
    if node.element:
        if says_alt(node):
            parts.append(f"/Alt{text_string(node.element.alt)}")
        if node.element.expansion:
            parts.append(f"/E{text_string(node.element.expansion)}")
        if owner_of(node):
            parts.append(_attributes(node, node.element))
    return "".join(parts) + ">>"


def _kid(kid: Node | Passage | Note, home: int | None, pages: list[int]) -> str:
    if isinstance(kid, Node):
        return reference(kid.number)
    if isinstance(kid, Note):
        return f"<</Type/OBJR/Pg {reference(pages[kid.box.page])}/Obj {reference(kid.number)}>>"
    if kid.page == home:
        return str(kid.mark)
    return f"<</Type/MCR/Pg {reference(pages[kid.page])}/MCID {kid.mark}>>"


def _attributes(node: Node, element: Element) -> str:
    said = attributes(node, element)
    texts = [f"/{key}{text_string(value) if key == 'Desc' else name(value)}" for key, value in said.items()]
    if node.role is Role.FIGURE:
        texts.append(f"/BBox[{numbers(*bounds(node))}]")
    return f"/A<</O{name(owner_of(node))}{''.join(texts)}>>" if texts else ""
