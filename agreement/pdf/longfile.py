"""A PDF file that is written while it is made: objects go out as soon as they are whole; only their places are kept.

The places lie in a temporary file without a name, so that memory does not grow. Knows objects and bytes, no page.
"""

import hashlib
import struct
import tempfile
import zlib
from typing import IO

from agreement.pdf.engine import HEADER, Body, Stream
from agreement.pdf.seal import MAKER
from agreement.pdf.syntax import reference

_ROW = struct.Struct(">BQH")
_CHUNK = 1 << 20


class LongFile:
    """Writes to a binary file that can be sought in."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._at = 0
        self._rows = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the table
        self._rows.write(_ROW.pack(0, 0, 65535))
        self._count = 1
        self._pending: dict[int, Body | Stream] = {}
        self._hash = hashlib.sha256(MAKER)
        self._write(HEADER)

    def add(self, thing: Body | Stream) -> int:
        """Take an object into the file and return its number."""
        number = self._reserve()
        self._pending[number] = thing
        return number

    def _reserve(self) -> int:
        number = self._count
        self._count += 1
        return number

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._hash.update(data)
        self._at += len(data)

    def _flush(self) -> None:
        """Write all pending objects: streams one by one, the others in one object stream."""
        plain: list[tuple[int, bytes]] = []
        for number, thing in self._pending.items():
            if isinstance(thing, Stream):
                self._write_object(number, thing.format(None))
            else:
                plain.append((number, thing.format(None)))
        self._pending = {}
        for start in range(0, len(plain), 50_000):
            self._write_packed(plain[start : start + 50_000])

    def _write_packed(self, plain: list[tuple[int, bytes]]) -> None:
        holder = self._reserve()
        index, at = [], 0
        for order, (number, text) in enumerate(plain):
            index.append(f"{number} {at}")
            at += len(text) + 1
            self._place(number, _ROW.pack(2, holder, order))
        first = " ".join(index).encode("ascii") + b"\n"
        packed = Stream(
            first + b"\n".join(text for _, text in plain), f"/Type/ObjStm/N {len(plain)}/First {len(first)}"
        )
        self._write_object(holder, packed.format(None))

    def _write_object(self, number: int, text: bytes) -> None:
        self._place(number, _ROW.pack(1, self._at, 0))
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, text))

    def _place(self, number: int, row: bytes) -> None:
        self._rows.seek(number * _ROW.size)
        self._rows.write(row)

    def _write_table(self, root: int, info: int) -> None:
        number, start = self._reserve(), self._at
        self._place(number, _ROW.pack(1, start, 0))
        roots = f"/Root {reference(root)}/Info {reference(info)}"
        digest = self._hash.hexdigest()[:32]
        packer = zlib.compressobj(6)
        self._rows.seek(0)
        packed = b"".join([packer.compress(piece) for piece in iter(lambda: self._rows.read(_CHUNK), b"")])
        packed += packer.flush()
        head = f"<</Type/XRef/Size {number + 1}/W[1 8 2]{roots}/ID[<{digest}>"
        self._write(f"{number} 0 obj\n{head}".encode("latin-1"))
        seal_at = self._at + 1
        self._write(b"<" + b"0" * 32 + b">")
        self._write(f"]/Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode("latin-1"))
        self._write(packed)
        self._write(b"\r\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
        self._out.seek(seal_at)
        self._out.write(self._hash.hexdigest()[:32].encode("ascii"))
        self._out.seek(0, 2)
        self._rows.close()
