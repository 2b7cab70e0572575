"""A PDF file that is written while it is made: objects go out as soon as they are whole; only their places are kept.

Objects are numbered in blocks of a thousand, so that the objects of one part are the block's digits and three more.
The places lie in a temporary file without a name, so that memory does not grow. Knows objects and bytes, no page.
"""

import hashlib
import struct
import tempfile
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO

from agreement.pdf.engine import HEADER, Body, Stream, object_text, packed, packed_keys, predicted
from agreement.pdf.seal import EMPTY, MAKER, digest_of
from agreement.pdf.syntax import reference

BLOCK = 1000
_AT_A_TIME = 1000
_PIECE = 1 << 16
_ROW = struct.Struct(">xBQH")
_ROWS_AT_A_TIME = 50_000


class LongFile:
    """Writes to a binary file that can be sought in."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._at = 0
        self._rows = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the table
        self._blocks: array[int] = array("Q")
        self._counts: array[int] = array("Q")
        self._common = self.take_block(1)
        self._common_at = 0
        self._pending: dict[int, Body | Stream] = {}
        self._seal_at = 0
        self._hash = hashlib.sha256(MAKER)
        self._write(HEADER)
        self._place(0, [_ROW.pack(0, 0, 65535)])

    def take_block(self, count: int) -> int:
        """Take numbers for so many objects and return the block they begin in: its number times a thousand."""
        used = max(1, -(-self._counts[-1] // BLOCK)) if self._counts else 0
        block = self._blocks[-1] + used if self._blocks else 0
        self._blocks.append(block)
        self._counts.append(count)
        return block

    def extend_block(self, block: int, count: int) -> None:
        """Take numbers for so many objects more in a block, after those it has."""
        self._counts[bisect_left(self._blocks, block)] += count

    def add(self, thing: Body | Stream) -> int:
        """Take an object that parts share into the file and return its number."""
        number = self.reserve()
        self._pending[number] = thing
        return number

    def reserve(self) -> int:
        """Return the number of an object that is to come."""
        if self._counts[self._common_at] == BLOCK:
            self._common = self.take_block(0)
            self._common_at = len(self._blocks) - 1
        number = self._common * BLOCK + self._counts[self._common_at]
        self._counts[self._common_at] += 1
        return number

    def set(self, number: int, thing: Body | Stream) -> None:
        """Say what a reserved object is."""
        self._pending[number] = thing

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._hash.update(data)
        self._at += len(data)

    def flush(self, at_least: int = 0) -> None:
        """Write all pending objects, if there are so many: streams one by one, the others in object streams."""
        if len(self._pending) < at_least:
            return
        plain: list[tuple[int, bytes]] = []
        for number, thing in self._pending.items():
            if isinstance(thing, Stream):
                self.write_object(number, thing.format(None))
            else:
                plain.append((number, thing.format(None)))
        self._pending = {}
        for start in range(0, len(plain), _ROWS_AT_A_TIME):
            self._write_plain(plain[start : start + _ROWS_AT_A_TIME])

    def _write_plain(self, plain: Sequence[tuple[int, bytes]]) -> None:
        holder = self.write_packed(Stream(*packed(plain)))
        for order, (number, _) in enumerate(plain):
            self._place(number, [_ROW.pack(2, holder, order)])

    def write_long(self, number: int, before: str, listed: Iterable[str], after: str) -> None:
        """Write an object with a list that grows with the file, in an object stream of its own and piece by piece."""
        index = f"{number} 0\n"
        coded = (piece.encode("ascii") for piece in chain([index, before], _spaced(listed), [after]))
        holder = self.write_packed(Stream.deflated(coded, packed_keys(1, len(index))))
        self._place(number, [_ROW.pack(2, holder, 0)])

    def write_packed(self, objects: Stream) -> int:
        """Write an object stream and return its number; where the objects stand in it is for the caller to place."""
        holder = self.reserve()
        self.write_object(holder, objects.format(None))
        return holder

    def write_object(self, number: int, text: bytes) -> None:
        """Write an object of a common block and note its place."""
        self._place(number, [_ROW.pack(1, self.write_apart(number, text), 0)])

    def write_apart(self, number: int, text: bytes) -> int:
        """Write an object and return its place, for the caller to note."""
        at = self._at
        self._write(object_text(number, text))
        return at

    def place(self, number: int, places: Sequence[tuple[int, int, int]]) -> None:
        """Note the places of objects from this number on, as a cross-reference stream holds them."""
        self._place(number, [_ROW.pack(*place) for place in places])

    def _place(self, number: int, rows: list[bytes]) -> None:
        self._rows.seek(number * _ROW.size)
        self._rows.write(b"".join(rows))

    # ---- the cross-reference ---------------------------------------------------------------------------------------

    def write_table(self, root: int, info: int) -> None:
        """Write the cross-reference and the seal; the file is then whole."""
        number, start = self.reserve(), self._at
        self._place(number, [_ROW.pack(1, start, 0)])
        with tempfile.TemporaryFile() as table:
            packer = zlib.compressobj(9)
            table.writelines(map(packer.compress, self._predicted()))
            table.write(packer.flush())
            self._write_table_stream(number, table, f"/Root {reference(root)}/Info {reference(info)}")
        self._rows.close()
        self._write(b"\r\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
        self._out.seek(self._seal_at)
        self._out.write(digest_of(self._hash))
        self._out.seek(0, 2)

    def _write_table_stream(self, number: int, table: IO[bytes], roots: str) -> None:
        """Write the dictionary and the content of the cross-reference, which is at hand as a file."""
        size = self._blocks[-1] * BLOCK + self._counts[-1]
        digest = digest_of(self._hash).decode("ascii")
        keys = f"/Type/XRef/Size {size}{roots}/W[1 8 2]/DecodeParms<</Predictor 12/Columns 11>>/Filter/FlateDecode"
        self._write(f"{number} 0 obj\n<<{keys}/Length {table.tell()}/Index[".encode("ascii"))
        ranges = zip(self._blocks, self._counts, strict=True)
        for piece in _spaced(f"{block * BLOCK} {count}" for block, count in ranges if count):
            self._write(piece.encode("ascii"))
        self._write(f"]/ID[<{digest}>".encode("ascii"))
        self._seal_at = self._at + 1
        self._write(EMPTY + b"]>>\nstream\n")
        table.seek(0)
        while content := table.read(_PIECE):
            self._write(content)

    def _predicted(self) -> Iterator[bytes]:
        """Yield all rows as differences from the row above."""
        above = bytes(_ROW.size)
        for block, count in zip(self._blocks, self._counts, strict=True):
            self._rows.seek(block * BLOCK * _ROW.size)
            left = count
            while left:
                rows = self._rows.read(min(left, _ROWS_AT_A_TIME) * _ROW.size)
                yield predicted(rows, _ROW.size, above)
                above = rows[-_ROW.size :]
                left -= len(rows) // _ROW.size


def _spaced(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts with spaces after them, many at a time, so that they never stand in memory as a whole."""
    source = iter(texts)
    while piece := " ".join(islice(source, _AT_A_TIME)):
        yield f"{piece} "
