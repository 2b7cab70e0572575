"""Large print, where its sides end: the fewest sheets, all sides about equally full, and parts kept whole if they can.

Knows strips and frames, and nothing of what they say.
"""

from collections.abc import Callable, Sequence
from itertools import accumulate
from math import inf
from typing import NamedTuple

from agreement.errors import LayoutError
from agreement.typeset.block import Block, Strip
from agreement.typeset.flow import FIT, Frame, Placed, too_long

INSIDE_A_BLOCK = 150.0
"""A side that ends inside a part counts as so many points of white more;"""
INSIDE_WHAT_IS_NEEDED_AT_ONCE = 450.0
"""inside a part that nobody should have to turn over in a hurry, as so many;"""
ONE_ALONE = 120.0
"""and one that leaves a single row of a part on either side, as so many again."""
MOST_BEFORE_A_PART, MOST_BEFORE_A_ROW = 40.0, 22.0
"""The widest spaces, where a side has room to spare."""
OVER_A_PART = 8.0
"""Between the running line and a part that begins a side."""
SHARE_OF_A_PART = 3.0
"""So much more of the room goes before a part than before a row."""


class Row(NamedTuple):
    """A strip of a block, and what stays free over it where it begins a side."""

    block: Block
    strip: Strip
    over: float


def over_fewest_sheets(
    blocks: Sequence[Block], frames_of: Callable[[int], Sequence[Frame]], letters_pt: float, first_page: int
) -> list[Placed]:
    """Place blocks on the fewest sheets from `first_page` on; `frames_of` gives the room on so many sides.

    Over a row that begins a side inside its part, `letters_pt` stay free for the letters over the circles.
    Raises LayoutError for a strip that is higher than a side.
    """
    strips = [
        Row(block, strip, letters_pt if at else OVER_A_PART)
        for block in blocks
        for at, strip in enumerate(block.strips())
    ]
    strips[0] = strips[0]._replace(over=0.0)
    highest = max(strips, key=lambda row: row.over + row.strip.height)
    for sides in range(2, len(strips), 2):
        frames = frames_of(sides)
        ends = _ends(strips, frames)
        if ends:
            placed: list[Placed] = []
            for page, (start, end) in enumerate(zip((0, *ends), ends, strict=False)):
                placed += _spread(strips[start:end], frames[page], first_page + page)
            return placed
    raise LayoutError(too_long(highest.block))


def _ends(strips: Sequence[Row], frames: Sequence[Frame]) -> list[int]:
    """Return after how many strips each side ends, at the least cost; [] where they do not hold."""
    tops = [0.0, *accumulate(strip.space + strip.height for _, strip, _ in strips)]
    torn = [0.0, *(_cost_of_break(strips, at) for at in range(1, len(strips))), 0.0]
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for frame in frames:
        room, reached = frame.bottom - frame.top + FIT, dict[int, tuple[float, int]]()
        for start, (cost, _) in best[-1].items():
            for end in range(start + 1, len(strips) + 1):
                first = strips[start]
                white = room - first.over - (tops[end] - tops[start] - first.strip.space)
                if white < 0:
                    break
                whole = cost + white**2 + torn[end]
                if whole < reached.get(end, (inf, 0))[0]:
                    reached[end] = (whole, start)
        best.append(reached)
    ends = [len(strips)]
    for reached in reversed(best[1:]):
        if ends[0] not in reached:
            return []
        ends.insert(0, reached[ends[0]][1])
    return ends[1:]


def _cost_of_break(strips: Sequence[Row], at: int) -> float:
    """Return what it costs when the side ends before strip `at`."""

    def is_in_block(other: int) -> bool:
        return 0 <= other < len(strips) and strips[other].block is block

    block = strips[at].block
    if not is_in_block(at - 1):
        return 0.0
    alone = not (is_in_block(at - 2) and is_in_block(at + 1))
    inside = INSIDE_WHAT_IS_NEEDED_AT_ONCE if getattr(block, "AT_ONCE", False) else INSIDE_A_BLOCK
    return inside**2 + (ONE_ALONE**2 if alone else 0.0)


def _spread(strips: Sequence[Row], frame: Frame, page: int) -> list[Placed]:
    """Place the strips of one side and share what is left: most of it before parts, some before rows."""
    spaces = [row.strip.space if at else row.over for at, row in enumerate(strips)]
    left = frame.bottom - frame.top - sum(spaces) - sum(row.strip.height for row in strips)
    shares = [0.0 if not at else SHARE_OF_A_PART if row.strip.elastic else 1.0 for at, row in enumerate(strips)]
    unit = max(0.0, left) / (sum(shares) or 1.0)
    placed, top = [], frame.top
    for row, space, share in zip(strips, spaces, shares, strict=True):
        most = MOST_BEFORE_A_PART if row.strip.elastic else MOST_BEFORE_A_ROW
        top += space + min(unit * share, max(0.0, most - space))
        placed.append(Placed(row.block, row.strip, page, top))
        top += row.strip.height
    return placed
