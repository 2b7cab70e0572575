"""A mold: one part of a long file, drawn once with slots, and cast for one household after another.

In a mold an object's number is its place in the part, and a place in the parent tree likewise; a household's block of
numbers is put before both. What no household changes is written once for all: fonts, pictures of fields and the
stretches of pages between slots. Knows objects and bytes, and nothing of names.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from agreement.pdf.cut import Cut
from agreement.pdf.embed import Faces
from agreement.pdf.engine import Body
from agreement.pdf.fields import Desk, paint_page
from agreement.pdf.ink import inks_of
from agreement.pdf.linepaint import SlotPainter, SlotType, show_plain
from agreement.pdf.lockstep import OWN
from agreement.pdf.longfile import BLOCK, LongFile
from agreement.pdf.paint import Painter
from agreement.pdf.reading import Reading, plan
from agreement.pdf.slotted import Pattern, UnfitError, mark, stretches
from agreement.pdf.syntax import numbers, reference
from agreement.pdf.tags import write_elements
from agreement.typeset.boxes import Document, FieldBox, GlyphRun

if TYPE_CHECKING:
    from agreement.pdf.volume import Volume

_OWN = OWN.decode("ascii")
PLAIN_KEY = "atkinson-regular"
GROUP = 9999
"""The slot of the name of a part's group of fields."""
CASTS_AT_A_TIME = 32
"""Households whose objects go into the same object streams; they stand next to each other in the file."""


class Own(int):
    """A number within a part, which its household's block makes one of the file."""

    def __format__(self, spec: str) -> str:
        return f"{_OWN}{int(self):03}"

    def __str__(self) -> str:
        return format(self)

    def __add__(self, other: int) -> "Own":
        return Own(int(self) + int(other))

    __radd__ = __add__

    def __sub__(self, other: int) -> "Own":
        return Own(int(self) - int(other))


