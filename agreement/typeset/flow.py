"""Which strip stands on which page, and at which height: pages fill from the top, elastic spaces share what is left."""

from collections.abc import Sequence
from typing import NamedTuple

from agreement.errors import LayoutError
from agreement.typeset.block import Block, Strip
from agreement.typeset.style import MAX_GAP

FIT = 0.01
"""Points by which a page may be over-full: rounding, not ink."""


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


def height_of(blocks: Sequence[Block]) -> float:
    """Return the height of blocks set under each other with the least spaces."""
    strips = [strip for block in blocks for strip in block.strips()]
    return sum(strip.height + strip.space for strip in strips) - (strips[0].space if strips else 0)


def fill(blocks: Sequence[Block], frames: Sequence[Frame], first_page: int) -> list[Placed]:
    """Place blocks page after page; `frames[n]` is the room on page `first_page` + n, the last one on all later pages.

    Raises LayoutError for a strip that is higher than a page.
    """
    placed: list[list[Placed]] = [[]]
    at = frames[0].top
    for block in blocks:
        for strip in block.strips():
            frame = frames[min(len(placed) - 1, len(frames) - 1)]
            space = strip.space if placed[-1] else 0.0
            if placed[-1] and at + space + strip.height > frame.bottom + FIT:
                placed.append([])
                frame = frames[min(len(placed) - 1, len(frames) - 1)]
                at, space = frame.top, 0.0
            if frame.top + strip.height > frame.bottom + FIT:
                raise LayoutError("one promise is longer than a page. Shorten it, or a name in it.")
            placed[-1].append(Placed(block, strip, first_page + len(placed) - 1, at + space))
            at += space + strip.height
    spread = [_spread(page, frames[min(number, len(frames) - 1)]) for number, page in enumerate(placed)]
    return [one for page in spread for one in page]


def _spread(page: list[Placed], frame: Frame) -> list[Placed]:
    """Share the room that is left among the elastic spaces, none wider than MAX_GAP."""
    elastic = [at for at, one in enumerate(page) if at and one.strip.elastic]
    if not elastic:
        return page
    left = frame.bottom - (page[-1].top + page[-1].strip.height)
    extra = min(left / len(elastic), *(MAX_GAP - page[at].strip.space for at in elastic))
    moved, shift = [], 0.0
    for at, one in enumerate(page):
        shift += max(0.0, extra) if at in elastic else 0.0
        moved.append(Placed(one.block, one.strip, one.page, one.top + shift))
    return moved
