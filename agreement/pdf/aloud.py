"""A document as a screen reader walks it: one line an element, with what is heard under each.

Reads the same tree as goes into the file, and needs no PDF library for it.
"""

from collections.abc import Iterator

from agreement.pdf.reading import Node, Note, Passage, plan
from agreement.pdf.saying import attributes, says_alt
from agreement.pdf.syntax import web_address
from agreement.typeset.boxes import Document, FieldKind, LinkBox, TextBox

_TOLD = ("Scope", "ListNumbering", "Role", "checked", "Desc")


def read_aloud(document: Document, *, fields: bool = True) -> str:
    """Return the structure tree of the file that `draw` would write, with the same `fields`."""
    return "\n".join(_element(plan(document, fields=fields).root, 0)) + "\n"


def _element(node: Node, depth: int) -> Iterator[str]:
    head = f"{'  ' * depth}{node.role}{_says(node)}"
    below: list[str] = []
    for kid in node.kids:
        below += _element(kid, depth + 1) if isinstance(kid, Node) else [f"{'  ' * (depth + 1)}{_leaf(kid)}"]
    if len(below) == 1 and not isinstance(node.kids[0], Node):
        yield f"{head} {below[0].strip()}"
    else:
        yield head
        yield from below


def _leaf(kid: Passage | Note) -> str:
    if isinstance(kid, Passage):
        return repr("".join(box.run.text for box in kid.boxes if isinstance(box, TextBox)))
    box = kid.box
    if isinstance(box, LinkBox):
        return f"<link {web_address(box.address)} {box.label!r}>"
    if box.kind is FieldKind.CHECK:
        return f"<check {box.label!r} = {'Yes' if box.value else 'Off'!r}>"
    return f"<text {box.label!r}{f' = {box.value!r}' if box.value else ''}>"


def _says(node: Node) -> str:
    said = f" lang={node.lang!r}" if node.says_lang else ""
    if node.element:
        said += f" alt={node.element.alt!r}" if says_alt(node) else ""
        said += f" e={node.element.expansion!r}" if node.element.expansion else ""
        known = attributes(node, node.element)
        said += "".join(f" {key.lower()}={known[key]!r}" for key in _TOLD if key in known)
    return said
