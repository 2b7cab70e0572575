"""The seal: a mark in a finished PDF by which it is known again, as long as nobody changed it.

The second half of the file's /ID is the digest of the whole file with that half set to zeros. A form that was filled
in, saved by another program or added to no longer matches. PDF/A asks for an /ID and leaves both halves free. This
module knows bytes and nothing of agreements.
"""

import hashlib
import os
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mmap import mmap

_DIGEST_HEX = 32
EMPTY = b"<" + b"0" * _DIGEST_HEX + b">"
"""What stands in the place of the seal while the digest is taken."""
MAKER = b"family agreement, seal 1\n"
_END = re.compile(rb"startxref\s+(\d{1,15})\s+%%EOF\s*\Z")
_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b[^>]*>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_STRING = rb"(?:<[0-9A-Fa-f]*>|\((?:\\.|[^\\()])*\))"
_ID = re.compile(rb"/ID\s*\[\s*" + _STRING + rb"\s*(" + _STRING + rb")\s*\]", re.DOTALL)


def stamp(pdf: bytes) -> bytes:
    """Return the PDF with its seal; sealing twice changes nothing.

    The trailer or cross-reference stream at its end must hold /ID with two strings: ValueError if not. No offset
    changes, since nothing that one points to stands behind the /ID.
    """
    place = _seal_place(pdf)
    if place is None:
        raise ValueError("the PDF has no /ID to write the seal in")
    start, end = place
    return pdf[:start] + _seal_of(pdf, place) + pdf[end:]


def is_ours(pdf: "bytes | mmap") -> bool:
    """Tell whether `stamp` sealed these bytes and not one of them was changed since."""
    place = _seal_place(pdf)
    if place is None:
        return False
    start, end = place
    return pdf[start:end] == _seal_of(pdf, place)


def is_file_of_ours(path: Path) -> bool:
    """Tell the same of a file, however large, without reading it into memory. Raises OSError."""
    from mmap import ACCESS_READ, mmap

    with path.open("rb") as stream:
        if not os.fstat(stream.fileno()).st_size:
            return False
        with mmap(stream.fileno(), 0, access=ACCESS_READ) as mapped:
            return is_ours(mapped)


def count_sides(pdf: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    packed = b"".join(zlib.decompressobj().decompress(match[1]) for match in _OBJECTS.finditer(pdf))
    return len(_PAGE.findall(pdf)) + len(_PAGE.findall(packed))


def _seal_place(pdf: "bytes | mmap") -> tuple[int, int] | None:
    """Return where the second string of the last /ID begins and ends."""
    end = _END.search(pdf, max(0, len(pdf) - 100))
    if pdf[:5] != b"%PDF-" or not end:
        return None
    match = _ID.search(pdf, int(end[1]))
    return match.span(1) if match else None


def _seal_of(pdf: "bytes | mmap", place: tuple[int, int]) -> bytes:
    """Return the seal that belongs in a place of a file."""
    start, end = place
    digest = hashlib.sha256(MAKER)
    with memoryview(pdf) as whole:
        for part in (whole[:start], EMPTY, whole[end:]):
            digest.update(part)
    return b"<" + digest_of(digest) + b">"


def digest_of(whole: "hashlib._Hash") -> bytes:
    """Return what stands in the seal of a file with this hash of MAKER and of its bytes."""
    return whole.hexdigest()[:_DIGEST_HEX].encode("ascii")
