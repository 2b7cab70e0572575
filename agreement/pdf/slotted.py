"""Slots in the bytes of a file: how they are marked, cut out and filled, and streams that keep them in deflated data.

Knows strings, streams and deflate (RFC 1951), and nothing of documents.
"""

import codecs
import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from agreement.pdf.syntax import byte_string, read_doc_encoding, text_string

TITLE = 0
"""The slot of the document's title."""
SIMPLE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz '-.")
PLAIN = frozenset(map(chr, range(0x20, 0x7F)))
LETTERS = frozenset(letter for letter in map(chr, range(0x20, 0x100)) if letter.isprintable()) | frozenset("ŒœŠšŽžŸ’")
WEST = SIMPLE | frozenset("áàâäãåéèêëíìîïóòôöõúùûüýñçšžÁÀÂÄÃÅÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÝÑÇŠŽ’")
EUROPE = WEST | frozenset("ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŐőŔŕŘřŚśŞşŢţŤťŪūŮůŰűŲųŹźŻżȘșȚțßØøÆæ")
LETTER_SETS = (SIMPLE, WEST, PLAIN, LETTERS, EUROPE)
"""What dies carry for names; the smallest that has a name's letters is taken, for the smallest file."""
NEAR = 200
"""Slots with fewer bytes than this between them are filled together; to deflate so little would save nothing."""
_WIDE = 1 << 16
"""What is added to a slot's number where its text is in UTF-16."""
_MARK = re.compile(rb"\x01\x02~(\d+)~|\x00\x01\x00\x02\x00~((?:\x00\d)+)\x00~")
_STRING = re.compile(rb"\((?:\\.|[^\\()])*\x01\x02~(\d+)~(?:\\.|[^\\()])*\)", re.DOTALL)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_LENGTHS = struct.Struct("<HH")
DEFLATED = b"\x78\xda"
"""What deflated data begin with (RFC 1950)."""


class UnfitError(Exception):
    """What should be stamped needs a letter that the die does not carry, or stands where no slot can be."""


def mark(slot: int) -> str:
    """Return what stands for a slot in operators, labels and the title of the document that a die is cut from."""
    return f"\x01\x02~{slot}~"


def letter_set(names: list[str]) -> int:
    """Return the number of the smallest of LETTER_SETS that has all letters of these names, or -1."""
    letters = frozenset().union(*names)
    return next((number for number, known in enumerate(LETTER_SETS) if letters <= known), -1)


class Pattern:
    """Bytes with slots in them."""

    def __init__(self, raw: bytes) -> None:
        parts = _MARK.split(raw)
        self.constants = parts[0::3]
        marks = zip(parts[1::3], parts[2::3], strict=True)
        self.slots = [int(plain) if plain else int(wide.replace(b"\0", b"")) + _WIDE for plain, wide in marks]

    def fill(self, values: Mapping[int, bytes]) -> bytes:
        """Return the bytes with values in the slots."""
        filled = [self.constants[0]]
        for slot, constant in zip(self.slots, self.constants[1:], strict=True):
            filled += (values[slot], constant)
        return b"".join(filled)


def stretches(pattern: Pattern) -> tuple[list[bytes], list[Pattern]]:
    """Return the long constant stretches of a pattern, and between each two what is filled together."""
    constants, stored = [pattern.constants[0]], [b""]
    for slot, constant in zip(pattern.slots, pattern.constants[1:], strict=True):
        if len(constants) > 1 and len(constants[-1]) < NEAR:
            stored[-1] += constants.pop()
        else:
            stored.append(b"")
        stored[-1] += mark(slot).encode("ascii")
        constants.append(constant)
    return constants, [Pattern(raw) for raw in stored[1:]]


class _Stretch(NamedTuple):
    """A constant stretch of a stream, as it is and deflated by itself up to where a stored block's lengths stand."""

    raw: bytes
    deflated: bytes


class Slotted:
    """A stream with slots: constant stretches are deflated once, slots and what is between near ones are stored.

    Nothing in a stretch points back over a slot, so what fills a slot may have any length.
    """

    def __init__(self, pattern: Pattern) -> None:
        constants, self._stored = stretches(pattern)
        self._stretches = [_Stretch(raw, up_to_lengths(raw)) for raw in constants[:-1]]
        self._last = _Stretch(constants[-1], _to_the_end(constants[-1]))

    def fill(self, values: Mapping[int, bytes]) -> bytes:
        """Return the deflated stream with values in the slots."""
        pieces, total = [DEFLATED], 1
        for stretch, pattern in zip(self._stretches, self._stored, strict=True):
            filled = pattern.fill(values)
            pieces += (stretch.deflated, lengths(filled), filled)
            total = zlib.adler32(filled, zlib.adler32(stretch.raw, total))
        total = zlib.adler32(self._last.raw, total)
        return b"".join([*pieces, self._last.deflated, total.to_bytes(4)])


