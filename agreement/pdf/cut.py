"""The objects of a mold with the numbers of one place in a block, cast for many households at a time.

Most are alike but for the block and stand in lockstep; those in which something is said of a household stand kind by
kind, so that each deflates to its difference from the last. Knows objects and bytes, and nothing of names.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from agreement.pdf.engine import Stream, packed, stream_text
from agreement.pdf.lockstep import OWN, Lockstep, digits_of
from agreement.pdf.longfile import BLOCK, LongFile
from agreement.pdf.slotted import Objects, Pattern

_MOST_PACKED = 65_000
"""Objects in one stream; the cross-reference has two bytes for which of them it is."""
_NUMBER = re.compile(re.escape(OWN) + rb"(\d+)")


class Cast(NamedTuple):
    """What goes into a part for one household: its block, lines in the slots of pages, and names in labels."""

    block: int
    drawn: Mapping[int, bytes]
    said: Mapping[int, str]


class Cut:
    """`first` is what the part's own numbers begin with in a block."""

    def __init__(
        self, objects: Sequence[tuple[int, bytes]], streams: Sequence[tuple[int, Pattern]], first: int
    ) -> None:
        """Take objects and streams, each with its own number counted from 0; there is no gap between them."""
        self.first = first
        self.count = len(objects) + len(streams)
        self._is_long = self.count > BLOCK
        self._streams = streams
        texts = [(number, _moved(text, first) if first else text) for number, text in objects]
        said = [(number, text) for number, text in texts if self._is_long or Pattern(text).slots]
        self._said, self._objects = [number for number, _ in said], Objects([text for _, text in said])
        numbers = set(self._said)
        self._lockstep = Lockstep([(number, text) for number, text in texts if number not in numbers], first)

    def write(self, file: LongFile, casts: Sequence[Cast]) -> None:
        """Write the objects of households whose blocks have equally many digits."""
        places: list[list[tuple[int, int, int]]] = [[(0, 0, 0)] * self.count for _ in casts]
        for cast, of_cast in zip(casts, places, strict=True):
            start = self.start(cast.block)
            for number, pattern in self._streams:
                text = stream_text("/Filter/FlateDecode", zlib.compress(pattern.fill(cast.drawn)))
                of_cast[number] = (1, file.write_apart(start + number, text), 0)
        for number, holder, order in self._lockstep.write(file, [cast.block for cast in casts]):
            for at, of_cast in enumerate(places, order):
                of_cast[number] = (2, holder, at)
        self._write_said(file, casts, places)
        for cast, of_cast in zip(casts, places, strict=True):
            file.place(self.start(cast.block), of_cast)

    def start(self, block: int) -> int:
        """Return the number of the part's first object in a block."""
        return block * BLOCK + self.first

    def _write_said(self, file: LongFile, casts: Sequence[Cast], places: list[list[tuple[int, int, int]]]) -> None:
        found = [self._texts(cast) for cast in casts]
        count = len(casts)
        at_a_time = _MOST_PACKED // count
        for begin in range(0, len(self._said), at_a_time):
            kinds = range(begin, min(begin + at_a_time, len(self._said)))
            texts = [
                (self.start(cast.block) + self._said[kind], of_cast[kind])
                for kind in kinds
                for cast, of_cast in zip(casts, found, strict=True)
            ]
            holder = file.write_packed(Stream(*packed(texts)))
            for order, kind in enumerate(kinds):
                for at, of_cast in enumerate(places, order * count):
                    of_cast[self._said[kind]] = (2, holder, at)

    def _texts(self, cast: Cast) -> list[bytes]:
        """Return the objects in which something is said of a household."""
        texts = self._objects.fill(cast.said)
        if self._is_long:
            start = self.start(cast.block)
            return [_NUMBER.sub(lambda own: b"%d" % (start + int(own[1])), text) for text in texts]
        digits = digits_of(cast.block)
        return [text.replace(OWN, digits) for text in texts]


def _moved(text: bytes, first: int) -> bytes:
    """Return an object whose own numbers begin further on in a block."""
    return _NUMBER.sub(lambda own: b"%b%03d" % (OWN, first + int(own[1])), text)
