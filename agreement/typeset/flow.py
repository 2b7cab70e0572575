"""Which strip stands on which page, and at which height: pages fill from the top, elastic spaces share what is left."""

from collections.abc import Collection, Sequence
from itertools import accumulate, combinations, starmap
from math import inf
from typing import NamedTuple

from agreement.errors import LayoutError
from agreement.typeset.block import Block, Strip
from agreement.typeset.style import MAX_GAP

FIT = 0.01
"""Points by which a page may be over-full: rounding, not ink."""
INSIDE_A_BLOCK = 150.0


class Placed(NamedTuple):
    """A strip of a block, on a page, its top at a distance from the top of the page."""

    block: Block
    strip: Strip
    page: int
    top: float


class Frame(NamedTuple):
    """The room on a page, as distances from its top."""

    top: float
    bottom: float


def too_long(block: Block) -> str:
    """Return the sentence for a part of which a piece is higher than a page; what holds no promise says its own."""
    return getattr(block, "TOO_LONG", "one promise is longer than a page. Shorten it, or a name in it.")


def height_of(blocks: Sequence[Block]) -> float:
    """Return the height of blocks set under each other with the least spaces."""
    strips = [strip for block in blocks for strip in block.strips()]
    return sum(strip.height + strip.space for strip in strips) - (strips[0].space if strips else 0)


def _reach(strip: Strip) -> float:
    return strip.height + strip.overhang


def fill(
    blocks: Sequence[Block], frames: Sequence[Frame], first_page: int, breaks: Collection[int] = ()
) -> list[Placed]:
    """Place blocks page after page; `frames[n]` is the room on page `first_page` + n, the last one on all later pages.

    The strips whose numbers are in `breaks` begin a page. Raises LayoutError for a strip that is higher than a page.
    """
    placed: list[list[Placed]] = [[]]
    at = frames[0].top
    number = -1
    for block in blocks:
        for strip in block.strips():
            number += 1
            frame = frames[min(len(placed) - 1, len(frames) - 1)]
            space = strip.space if placed[-1] else 0.0
            if placed[-1] and (number in breaks or at + space + _reach(strip) > frame.bottom + FIT):
                placed.append([])
                frame = frames[min(len(placed) - 1, len(frames) - 1)]
                at, space = frame.top, 0.0
            if frame.top + _reach(strip) > frame.bottom + FIT:
                raise LayoutError(too_long(block))
            placed[-1].append(Placed(block, strip, first_page + len(placed) - 1, at + space))
            at += space + strip.height
    spread = [_spread(page, frames[min(number, len(frames) - 1)]) for number, page in enumerate(placed)]
    return [one for page in spread for one in page]


def even_breaks(blocks: Sequence[Block], start: int, frames: Sequence[Frame]) -> tuple[int, ...]:
    """Return the numbers of the strips that begin the last sides: those from `start` on fill `frames` evenly.

    A side that ends inside a block counts as so much uneven as INSIDE_A_BLOCK says.
    """
    strips = [strip for block in blocks for strip in block.strips()]
    whole = set(accumulate(len(block.strips()) for block in blocks))
    tops = [0.0, *accumulate(strip.height + strip.space for strip in strips)]
    count = len(strips)
    start = min(start, count - len(frames))

    def cost(first: int, end: int, frame: Frame) -> float:
        height = tops[end] - tops[first] - strips[first].space + strips[end - 1].overhang
        if height > frame.bottom - frame.top + FIT:
            return inf
        return height**2 + (0.0 if end in whole else INSIDE_A_BLOCK**2)

    def uneven(ends: tuple[int, ...]) -> float:
        return sum(starmap(cost, zip((start, *ends), (*ends, count), frames, strict=True)))

    return start, *min(combinations(range(start + 1, count), len(frames) - 1), key=uneven)


def _spread(page: list[Placed], frame: Frame) -> list[Placed]:
    """Share the room that is left among the elastic spaces, none wider than MAX_GAP."""
    elastic = [at for at, one in enumerate(page) if at and one.strip.elastic]
    if not elastic:
        return page
    left = frame.bottom - (page[-1].top + _reach(page[-1].strip))
    extra = min(left / len(elastic), *(MAX_GAP - page[at].strip.space for at in elastic))
    moved, shift = [], 0.0
    for at, one in enumerate(page):
        shift += max(0.0, extra) if at in elastic else 0.0
        moved.append(Placed(one.block, one.strip, one.page, one.top + shift))
    return moved
