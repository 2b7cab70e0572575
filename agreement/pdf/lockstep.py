"""Objects that are alike from one part of a long file to the next, but for the digits of each part's block.

They stand in object streams as rows of equal length, the objects of all parts one under the other, and each row is
written as its difference from the row above: a few digits, in the same places each time, of which next to nothing is
left once they are deflated. So are the rows of the index, which grow by the same step. Knows objects and no page.
"""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from agreement.pdf.engine import Stream, packed_keys, predicted
from agreement.pdf.longfile import LongFile

OWN = b"\x03("
"""Stands before an own number. In no string: there a backslash stands before each bracket, whatever the letters are."""
_WIDTHS = (200, 1000, 5000, 20_000, 100_000)
"""Lengths of rows: of these, offsets grow in their first digits alone, and a reader keeps few object streams open."""

_ENTRY = 20
"""Length of an entry of the index: of this, too, what is in the same place in each row grows by the same step."""


class Kept(NamedTuple):
    """Where the objects of many parts with the same own number went: into an object stream, one after the other."""

    number: int
    holder: int
    order: int


def digits_of(block: int) -> bytes:
    """Return what stands before an own number of three digits in a block."""
    return b"%d" % block if block else b""


class Lockstep:
    """The objects of a part in which nothing but numbers changes, cut into rows anew when numbers grow longer."""

    def __init__(self, objects: Sequence[tuple[int, bytes]], first: int) -> None:
        """Take objects, each with its own number; in a block it is so many more than `first`."""
        self._objects, self._first = objects, first
        self._length = -1
        self._ranks: list[_Rank] = []

    def write(self, file: LongFile, blocks: Sequence[int]) -> Iterator[Kept]:
        """Write the objects of the parts with these blocks, whose digits are equally many, and yield where they are."""
        length = len(digits_of(blocks[0]))
        if length != self._length:
            self._length, self._ranks = length, _ranks(self._objects, self._first, length)
        for rank in self._ranks:
            yield from rank.write(file, blocks)


class _Rank:
    """Objects whose rows have the same width."""

    def __init__(self, width: int, first: int) -> None:
        self._width, self._first = width, first
        self._numbers: list[int] = []
        self._whole = b""

    def add(self, number: int, text: bytes, length: int) -> None:
        """Take an object that is so long once its numbers are written; a byte before its row says how that is coded."""
        self._numbers.append(number)
        self._whole += b"\0" + text + b" " * (self._width - length)

    def write(self, file: LongFile, blocks: Sequence[int]) -> Iterator[Kept]:
        digits = [digits_of(block) for block in blocks]
        index = self._index(digits)
        parms = f"/DecodeParms<</Predictor 12/Columns {self._width}>>"
        keys = packed_keys(len(self._numbers) * len(blocks), len(index)) + parms
        holder = file.write_packed(Stream.deflated(self._coded(index, digits), keys))
        for at, number in enumerate(self._numbers):
            yield Kept(number, holder, at * len(blocks))

    def _index(self, digits: Sequence[bytes]) -> bytes:
        """Return the index, as long as some rows are."""
        numbers = (b"%b%03d" % (before, self._first + number) for number in self._numbers for before in digits)
        index = b"".join([(b"%b %8d " % entry).ljust(_ENTRY) for entry in zip(numbers, count(0, self._width))])
        return index.ljust(-(-len(index) // self._width) * self._width)

    def _coded(self, index: bytes, digits: Sequence[bytes]) -> Iterator[bytes]:
        """Yield the index and then the objects, those of one own number at a time."""
        size = self._width + 1
        rows = [b"\0" + index[start : start + self._width] for start in range(0, len(index), self._width)]
        yield predicted(b"".join(rows), size)
        wholes = [self._whole.replace(OWN, before) for before in digits]
        for start in range(0, len(wholes[0]), size):
            yield _stepwise([whole[start : start + size] for whole in wholes])


def _stepwise(rows: list[bytes]) -> bytes:
    """Write the first row as it is, and each other one as its difference from the row above."""
    first, *others = rows
    return first + predicted(b"".join(others), len(first), first)


def _ranks(objects: Sequence[tuple[int, bytes]], first: int, digits: int) -> list[_Rank]:
    """Sort objects by the width of their rows, where own numbers begin with so many digits."""
    ranks: dict[int, _Rank] = {}
    for number, text in objects:
        length = len(text) + text.count(OWN) * (digits - len(OWN))
        width = next((width for width in _WIDTHS if width >= length), length)
        ranks.setdefault(width, _Rank(width, first)).add(number, text, length)
    return list(ranks.values())