def up_to_lengths(raw: bytes) -> bytes:
    """Deflate bytes, and begin a stored block: its lengths are to follow, and what it holds."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    flushed = packer.compress(raw) + packer.flush(zlib.Z_SYNC_FLUSH)
    return flushed[:-4] if flushed else b"\0"


def lengths(stored: bytes) -> bytes:
    """Return what stands before the bytes of a stored block."""
    return _LENGTHS.pack(len(stored), len(stored) ^ 0xFFFF)


def _to_the_end(raw: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    return packer.compress(raw) + packer.flush()


class Strings:
    """The objects that hold names, as an object stream that begins with its index.

    Where PDFDocEncoding does not have a name, all strings with names are in UTF-16.
    """

    def __init__(self, objects: list[tuple[int, bytes]]) -> None:
        self.numbers = [number for number, _ in objects]
        self._narrow = _Packed(self.numbers, [text for _, text in objects])
        self._wide = _Packed(self.numbers, [_STRING.sub(_widened, text) for _, text in objects])
        self._all_wide = _any_wide(Pattern(text) for _, text in objects)

    def fill(self, values: Mapping[int, str]) -> tuple[bytes, int]:
        """Return the content of the stream, and how long its index is."""
        inside = None if self._all_wide else _inside(values)
        return self._narrow.fill(inside) if inside else self._wide.fill(_wide_inside(values))


class Objects:
    """Objects that hold names, each by itself."""

    def __init__(self, texts: list[bytes]) -> None:
        self._narrow = list(map(Pattern, texts))
        self._wide = [Pattern(_STRING.sub(_widened, text)) for text in texts]
        self._all_wide = _any_wide(self._narrow)

    def fill(self, values: Mapping[int, str]) -> list[bytes]:
        """Return all objects."""
        inside = None if self._all_wide else _inside(values)
        filled = inside or _wide_inside(values)
        return [pattern.fill(filled) for pattern in (self._narrow if inside else self._wide)]


def _any_wide(patterns: Iterable[Pattern]) -> bool:
    """Tell whether a string is in UTF-16 whatever the names; all with names are then."""
    return any(slot >= _WIDE for pattern in patterns for slot in pattern.slots)


def _inside(values: Mapping[int, str]) -> dict[int, bytes] | None:
    """Return what stands inside strings for values; None where PDFDocEncoding does not have all of them."""
    inside = {slot: text_string(value)[1:-1].encode("latin-1") for slot, value in values.items()}
    return None if any(written.startswith(codecs.BOM_UTF16_BE) for written in inside.values()) else inside


def _wide_inside(values: Mapping[int, str]) -> dict[int, bytes]:
    """Return what stands inside strings in UTF-16."""
    return {
        slot + _WIDE: byte_string(value.encode("utf-16-be"))[1:-1].encode("latin-1") for slot, value in values.items()
    }


class _Packed:
    """Objects with slots, one behind the other."""

    def __init__(self, numbers: list[int], texts: list[bytes]) -> None:
        self._body = Pattern(b"\n".join(texts))
        self._sizes = []
        for number, text in zip(numbers, texts, strict=True):
            pattern = Pattern(text)
            self._sizes.append((f"{number} ", sum(map(len, pattern.constants)) + 1, pattern.slots))

    def fill(self, values: Mapping[int, bytes]) -> tuple[bytes, int]:
        sizes = {slot: len(value) for slot, value in values.items()}
        index, at = [], 0
        for number, size, slots in self._sizes:
            index.append(f"{number}{at}")
            at += size
            for slot in slots:
                at += sizes[slot]
        first = " ".join(index).encode("ascii") + b"\n"
        return first + self._body.fill(values), len(first)


def _widened(string: "re.Match[bytes]") -> bytes:
    """Write a string of PDFDocEncoding in UTF-16."""
    text = read_doc_encoding(_ESCAPED.sub(lambda escaped: _CONTROLS.get(escaped[1], escaped[1]), string[0][1:-1]))
    return byte_string(b"\xfe\xff" + text.encode("utf-16-be")).encode("latin-1")


_CONTROLS = {b"n": b"\n", b"r": b"\r"}
