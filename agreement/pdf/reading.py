"""From a laid-out document to what is marked on each page: a tree of nodes, and passages, notes and artifacts by page.

Decides which boxes are read, in which order and under which element. Knows nothing of operators, fonts or objects.
"""

from typing import NamedTuple

from agreement.pdf.flat import drawn_value
from agreement.typeset.boxes import Box, Document, Element, FieldBox, LinkBox, Role, Shape, TextBox
from agreement.typeset.fonts import ANDIKA, ATKINSON, Stack

_DROPPED_WHEN_EMPTY = (Role.FORM, Role.LINK)


class Passage:
    """Boxes of one element that follow each other on one page: one marked-content sequence, `mark` its number there.

    `owner` is the object of its element once that is in the file.
    """

    def __init__(self, page: int, mark: int, role: Role, lang: str) -> None:
        self.page, self.mark, self.role, self.lang = page, mark, role, lang
        self.owner = 0
        self.boxes: list[TextBox | Shape] = []


class Note:
    """A field or a link in its element; `key` is its place in the parent tree, `number` its object once it is drawn.

    `owner` is the object of its element once that is in the file.
    """

    def __init__(self, box: FieldBox | LinkBox, key: int) -> None:
        self.box, self.key = box, key
        self.number = self.owner = 0


class Node:
    """An element as it goes into the file; `lang` is what holds for it, `says_lang` whether it must say so itself."""

    def __init__(self, role: Role, lang: str, says_lang: bool = False, element: Element | None = None) -> None:
        self.role, self.lang, self.says_lang, self.element = role, lang, says_lang, element
        self.kids: list[Node | Passage | Note] = []
        self.number = 0


class Reading(NamedTuple):
    """The whole document: its tree, and by page what is read, what is noted and what is only seen."""

    root: Node
    passages: list[list[Passage]]
    notes: list[list[Note]]
    artifacts: list[list[TextBox | Shape]]


def plan(document: Document, *, fields: bool) -> Reading:
    """Sort boxes into passages, notes and artifacts.

    Without `fields` a Form keeps its shapes, and what was its field's value is text like any other.
    """
    return _Planner(document, fields).reading


def plain_stack(document: Document) -> Stack:
    """Return the families in which people type: those of the first words on the sheet."""
    first = next((box.run.face for box in document.root.boxes() if isinstance(box, TextBox)), "")
    return ANDIKA if first.startswith(f"{ANDIKA[0]}-") else ATKINSON


class _Planner:
    def __init__(self, document: Document, fields: bool) -> None:
        count = document.page_count
        self._fields = fields
        self._stack = plain_stack(document)
        self._key = count
        root = Node(document.root.role, document.lang, element=document.root)
        self.reading = Reading(root, [[] for _ in range(count)], [[] for _ in range(count)], [[] for _ in range(count)])
        for box in document.artifacts:
            self._artifact(box)
        self._fill(root, document.root)

    def _fill(self, node: Node, element: Element) -> None:
        if element.lang and element.lang != node.lang:
            node.lang, node.says_lang = element.lang, True
        for kid in element.kids:
            if not isinstance(kid, Element):
                self._place(node, kid)
            elif kid.role is Role.FORM and self._fields:
                node.kids += self._forms(kid, node.lang)
            else:
                below = Node(kid.role, node.lang, False, kid)
                self._fill(below, kid)
                if below.kids or kid.role not in _DROPPED_WHEN_EMPTY:
                    node.kids.append(below)

    def _forms(self, element: Element, lang: str) -> list[Node]:
        """Return one Form for each field: with a field, a Form has that one kid only (ISO 32000-1, table 338)."""
        forms: list[Node] = []
        for box in element.boxes():
            if isinstance(box, FieldBox):
                form = Node(Role.FORM, lang, False, element)
                self._note(form, box)
                forms.append(form)
            elif isinstance(box, Shape):
                self._artifact(box)
            else:
                span = Node(Role.SPAN, lang)
                self._place(span, box)
                forms.append(span)
        return forms

    def _place(self, node: Node, box: Box) -> None:
        if isinstance(box, TextBox):
            self._read(node, box)
        elif isinstance(box, Shape):
            if node.role in (Role.FIGURE, Role.FORM):
                self._read(node, box)
            else:
                self._artifact(box)
        elif isinstance(box, LinkBox):
            if node.role is Role.LINK:
                self._note(node, box)
            else:
                link = Node(Role.LINK, node.lang)
                self._note(link, box)
                node.kids.append(link)
        elif self._fields:
            form = Node(Role.FORM, node.lang)
            self._note(form, box)
            node.kids.append(form)
        else:
            for drawn in drawn_value(box, self._stack):
                self._read(node, drawn)

    def _read(self, node: Node, box: TextBox | Shape) -> None:
        last = node.kids[-1] if node.kids else None
        if not isinstance(last, Passage) or last.page != box.page:
            page = self.reading.passages[box.page]
            last = Passage(box.page, len(page), node.role, node.lang)
            page.append(last)
            node.kids.append(last)
        last.boxes.append(box)

    def _note(self, node: Node, box: FieldBox | LinkBox) -> None:
        note = Note(box, self._key)
        self._key += 1
        self.reading.notes[box.page].append(note)
        node.kids.append(note)

    def _artifact(self, box: Box) -> None:
        if not isinstance(box, TextBox | Shape):
            raise ValueError(f"an artifact is drawn and never read, so it cannot be a {type(box).__name__}")
        self.reading.artifacts[box.page].append(box)
