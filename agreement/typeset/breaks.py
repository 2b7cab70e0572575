"""Where lines end: fewest lines first, then the most even ones (smallest sum of squared slack, last line counted).

A last line of one short word is avoided where that costs no line. Numbers in, numbers out: nothing here knows what a
word is made of. Time grows with the number of words.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

FIT = 1e-4
"""Points by which a line may exceed its measure: rounding, not ink."""

SHORT = 1 / 3
"""A last word narrower than this part of the measure should not stand alone."""


RELUCTANCE = 1e8
"""More square points than any unevenness weighs."""


class Widths(NamedTuple):
    """What breaking needs to know of words: their widths, and those of the spaces after them, in points.

    `elastic` are the words that hold a gap which fills its line: such a line has no slack. `reluctant` are the words
    after which a line ends only where that saves a line, such as the first half of a hyphenated one.
    """

    words: Sequence[float]
    spaces: Sequence[float]
    elastic: frozenset[int] = frozenset()
    reluctant: frozenset[int] = frozenset()


def first_fit(widths: Widths, measure_pt: float) -> list[int]:
    """Return the ends of lines, each line filled as far as it goes. An end is the number of words up to it."""
    ends: list[int] = []
    start, filled = 0, 0.0
    for place, word in enumerate(widths.words):
        if place > start and filled + word > measure_pt + FIT:
            ends.append(place)
            start, filled = place, 0.0
        filled += word + widths.spaces[place]
    if widths.words:
        ends.append(len(widths.words))
    return ends


def most_even(widths: Widths, measure_pt: float) -> list[int]:
    """Return the ends of the fewest and then most even lines."""
    latest = first_fit(widths, measure_pt)
    if len(latest) < 2:
        return latest
    count = len(widths.words)
    backwards = Widths(widths.words[::-1], [*widths.spaces[::-1][1:], 0.0])
    earliest = [count - end for end in first_fit(backwards, measure_pt)[-2::-1]]
    ledger = _Ledger(widths, measure_pt)
    best: dict[int, float] = {0: 0.0}
    came_from: list[dict[int, int]] = []
    for early, late in zip(earliest, latest[:-1], strict=True):
        reached = [(end, ledger.cheapest(best, end)) for end in range(min(early, late), late + 1)]
        came_from.append({end: start for end, (_, start) in reached if start >= 0})
        best = {end: total for end, (total, start) in reached if start >= 0}
    others = {start: total for start, total in best.items() if start != count - 1}
    _, start = ledger.cheapest(others, count) if ledger.ends_lonely() else (0.0, -1)
    if start < 0:
        _, start = ledger.cheapest(best, count)
    ends = [count, start]
    for sources in reversed(came_from[1:]):
        ends.append(sources[ends[-1]])
    return ends[::-1]


class _Ledger:
    """The cost of every line that words can make."""

    def __init__(self, widths: Widths, measure_pt: float) -> None:
        self.widths = widths
        self.measure_pt = measure_pt
        words = zip(widths.words, widths.spaces, strict=True)
        self.sums = [0.0, *accumulate(word + space for word, space in words)]
        self.last_elastic = [-1] * (len(widths.words) + 1)
        if widths.elastic:
            marks = (place if place in widths.elastic else -1 for place in range(len(widths.words)))
            self.last_elastic = [-1, *accumulate(marks, max)]

    def ends_lonely(self) -> bool:
        """Tell whether the last word alone would make a poor last line."""
        last = len(self.widths.words) - 1
        return self.widths.words[last] < self.measure_pt * SHORT and last not in self.widths.elastic

    def cheapest(self, best: dict[int, float], end: int) -> tuple[float, int]:
        """Return the least total that ends a line at `end`, and where that line starts; -1 if no line does."""
        sums, elastic = self.sums, self.last_elastic[end]
        room = self.measure_pt - sums[end] + self.widths.spaces[end - 1]
        found, source = 0.0, -1
        for start in reversed(best):
            if start >= end:
                continue
            slack = room + sums[start]
            if slack < -2 * FIT and end > start + 1:
                break
            total = best[start] if elastic >= start else best[start] + slack * slack
            if source < 0 or total < found:
                found, source = total, start
        return (found + RELUCTANCE if end - 1 in self.widths.reluctant else found), source