class Mold:
    """Drawn once; `take` gives what casts it for a household."""

    def __init__(
        self, volume: "Volume", document: Document, slots: Mapping[int, int] | None, *, fields: bool = True
    ) -> None:
        """Draw a part. `slots` are the slots of boxes by id; None for a part of which no other shares a page."""
        self._volume = volume
        self._bodies: list[Body | None] = []
        self._streams: list[tuple[int, Pattern]] = []
        self._annotations: list[int] = []
        self.types: dict[int, SlotType] = {}
        self.pages: list[int] = []
        self._is_shared = slots is not None
        self._draw(document, slots or {}, plan(document, fields=fields))
        self._objects = [(place, body.format(None)) for place, body in enumerate(self._bodies) if body is not None]
        self._cuts: list[Cut] = []
        self._blocks: list[int] = []
        self._taken = 0

    # ---- what drawing asks of a sheet ------------------------------------------------------------------------------

    def add(self, thing: Body) -> int:
        """Take an object of this part and return its number in it."""
        self._bodies.append(thing)
        return Own(len(self._bodies) - 1)

    def add_annotation(self, annotation: Body) -> int:
        """Take an annotation of the page at hand."""
        number = self.add(annotation)
        self._annotations.append(number)
        return number

    # ---- once ------------------------------------------------------------------------------------------------------

    def _draw(self, document: Document, slots: Mapping[int, int], reading: Reading) -> None:
        volume = self._volume
        node, group = Body("null"), Body("null")
        self.pages_node, group_number = self.add(node), self.add(group)
        for notes in reading.notes:
            for note in notes:
                note.key = Own(note.key)
        desk = _GroupDesk(_DeskSheet(self, volume), volume.faces, group_number, volume.appearances)
        inks = inks_of(document.contrast)
        for page in range(document.page_count):
            self._annotations = []
            painter = SlotPainter(volume.faces, inks, slots)
            paint_page(painter, reading, desk, page)
            self.types |= painter.types
            self.pages.append(self._page(document, painter, page if reading.passages[page] else None))
        self.root = self.leaf = 0
        self.keys = 0
        if document.page_count and any(reading.passages):
            entries = write_elements(self, reading, self.pages, volume.document_number, Own(0))
            self.keys = document.page_count + sum(map(len, reading.notes))
            read = [page for page, passages in enumerate(reading.passages) if passages]
            last = self.keys - 1 if self.keys > document.page_count else read[-1]
            self.leaf = self.add(Body(f"<</Limits[{Own(read[0])} {Own(last)}]/Nums[{' '.join(entries)}]>>"))
            self.root = reading.root.number
        kids = " ".join(map(reference, self.pages))
        above = reference(volume.pages_number)
        node.text = f"<</Type/Pages/Parent {above}/Kids[{kids}]/Count {len(self.pages)}>>"
        self.group = group_number if desk.widgets else 0
        if desk.widgets:
            group.text = f"<</T({mark(GROUP)})/Kids[{' '.join(map(reference, desk.widgets))}]>>"

    def _page(self, document: Document, painter: Painter, key: int | None) -> int:
        box = numbers(0, 0, document.width_pt, document.height_pt)
        parts = [f"<</Type/Page/Parent {reference(self.pages_node)}/MediaBox[{box}]/CropBox[{box}]/TrimBox[{box}]"]
        parts.append(f"/Resources<</Font {self._volume.fonts()}>>")
        if painter.operators:
            parts.append(f"/Contents[{' '.join(map(reference, self._content(painter)))}]")
        if self._annotations:
            parts.append(f"/Annots[{' '.join(map(reference, self._annotations))}]/Tabs/S")
        if key is not None:
            parts.append(f"/StructParents {Own(key)}")
        return self.add(Body("".join(parts) + ">>"))

    def _content(self, painter: Painter) -> list[int]:
        """Return the streams of a page: stretches that all households share, and between them those of their own."""
        whole = Pattern("\n".join(painter.operators).encode("latin-1"))
        if not self._is_shared:
            return [self._stream(whole)]
        constants, stored = stretches(whole)
        found = [self._volume.share(constants[0])] if constants[0] else []
        for pattern, constant in zip(stored, constants[1:], strict=True):
            found.append(self._stream(pattern))
            if constant:
                found.append(self._volume.share(constant))
        return found

    def _stream(self, pattern: Pattern) -> int:
        self._streams.append((len(self._bodies), pattern))
        self._bodies.append(None)
        return Own(len(self._bodies) - 1)

    # ---- each household --------------------------------------------------------------------------------------------

    def take(self, file: LongFile) -> tuple[Cut, int]:
        """Take numbers for one household, and return the cut that has them and their block.

        Small parts share a block, for some readers hold a file in which numbers are sparse for broken: qpdf 12 takes
        none above a third of the file's size in bytes.
        """
        count = len(self._bodies)
        turn, at = divmod(self._taken, CASTS_AT_A_TIME)
        which = turn % max(1, BLOCK // count)
        self._taken += 1
        if which:
            file.extend_block(self._blocks[at], count)
        else:
            self._blocks[at:] = [file.take_block(count)]
        if which == len(self._cuts):
            self._cuts.append(Cut(self._objects, self._streams, which * count))
        return self._cuts[which], self._blocks[at]

    def line(self, slot: int, run: GlyphRun, x: float, y: float) -> bytes:
        """Return what draws a run in its slot, from (x, y). Raises UnfitError for one that is not of plain letters."""
        type_ = self.types[slot]
        if run.face != type_.face:
            raise UnfitError(run.text)
        return show_plain(run, self._volume.faces[run.face]).line((x, y), type_)


class _DeskSheet:
    """What a desk puts things on: widgets go to the part, what they look like to the file."""

    def __init__(self, mold: Mold, volume: "Volume") -> None:
        self.add_annotation = mold.add_annotation
        self.add = volume.add
        self.fonts = volume.fonts


class _GroupDesk(Desk):
    """A desk whose fields belong to a group, and whose appearances are shared with other desks."""

    def __init__(self, sheet: _DeskSheet, faces: Faces, group: int, appearances: dict[str, int]) -> None:
        super().__init__(sheet, faces, PLAIN_KEY)  # type: ignore[arg-type]
        self._appearances = appearances
        self._group = group

    @property
    def widgets(self) -> list[int]:
        return self._widgets

    def _widget(self, box: FieldBox) -> str:
        return f"{super()._widget(box)}/Parent {reference(self._group)}"
