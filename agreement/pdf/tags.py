"""The structure tree: every node of the reading order as a structure element, and the way back from each page and note.

Knows the tree's objects (ISO 32000-1, 14.7 and 14.8) and nothing of how text is drawn.
"""

from typing import Protocol

from agreement.pdf.engine import Body, Sheet
from agreement.pdf.reading import Node, Note, Reading
from agreement.pdf.saying import OWNERS, attributes, bounds, says_alt
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
    taken: list[tuple[Node, Body, int]] = []
    _take(sheet, reading.root, above, taken)
    for node, body, parent in taken:
        body.text = _element(node, parent, pages)
    entries = []
    for page, passages in enumerate(reading.passages):
        if passages:
            refs = " ".join([f"{passage.owner} 0 R" for passage in passages])
            entries.append(f"{page + first_key}[{refs}]")
    notes = sorted([(note.key, note.owner) for each in reading.notes for note in each])
    return entries + [f"{key} {owner} 0 R" for key, owner in notes]


def _take(sheet: Shelf, node: Node, parent: int, taken: list[tuple[Node, Body, int]]) -> None:
    """Take a node and all below it into the file, each before its kids, and say to whom passages and notes belong."""
    body = Body()
    number = node.number = sheet.add(body)
    taken.append((node, body, parent))
    for kid in node.kids:
        if isinstance(kid, Node):
            _take(sheet, kid, number, taken)
        else:
            kid.owner = number


def _element(node: Node, parent: int, pages: list[int]) -> str:
    kids, noted = [], False
    text, home = "<</Type/StructElem/S/" + node.role + f"/P {parent} 0 R", -1
    for kid in node.kids:
        if isinstance(kid, Node):
            kids.append(f"{kid.number} 0 R")
        elif isinstance(kid, Note):
            noted = True
            kids.append(f"<</Type/OBJR/Pg {pages[kid.box.page]} 0 R/Obj {kid.number} 0 R>>")
        elif home in (-1, kid.page):
            if home < 0:
                home = kid.page
                text += f"/Pg {pages[home]} 0 R"
            kids.append(str(kid.mark))
        else:
            kids.append(f"<</Type/MCR/Pg {pages[kid.page]} 0 R/MCID {kid.mark}>>")
    if kids:
        text += f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]"
    if node.says_lang:
        text += f"/Lang{text_string(node.lang)}"
    element = node.element
    if element is None or (noted and node.role is Role.FORM):  # a field speaks for itself
        return f"{text}>>"
    return f"{text}{_said(node, element)}>>"


def _said(node: Node, element: Element) -> str:
    text = f"/Alt{text_string(element.alt)}" if element.alt and says_alt(node) else ""
    if element.expansion:
        text += f"/E{text_string(element.expansion)}"
    return text + _attributes(node, element) if node.role in OWNERS else text


def _attributes(node: Node, element: Element) -> str:
    said = attributes(node, element)
    texts = [f"/{key}{text_string(value) if key == 'Desc' else name(value)}" for key, value in said.items()]
    if node.role is Role.FIGURE:
        texts.append(f"/BBox[{numbers(*bounds(node))}]")
    return f"/A<</O/{OWNERS[node.role]}{''.join(texts)}>>" if texts else ""
