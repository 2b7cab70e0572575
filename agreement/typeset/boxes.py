"""What layout gives to drawing: a tree of elements in reading order, whose leaves are boxes placed on pages.

Coordinates are points from the bottom left of the page. Pages count from 0. Nothing here knows about PDF operators,
and drawing needs nothing but what stands here and the glyphs of the fonts.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What an element is to a reader; the names are PDF's standard structure types."""

    DOCUMENT = "Document"
    SECTION = "Sect"
    H1 = "H1"
    H2 = "H2"
    PARAGRAPH = "P"
    LIST = "L"
    CAPTION = "Caption"
    ENTRY = "LI"
    LABEL = "Lbl"
    BODY = "LBody"
    SPAN = "Span"
    TABLE = "Table"
    TABLE_ROW = "TR"
    HEADER_CELL = "TH"
    CELL = "TD"
    FORM = "Form"
    LINK = "Link"
    FIGURE = "Figure"


class Ink(StrEnum):
    """The few inks of the sheet; style.py gives them values."""

    TEXT = "text"
    LINE = "line"
    CUT = "cut"
    LEADER = "leader"
    ACCENT = "accent"


class Glyph(NamedTuple):
    """One glyph of a shaped run. Lengths are thousandths of the type size.

    `text` is what the glyph stands for: the whole cluster on its first glyph in logical order, "" on the rest.
    """

    gid: int
    advance: float
    dx: float
    dy: float
    text: str


class GlyphRun(NamedTuple):
    """Glyphs of one face in one direction, in the order in which they are drawn, left to right.

    `natural` tells that drawing the glyphs by their own widths alone puts each in its place.
    """

    face: str
    glyphs: tuple[Glyph, ...]
    text: str
    right_to_left: bool = False
    lang: str = ""
    natural: bool = True


class TextBox(NamedTuple):
    """A run on a line: baseline from (x, y), at `size_pt`. `text` of the run is in logical order."""

    page: int
    x: float
    y: float
    size_pt: float
    run: GlyphRun
    ink: Ink = Ink.TEXT


class Shape(NamedTuple):
    """Lines and curves, stroked or filled.

    `path` holds steps: ("M", x, y), ("L", x, y), ("C", six numbers), ("Z",), and ("R", x, y, width, height). With a
    `grid_pt` all steps of a filled path lie on a grid of that pitch from the first one, and can be written shorter.
    """

    page: int
    path: tuple[tuple[str | float, ...], ...]
    ink: Ink
    width_pt: float = 0.75
    fill: bool = False
    dash: tuple[float, ...] = ()
    round_caps: bool = False
    grid_pt: float = 0.0


class FieldKind(StrEnum):
    TEXT = "text"
    CHECK = "check"


class FieldBox(NamedTuple):
    """A place to write or tick. The visible line or circle is a Shape of its own; on paper there is no more than that.

    `name` is unique in the document; `label` is what a screen reader says ("Signature of Leo"); `size_pt` is the type
    size of what is typed.
    """

    page: int
    x: float
    y: float
    width: float
    height: float
    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    value: str = ""
    size_pt: float = 11.0
    multiline: bool = False
    round: bool = False


class LinkBox(NamedTuple):
    """A rectangle to click. `address` begins with https:, mailto: or tel:."""

    page: int
    x: float
    y: float
    width: float
    height: float
    address: str
    label: str


Box = TextBox | Shape | FieldBox | LinkBox


class Element(NamedTuple):
    """A node of the reading order: a role and what it holds, elements and boxes, first things first.

    A Shape inside a FIGURE or FORM element belongs to it; elsewhere Shapes go to the document's artifacts.
    """

    role: Role
    kids: tuple["Element | Box", ...] = ()
    lang: str = ""
    alt: str = ""
    expansion: str = ""
    scope: str = ""

    def boxes(self) -> Iterator[Box]:
        """Yield the boxes below this element in reading order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.boxes()
            else:
                yield kid


class Bookmark(NamedTuple):
    """An entry of the outline: a title, and the place to go to (top left corner of the view)."""

    title: str
    page: int
    y: float
    level: int = 0


class Document(NamedTuple):
    """A finished layout. `artifacts` are decoration and page furniture, drawn but never read."""

    width_pt: float
    height_pt: float
    page_count: int
    root: Element
    artifacts: tuple[Box, ...]
    title: str
    lang: str
    bookmarks: tuple[Bookmark, ...] = ()
    page_labels: tuple[str, ...] = ()
    contrast: bool = False
    """Everything in black, with heavier strokes."""
