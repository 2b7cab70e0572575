"""A die: one drawn document with slots, from which many files are stamped without drawing anew.

What is constant stands first, its bytes and their digest ready; what a household changes stands last: the pages, the
objects that hold names, the title and the cross-reference. This module knows bytes and slots, and nothing of names.
"""

import hashlib
import re
import zlib
from collections.abc import Mapping, Sequence
from itertools import pairwise

from agreement.pdf.about import write_about
from agreement.pdf.drawing import draw_pages, typing_key
from agreement.pdf.engine import HEADER, ROW, Sheet, Stream, object_text, packed, packed_keys, predicted, stream_text
from agreement.pdf.fields import PLAIN_RESOURCE, Desk
from agreement.pdf.ink import inks_of
from agreement.pdf.linepaint import Shown, ShutFaces, SlotPainter, SlotType
from agreement.pdf.meta import Meta
from agreement.pdf.reading import Reading, plan
from agreement.pdf.seal import EMPTY, MAKER, digest_of
from agreement.pdf.slotted import DEFLATED, TITLE, Pattern, Slotted, Strings, UnfitError, lengths, up_to_lengths
from agreement.pdf.syntax import reference, xml_text
from agreement.typeset.boxes import Document, GlyphRun

_LEVEL = 3
"""Of deflating names: half the time of the usual six, for a hundred bytes."""


class Die:
    """What is cut once; `stamp` gives a file for each household."""

    def __init__(
        self, document: Document, meta: Meta, slots: Mapping[int, int], letters: Sequence[str], *, fields: bool = True
    ) -> None:
        """Cut a die. `slots` are the slots of boxes by id; `letters` are those that names may have."""
        self._types: dict[int, SlotType] = {}
        self._faces = ShutFaces()
        self._shown = Shown(self._faces)
        sheet = self._draw(document, meta, slots, letters, plan(document, fields=fields))
        self._faces.close()
        self._write(sheet)

    def _draw(
        self, document: Document, meta: Meta, slots: Mapping[int, int], letters: Sequence[str], reading: Reading
    ) -> Sheet:
        sheet = Sheet(document.width_pt, document.height_pt, document.lang)
        typed_key = typing_key(document, reading)
        desk = Desk(sheet, self._faces, typed_key)
        inks = inks_of(document.contrast)
        painters = [SlotPainter(self._faces, inks, slots) for _ in range(document.page_count)]
        draw_pages(sheet, document, reading, desk, painters)
        for painter in painters:
            self._types |= painter.types
        for key in sorted({type_.face for type_ in self._types.values()}):
            self._faces[key].carry(letters)
        desk.finish(self._faces.write(sheet, typed_key, PLAIN_RESOURCE))
        write_about(sheet, document, meta)
        return sheet

    # ---- the file, once ---------------------------------------------------------------------------------------------

    def _write(self, sheet: Sheet) -> None:
        """Sort the objects into those that never change and those that do; the latter get the last numbers."""
        found, self._roots = sheet.objects()
        streams = [(number, thing, text) for number, thing, text in found if isinstance(thing, Stream)]
        plain = [(number, text) for number, thing, text in found if not isinstance(thing, Stream)]
        changing = [(number, thing) for number, thing, _ in streams if _raw(thing).slots]
        moved = {number: len(found) + 1 + at for at, (number, _) in enumerate(changing)}
        plain = [(number, _renumbered(text, moved)) for number, text in plain]
        self._streams = [(moved[number], thing.keys, _filling(thing)) for number, thing in changing]
        self._strings = Strings([(number, text) for number, text in plain if Pattern(text).slots])
        fixed = [(number, text) for number, text in plain if number not in self._strings.numbers]
        self._places: dict[int, bytes] = {}
        prefix = bytearray(HEADER)
        for number, thing, text in streams:
            if number not in moved:
                self._places[number] = ROW.pack(1, len(prefix), 0)
                prefix += object_text(number, _tightest(thing, text))
        holder, *free = sorted(moved)
        self._places[holder] = ROW.pack(1, len(prefix), 0)
        prefix += object_text(holder, Stream(*packed(fixed), level=9).format(None))
        self._places |= {number: ROW.pack(2, holder, order) for order, (number, _) in enumerate(fixed)}
        self._places |= _free(free)
        self._holder = len(found) + 1 + len(changing)
        self._places |= {number: ROW.pack(2, self._holder, order) for order, number in enumerate(self._strings.numbers)}
        self._prefix = bytes(prefix)
        self._digest = hashlib.sha256(MAKER + self._prefix)
        self._cut_table()

    def _cut_table(self) -> None:
        """Deflate the rows of the cross-reference that never change: all but the last ones."""
        rows = [self._places[number] for number in range(self._holder - len(self._streams))]
        raw = predicted(b"".join(rows), ROW.size)
        self._table, self._table_sum = up_to_lengths(raw), zlib.adler32(raw)
        size = self._holder + 2
        self._table_keys = f"/Type/XRef/Size {size}/W[1 4 2]{self._roots}/DecodeParms<</Predictor 12/Columns 7>>"

    # ---- each household --------------------------------------------------------------------------------------------

    def line(self, slot: int, run: GlyphRun, x: float, y: float) -> bytes:
        """Return what draws a run in its slot, from (x, y). Raises UnfitError for a letter that is not in the die."""
        if run.face != self._types[slot].face:
            raise UnfitError(run.text)
        return self._shown.line(run, (x, y), self._types[slot])

    def stamp(self, drawn: Mapping[int, bytes], said: Mapping[int, str]) -> tuple[bytes, bytes]:
        """Return a sealed file in two parts, the first of which is the same for all files of this die.

        `drawn` are the lines in the slots of pages, `said` names in labels, and the title.
        """
        self._shown.forget()
        at = len(self._prefix)
        pieces, rows = [], []
        values = {**drawn, TITLE: xml_text(said[TITLE]).encode("utf-8")}
        for number, keys, filling in self._streams:
            rows.append(ROW.pack(1, at, 0))
            pieces.append(object_text(number, stream_text(keys, filling.fill(values))))
            at += len(pieces[-1])
        content, first = self._strings.fill(said)
        keys = f"{packed_keys(len(self._strings.numbers), first)}/Filter/FlateDecode"
        rows.append(ROW.pack(1, at, 0))
        pieces.append(object_text(self._holder, stream_text(keys, zlib.compress(content, _LEVEL))))
        at += len(pieces[-1])
        rows.append(ROW.pack(1, at, 0))
        names = b"\n".join([*drawn.values(), *(name.encode("utf-8") for name in said.values())])
        pieces.append(self._end(rows, at, hashlib.md5(names, usedforsecurity=False).hexdigest()))
        return self._prefix, self._sealed(b"".join(pieces))

    def _end(self, rows: list[bytes], at: int, digest: str) -> bytes:
        """Return the cross-reference: rows that never change deflated, the last ones stored and not predicted."""
        stored = b"".join(rows)
        total = zlib.adler32(stored, self._table_sum).to_bytes(4)
        content = b"".join([DEFLATED, self._table, lengths(stored), stored, b"\x03\0", total])
        keys = f"{self._table_keys}/ID[<{digest}>{EMPTY.decode()}]/Filter/FlateDecode"
        return object_text(self._holder + 1, stream_text(keys, content)) + b"startxref\n%d\n%%%%EOF\n" % at

    def _sealed(self, tail: bytes) -> bytes:
        seal = self._digest.copy()
        seal.update(tail)
        before, after = tail.rsplit(EMPTY, 1)
        return b"".join([before, b"<", digest_of(seal), b">", after])


