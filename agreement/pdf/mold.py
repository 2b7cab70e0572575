"""A mold: one part of a long file, drawn once with slots, and cast for one household after another.

In a mold an object's number is its place in the part, and a place in the parent tree likewise; a household's block of
numbers is put before both. What no household changes is written once for all: fonts, pictures of fields and the
stretches of pages between slots. Knows objects and bytes, and nothing of names.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from agreement.pdf.embed import Faces
from agreement.pdf.engine import Body, stream_text
from agreement.pdf.fields import Desk, paint_page
from agreement.pdf.ink import inks_of
from agreement.pdf.linepaint import SlotPainter
from agreement.pdf.longfile import BLOCK, LongFile
from agreement.pdf.paint import Painter, placed, show
from agreement.pdf.reading import Reading, plan
from agreement.pdf.slotted import Objects, Pattern, UnfitError, mark, stretches
from agreement.pdf.syntax import numbers, reference
from agreement.pdf.tags import write_elements
from agreement.typeset.boxes import Document, FieldBox, GlyphRun

if TYPE_CHECKING:
    from agreement.pdf.volume import Volume

_OWN = "\x03("
"""Stands before an own number. In no string: there a backslash stands before each bracket, whatever the letters are."""
_OWN_BYTES = _OWN.encode("ascii")
_OWN_NUMBER = re.compile(re.escape(_OWN_BYTES) + rb"(\d+)")
PLAIN_KEY = "atkinson-regular"
GROUP = 9999
"""The slot of the name of a part's group of fields."""


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


class Cast(NamedTuple):
    """One household's place in a group of parts that are written together."""

    block: int
    drawn: Mapping[int, bytes]
    said: Mapping[int, str]


class Mold:
    """Drawn once; `write` casts it for many households at a time."""

    def __init__(self, volume: "Volume", document: Document, slots: Mapping[int, int], *, fields: bool = True) -> None:
        """Draw a part. `slots` are the slots of boxes by id."""
        self._volume = volume
        self._bodies: list[Body | None] = []
        self._streams: list[tuple[int, Pattern]] = []
        self._annotations: list[int] = []
        self.langs: dict[int, str] = {}
        self.slot_faces: dict[int, str] = {}
        self.pages: list[int] = []
        self._draw(document, slots, plan(document, fields=fields))
        self.count = len(self._bodies)
        self._plain = [place for place, body in enumerate(self._bodies) if body is not None]
        texts = [body.format(None) for body in self._bodies if body is not None]
        self._objects = Objects(texts)

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
            self.langs |= painter.langs
            self.slot_faces |= painter.faces
            self.pages.append(self._page(document, painter, page if reading.passages[page] else None))
        self.root = self.leaf = 0
        self.keys = 0
        if document.page_count and any(reading.passages):
            entries = write_elements(self, reading, self.pages, volume.document_number, Own(0))
            self.keys = document.page_count + sum(map(len, reading.notes))
            self.leaf = self.add(Body(f"<</Limits[{Own(0)} {Own(self.keys - 1)}]/Nums[{' '.join(entries)}]>>"))
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
        if not whole.slots:
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

    def line(self, slot: int, run: GlyphRun, x: float, y: float) -> bytes:
        """Return what draws a run in its slot, from (x, y). Raises UnfitError for one that is not of plain letters."""
        font = self._volume.faces[run.face].letters
        if run.face != self.slot_faces[slot] or not font.takes(run):
            raise UnfitError(run.text)
        return placed(run, show(run, font, 1.0), (x, y), self.langs[slot]).encode("latin-1")

    def write(self, file: LongFile, casts: Sequence[Cast]) -> None:
        """Write the objects of many households: their streams, and all else in one object stream, kind by kind."""
        places: list[list[tuple[int, int, int]]] = [[(0, 0, 0)] * self.count for _ in casts]
        for cast, of_cast in zip(casts, places, strict=True):
            for place, pattern in self._streams:
                content = zlib.compress(pattern.fill(cast.drawn))
                text = stream_text("/Filter/FlateDecode", content)
                of_cast[place] = (1, file.write_apart(cast.block * BLOCK + place, text), 0)
        found = [self._texts(cast) for cast in casts]
        count = len(casts)
        for start in range(0, len(self._plain), 65_000 // count):
            kinds = range(start, min(start + 65_000 // count, len(self._plain)))
            holder = file.write_packed(
                [
                    (cast.block * BLOCK + self._plain[kind], texts[kind])
                    for kind in kinds
                    for cast, texts in zip(casts, found, strict=True)
                ]
            )
            for order, kind in enumerate(kinds):
                for at, of_cast in enumerate(places):
                    of_cast[self._plain[kind]] = (2, holder, order * count + at)
        for cast, of_cast in zip(casts, places, strict=True):
            file.place_block(cast.block, of_cast)

    def _texts(self, cast: Cast) -> list[bytes]:
        """Return the objects of a household that are no streams."""
        texts = self._objects.fill(cast.said)
        if self.count > BLOCK:
            first = cast.block * BLOCK
            return [_OWN_NUMBER.sub(lambda own: b"%d" % (first + int(own[1])), text) for text in texts]
        digits = b"%d" % cast.block if cast.block else b""
        return [text.replace(_OWN_BYTES, digits) for text in texts]


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
