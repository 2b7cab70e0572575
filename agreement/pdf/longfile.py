"""A PDF file that is written while it is made: objects go out as soon as they are whole; only their places are kept.

Objects are numbered in blocks of a thousand, so that the objects of one part are the block's digits and three more.
The places lie in a temporary file without a name, so that memory does not grow. Knows objects and bytes, no page.
"""

import hashlib
import struct
import tempfile
import zlib
from array import array
from collections.abc import Iterator, Sequence
from typing import IO

from agreement.pdf.engine import HEADER, Body, Stream, differences, object_text, packed
from agreement.pdf.seal import EMPTY, MAKER, digest_of
from agreement.pdf.syntax import reference

BLOCK = 1000
_ROW = struct.Struct(">xBQH")
_UP = b"\x02"
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
        holder = self.write_packed(plain)
        for order, (number, _) in enumerate(plain):
            self._place(number, [_ROW.pack(2, holder, order)])

    def write_packed(self, plain: Sequence[tuple[int, bytes]]) -> int:
        """Write an object stream and return its number; where the objects stand in it is for the caller to place."""
        holder = self.reserve()
        self.write_object(holder, Stream(*packed(plain)).format(None))
        return holder

    def write_object(self, number: int, text: bytes) -> None:
        """Write an object of a common block and note its place."""
        self._place(number, [_ROW.pack(1, self.write_apart(number, text), 0)])

    def write_apart(self, number: int, text: bytes) -> int:
        """Write an object and return its place, for the caller to note."""
        at = self._at
        self._write(object_text(number, text))
        return at

    def place_block(self, block: int, places: Sequence[tuple[int, int, int]]) -> None:
        """Note the places of all objects of a block, as a cross-reference stream holds them."""
        self._place(block * BLOCK, [_ROW.pack(*place) for place in places])

    def _place(self, number: int, rows: list[bytes]) -> None:
        self._rows.seek(number * _ROW.size)
        self._rows.write(b"".join(rows))

    # ---- the cross-reference ---------------------------------------------------------------------------------------

    def write_table(self, root: int, info: int) -> None:
        """Write the cross-reference and the seal; the file is then whole."""
        number, start = self.reserve(), self._at
        self._place(number, [_ROW.pack(1, start, 0)])
        index = " ".join(
            f"{block * BLOCK} {count}" for block, count in zip(self._blocks, self._counts, strict=True) if count
        )
        packer = zlib.compressobj(9)
        packed = b"".join(map(packer.compress, self._predicted())) + packer.flush()
        size = self._blocks[-1] * BLOCK + self._counts[-1]
        digest = digest_of(self._hash).decode("ascii")
        roots = f"/Root {reference(root)}/Info {reference(info)}"
        self._write(f"{number} 0 obj\n<</Type/XRef/Size {size}/W[1 8 2]/Index[{index}]{roots}/ID[<{digest}>".encode())
        seal_at = self._at + 1
        self._write(EMPTY)
        keys = f"]/DecodeParms<</Predictor 12/Columns 11>>/Filter/FlateDecode/Length {len(packed)}"
        self._write(f"{keys}>>\nstream\n".encode("ascii") + packed)
        self._write(b"\r\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
        self._out.seek(seal_at)
        self._out.write(digest_of(self._hash))
        self._out.seek(0, 2)
        self._rows.close()

    def _predicted(self) -> Iterator[bytes]:
        """Yield all rows as differences from the row above, with the number of PNG's "up" before each."""
        above = bytes(_ROW.size)
        for block, count in zip(self._blocks, self._counts, strict=True):
            self._rows.seek(block * BLOCK * _ROW.size)
            left = count
            while left:
                rows = self._rows.read(min(left, _ROWS_AT_A_TIME) * _ROW.size)
                changes = bytearray(differences(rows, above + rows[: -_ROW.size]))
                changes[:: _ROW.size] = _UP * (len(rows) // _ROW.size)
                yield bytes(changes)
                above = rows[-_ROW.size :]
                left -= len(rows) // _ROW.size