def _raw(thing: Stream) -> Pattern:
    """Return what a stream holds."""
    if thing.keys.endswith("/Filter/FlateDecode"):
        return Pattern(zlib.decompress(thing.content))
    return Pattern(thing.content)


def _filling(thing: Stream) -> Slotted | Pattern:
    pattern = _raw(thing)
    return Slotted(pattern) if thing.keys.endswith("/Filter/FlateDecode") else pattern


def _tightest(thing: Stream, text: bytes) -> bytes:
    """Deflate a stream as far as zlib can."""
    if not thing.keys.endswith("/Filter/FlateDecode"):
        return text
    best = zlib.compress(zlib.decompress(thing.content), 9)
    return stream_text(thing.keys, best) if len(best) < len(thing.content) else text


def _renumbered(text: bytes, moved: Mapping[int, int]) -> bytes:
    """Return an object that refers to streams by their new numbers."""

    def again(match: "re.Match[bytes]") -> bytes:
        number = int(match[2])
        return match[1] + reference(moved.get(number, number)).encode("ascii")

    return re.sub(rb"(/(?:Contents|Metadata) ?)(\d+) 0 R", again, text)


def _free(numbers: list[int]) -> dict[int, bytes]:
    """Return the rows of numbers that nothing has, each with the next one."""
    chain = pairwise([0, *numbers, 0])
    return {number: ROW.pack(0, following, 0 if number else 65535) for number, following in chain}
