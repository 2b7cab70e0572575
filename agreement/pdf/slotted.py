"""Slots in the bytes of a file: how they are marked, cut out, padded, and kept whole inside deflated data.

Knows strings, streams and deflate (RFC 1951), and nothing of documents.
"""

import hashlib
import re
import struct
import zlib
from collections.abc import Callable
from typing import NamedTuple

from agreement.pdf.syntax import text_string

TITLE = 0
"""The slot of the document's title."""
MARK = re.compile(rb"\x01\x02~(\d+)~\x02\x01|\x00\x01\x00\x02\x00~((?:\x00\d)+)\x00~\x00\x02\x00\x01")
TITLE_TEXT = re.compile(rb"\(\x01\x02~0~\x02\x01\)|\x01\x02~0~\x02\x01</rdf:li>")
PLAIN_LETTERS = "".join(map(chr, range(0x20, 0x7F)))
LETTERS = "".join(letter for letter in map(chr, range(0x20, 0x100)) if letter.isprintable()) + "ŒœŠšŽžŸ’"
_CARRIED = frozenset(LETTERS) - {"\xad"}
_ESCAPES = {ord(mark): f"\\{mark}".encode() for mark in "\\()"} | {10: b"\\n", 13: b"\\r"}
_PLAIN_BACKSLASH = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZacdeghijklmopqsuvwxyz")
LENGTHS = struct.Struct("<HH")


class UnfitError(Exception):
    """What should be stamped does not fit its slot, or needs a letter that the die does not carry."""


def mark(slot: int) -> str:
    """Return what stands for a slot in a label or title of the document that a die is cut from."""
    return f"\x01\x02~{slot}~\x02\x01"


class Room(NamedTuple):
    """What fits the slots of a die: how long each is, by its number and kind, and in which letters names are."""

    length: Callable[[int, str], int]
    letters: str


def carried(name: str) -> bool:
    """Tell whether a die carries every letter of a name."""
    return _CARRIED.issuperset(name)


class Segment(NamedTuple):
    """A stretch of a stream: constant bytes, or a slot with its kind: ops, narrow, wide, title or xmp."""

    constant: bytes
    slot: int = -1
    kind: str = ""


class Filler:
    """Bytes to put in the place of a slot while the rest is deflated: none of them stands in the constant stretches.

    So no later stretch can point back into a slot.
    """

    def __init__(self, constant: bytes) -> None:
        unused = bytes(sorted(set(range(256)) - set(constant)))
        if len(unused) < 2:
            raise UnfitError("every byte is in use")
        self._unused = unused
        self._count = 0

    def take(self, length: int) -> bytes:
        self._count += 1
        noise = hashlib.shake_128(b"%d" % self._count).digest(length)
        return bytes(self._unused[byte % len(self._unused)] for byte in noise)


def padded_ops(operators: bytes, length: int) -> bytes:
    if len(operators) > length:
        raise UnfitError("a line is too long for its slot")
    return operators.ljust(length)


def _narrow(text: str, length: int) -> bytes:
    """Write a part of a text string in PDFDocEncoding, where that is Latin-1."""
    if not all(mark < "\x7f" or ("\xa1" <= mark <= "\xff" and mark != "\xad") for mark in text):
        raise UnfitError(text)
    return _padded(text.encode("latin-1"), length)


def _wide(text: str, length: int) -> bytes:
    """Write a part of a text string in UTF-16."""
    return _padded(text.encode("utf-16-be"), length)


def _padded(text: bytes, length: int) -> bytes:
    r"""Escape a part of a string and pad it with line ends behind backslashes, which a string does not hold."""
    escaped = b"".join([_ESCAPES.get(byte) or bytes((byte,)) for byte in text])
    missing = length - len(escaped)
    if missing == 1:
        place = next((at for at, byte in enumerate(escaped) if byte in _PLAIN_BACKSLASH and b"\\" not in escaped), -1)
        if place < 0:
            raise UnfitError("a name is one letter too long for its slot")
        return escaped[:place] + b"\\" + escaped[place:]
    if missing < 0:
        raise UnfitError("a name is too long for its slot")
    return escaped + (b"\\\r\n" if missing % 2 else b"") + b"\\\n" * ((missing - 3 * (missing % 2)) // 2)


def _title(text: str, length: int) -> bytes:
    return padded_ops(text_string(text).encode("latin-1"), length)


def _xmp(text: str, length: int) -> bytes:
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return padded_ops(f"{safe}</rdf:li>".encode(), length)


WAYS: dict[str, Callable[[str, int], bytes]] = {"narrow": _narrow, "wide": _wide, "title": _title, "xmp": _xmp}


def segments_of(raw: bytes, marks: "re.Pattern[bytes]", kind: str) -> list[Segment]:
    """Cut bytes at their marks; what stands in UTF-16 is of the kind "wide"."""
    segments, end = [], 0
    for match in marks.finditer(raw):
        segments.append(Segment(raw[end : match.start()]))
        if kind in ("xmp", "title"):
            segments.append(Segment(b"", TITLE, kind))
        elif match[1] is not None:
            segments.append(Segment(b"", int(match[1]), kind))
        else:
            segments.append(Segment(b"", int(match[2].replace(b"\0", b"")), "wide"))
        end = match.end()
    return [*segments, Segment(raw[end:])]


def deflated(segments: list[Segment], length_of: Callable[[Segment], int]) -> tuple[bytes, list[tuple[int, Segment]]]:
    """Deflate the constant stretches, slots being stored blocks; return all but the checksum, and where slots stand."""
    filler = Filler(b"".join(segment.constant for segment in segments))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    content = bytearray(b"\x78\xda")
    spots = []
    for segment in segments:
        if segment.slot < 0:
            content += packer.compress(segment.constant)
            continue
        length = length_of(segment)
        flushed = packer.flush(zlib.Z_SYNC_FLUSH)
        content += flushed[:-4] if flushed else b"\0"
        content += LENGTHS.pack(length, length ^ 0xFFFF)
        spots.append((len(content), segment))
        content += b" " * length
        packer.compress(filler.take(length))
        packer.flush(zlib.Z_SYNC_FLUSH)
    content += packer.flush(zlib.Z_FINISH)
    return bytes(content), spots
