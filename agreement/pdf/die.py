"""A die: one drawn document with slots, from which many files of the same length are stamped without drawing anew.

What is constant is deflated once. A slot is a stored block of its own inside the deflated data, of a fixed length that
what is stamped is padded to, so that no other byte and no offset ever changes. This module knows bytes and slots, and
nothing of names.
"""

import hashlib
import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from agreement.pdf.about import write_about
from agreement.pdf.drawing import draw_pages
from agreement.pdf.engine import HEADER, Sheet, Stream, predicted
from agreement.pdf.fields import PLAIN_RESOURCE, Desk
from agreement.pdf.ink import inks_of
from agreement.pdf.linepaint import OneLine, ShutFaces, SlotPainter
from agreement.pdf.meta import Meta
from agreement.pdf.reading import plain_stack, plan
from agreement.pdf.seal import MAKER
from agreement.pdf.slotted import (
    MARK,
    TITLE_TEXT,
    WAYS,
    Room,
    Segment,
    deflated,
    padded_ops,
    segments_of,
)
from agreement.typeset.boxes import Document, TextBox
from agreement.typeset.fonts import key_of
from agreement.typeset.shape import shape


class _Spot(NamedTuple):
    offset: int
    slot: int
    kind: str


class _Sum(NamedTuple):
    """Where the checksum of deflated data stands, and what it is the sum of."""

    offset: int
    segments: list[Segment]


class Die:
    """What is cut once; `stamp` gives a file for each household."""

    def __init__(self, document: Document, meta: Meta, slots: Mapping[int, int], room: Room) -> None:
        """Cut a die. `slots` are the slots of boxes by id; `room` says what fits them."""
        self._room, self._lengths = room, room.length
        self._langs: dict[int, str] = {}
        self._faces = ShutFaces()
        self._painter = OneLine(self._faces, inks_of(document.contrast))
        sheet = self._draw(document, meta, slots)
        self._faces.close()
        self._spots: list[_Spot] = []
        self._sums: list[_Sum] = []
        self._bytes = b""
        self._write(sheet)

    def _draw(self, document: Document, meta: Meta, slots: Mapping[int, int]) -> Sheet:
        reading = plan(document, fields=True)
        sheet = Sheet(document.width_pt, document.height_pt, document.lang)
        plain_key = key_of(plain_stack(document)[0], False)
        desk = Desk(sheet, self._faces, plain_key)
        inks = inks_of(document.contrast)
        painters = [SlotPainter(self._faces, inks, slots) for _ in range(document.page_count)]
        draw_pages(sheet, document, reading, desk, painters)
        for painter in painters:
            self._langs |= painter.langs
        for key in (plain_key, plain_key.replace("-regular", "-bold")):
            self._carry_letters(key)
        desk.finish(self._faces.write(sheet, plain_key, PLAIN_RESOURCE))
        write_about(sheet, document, meta)
        return sheet

    def _carry_letters(self, key: str) -> None:
        """Take letters into a face that are not on the sheet, so that a name needs no font of its own."""
        face = self._faces[key]
        family, _, weight = key.rpartition("-")
        for letter in filter(face.face.covers, self._room.letters):
            for run in shape(letter, (family,), weight == "bold"):
                for glyph in run.glyphs:
                    face.code(glyph.gid, glyph.text)

    # ---- the file, once ---------------------------------------------------------------------------------------------

    def _write(self, sheet: Sheet) -> None:
        found, keys = sheet.objects()
        plain = [(number, text) for number, thing, text in found if not isinstance(thing, Stream)]
        places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        pieces, self._at = [HEADER], len(HEADER)
        holder = len(found) + 1
        for at, thing, text in found:
            if isinstance(thing, Stream):
                places[at] = (1, self._at, 0)
                pieces.append(self._stream(at, thing, text))
                self._at += len(pieces[-1])
        segments = self._packed(plain)
        places[holder] = (1, self._at, 0)
        head = f"/Type/ObjStm/N {len(plain)}/First {len(segments[0].constant)}"
        pieces.append(self._deflated(holder, segments, head))
        self._at += len(pieces[-1])
        for order, (of, _) in enumerate(plain):
            places[of] = (2, holder, order)
        places[holder + 1] = (1, self._at, 0)
        rows = [struct.pack(">BIH", *places[number]) for number in range(holder + 2)]
        zeros = f"<{'0' * 32}>"
        table = Stream(
            predicted(rows),
            f"/Type/XRef/Size {holder + 2}/W[1 4 2]{keys}/ID[{zeros}{zeros}]/DecodeParms<</Predictor 12/Columns 7>>",
        )
        pieces.append(b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (holder + 1, table.format(None), self._at))
        self._ids = self._at + pieces[-1].index(b"/ID[<") + 5
        self._bytes = b"".join(pieces)

    def _stream(self, number: int, thing: Stream, text: bytes) -> bytes:
        """Return a stream as an object, with slots where marks stand in it."""
        if not thing.keys.endswith("/Filter/FlateDecode"):
            segments = segments_of(text, TITLE_TEXT, "xmp")
            return self._stored(number, thing, segments) if len(segments) > 1 else _object(number, text)
        raw = zlib.decompress(thing.content)
        segments = segments_of(raw, MARK, "ops")
        if len(segments) == 1:
            best = zlib.compress(raw, 9)
            keys = f"<<{thing.keys}/Length {len(best)}>>\nstream\n".encode("latin-1")
            return (
                _object(number, keys + best + b"\r\nendstream")
                if len(best) < len(thing.content)
                else _object(number, text)
            )
        return self._deflated(number, segments, thing.keys.removesuffix("/Filter/FlateDecode"))

    def _packed(self, plain: list[tuple[int, bytes]]) -> list[Segment]:
        """Return the segments of the object stream; the first one is its index."""
        body: list[Segment] = []
        index, at = [], 0
        for of, text in plain:
            index.append(f"{of} {at}")
            found: list[Segment] = []
            for segment in segments_of(text, TITLE_TEXT, "title"):
                found += [segment] if segment.slot >= 0 else segments_of(segment.constant, MARK, "narrow")
            found.append(Segment(b"\n"))
            at += sum(self._length(segment) for segment in found)
            body += found
        joined = [Segment((" ".join(index) + "\n").encode("ascii"))]
        for segment in body:
            last = joined[-1]
            if segment.slot < 0 and last.slot < 0 and len(joined) > 1:
                joined[-1] = Segment(last.constant + segment.constant)
            else:
                joined.append(segment)
        return joined

    def _length(self, segment: Segment) -> int:
        return self._lengths(segment.slot, segment.kind) if segment.slot >= 0 else len(segment.constant)

    def _stored(self, number: int, thing: Stream, segments: list[Segment]) -> bytes:
        """Return a stream that is not deflated."""
        size = sum(map(self._length, segments)) - len(segments[0].constant) + len(segments[0].constant)
        text = b"".join(segment.constant if segment.slot < 0 else b" " * self._length(segment) for segment in segments)
        begin = text.index(b"stream\n") + len(b"stream\n")
        length = size - begin - len(b"\r\nendstream")
        head = f"{number} 0 obj\n<<{thing.keys}/Length {length}>>\nstream\n".encode("latin-1")
        at = self._at + len(head) - begin
        for segment in segments:
            if segment.slot >= 0:
                self._spots.append(_Spot(at, segment.slot, segment.kind))
            at += self._length(segment)
        return head + text[begin:] + b"\nendobj\n"

    def _deflated(self, number: int, segments: list[Segment], keys: str) -> bytes:
        """Return a stream whose constant stretches are deflated and whose slots are stored blocks."""
        content, spots = deflated(segments, self._length)
        head = f"{number} 0 obj\n<<{keys}/Filter/FlateDecode/Length {len(content) + 4}>>\nstream\n".encode("latin-1")
        start = self._at + len(head)
        self._spots += [_Spot(start + at, one.slot, one.kind) for at, one in spots]
        self._sums.append(_Sum(start + len(content), segments))
        return head + content + b"\0\0\0\0\r\nendstream\nendobj\n"

    # ---- each household --------------------------------------------------------------------------------------------

    def ops(self, slot: int, boxes: Sequence[TextBox]) -> bytes:
        """Return what draws a line in its slot. Raises UnfitError for a letter that the die does not carry."""
        return self._painter.line(boxes, self._langs.get(slot, ""))

    def stamp(self, drawn: Mapping[int, bytes], said: Mapping[int, str]) -> bytes:
        """Return a sealed file: `drawn` are the lines in the slots of pages, `said` the names in labels and the title.

        Raises UnfitError for what does not fit its slot.
        """
        self._painter.forget()
        filled: dict[tuple[int, str], bytes] = {}
        file = bytearray(self._bytes)
        for offset, slot, kind in self._spots:
            value = filled.get((slot, kind))
            if value is None:
                length = self._lengths(slot, kind)
                value = padded_ops(drawn[slot], length) if kind == "ops" else WAYS[kind](said[slot], length)
                filled[slot, kind] = value
            file[offset : offset + len(value)] = value
        for offset, segments in self._sums:
            raw = b"".join([filled[one.slot, one.kind] if one.slot >= 0 else one.constant for one in segments])
            file[offset : offset + 4] = zlib.adler32(raw).to_bytes(4)
        digest = hashlib.md5(b"".join(filled.values()), usedforsecurity=False).hexdigest()
        file[self._ids : self._ids + 32] = digest.encode("ascii")
        seal = hashlib.sha256(MAKER)
        seal.update(file)
        file[self._ids + 34 : self._ids + 66] = seal.hexdigest()[:32].encode("ascii")
        return bytes(file)


def _object(number: int, text: bytes) -> bytes:
    return b"%d 0 obj\n%b\nendobj\n" % (number, text)
