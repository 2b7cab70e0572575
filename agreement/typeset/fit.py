"""Which type size a sheet takes, and which block stands where: two sides if any size allows it, else an even number.

Side one holds the promises with the pledge in the eye's centre; the next what a family writes and signs. The card is
at the foot of the last side and its back on the side before.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from agreement.compose.agreement import Agreement
from agreement.typeset.block import Block
from agreement.typeset.closing import Signing, Steps
from agreement.typeset.faces import faces
from agreement.typeset.flow import FIT, Frame, Placed, fill, height_of
from agreement.typeset.head import HowTo, Title
from agreement.typeset.pledge import Pledge
from agreement.typeset.promises import Promises
from agreement.typeset.style import LARGEST_ON_MANY_SIDES, MIN_GAP, TOP, Style, styles
from agreement.typeset.together import Together
from agreement.typeset.writing import AppsAndRules, TrustAndRepair

RUNNING_TOP = 36.0
RUNNING_SPACE = 18.0
LETTERS_SPACE = 10.0
PLEDGE_AT = 0.46
PLEDGE_FROM, PLEDGE_TO = 0.38, 0.55


class Fit(NamedTuple):
    """A style, and everything placed in it in print order."""

    style: Style
    placed: list[Placed]


def fit(agreement: Agreement, first_page: int) -> Fit:
    """Place an agreement from `first_page` on, in the largest type that holds it on two sides.

    Where none does, in the largest type up to LARGEST_ON_MANY_SIDES that needs no more sides than the smallest.
    Raises LayoutError for something that no page holds.
    """
    tries = styles(agreement.paper, agreement.young, agreement.language)
    full = [style for style in tries if not style.tight]
    sizes = [style.size for style in full[bisect_left(full, True, key=lambda style: _one_side(agreement, style)) :]]
    for style in (style for style in tries if style.size in sizes):
        family = _family(agreement, style)
        frame = _frame(style, 1)
        if height_of(family) <= frame.bottom - frame.top + FIT:
            promises = fill(_promises(agreement, style), [_frame(style, 0)], first_page)
            return Fit(style, [*promises, *fill(family, [frame], first_page + 1)])
    return _over_many_sides(agreement, first_page, full)


def _one_side(agreement: Agreement, style: Style) -> bool:
    """Tell whether the promises hold on side one."""
    frame = _frame(style, 0)
    return height_of(_promises(agreement, style)) <= frame.bottom - frame.top + FIT


def _frame(style: Style, page: int, card_zone: bool = True) -> Frame:
    top = TOP if page == 0 else RUNNING_TOP + RUNNING_SPACE
    return Frame(top, style.live_bottom if card_zone else style.page_bottom)


def _roomy(style: Style, page: int, card_zone: bool) -> Frame:
    """Return a frame with room for letters under the running line, for promises that go on from the side before."""
    frame = _frame(style, page, card_zone)
    return Frame(frame.top + (LETTERS_SPACE if page else 0), frame.bottom)


def _over_many_sides(agreement: Agreement, first_page: int, tries: Sequence[Style]) -> Fit:
    fewest = _flow(agreement, first_page, tries[-1])
    for style in tries[:-1]:
        if style.size <= LARGEST_ON_MANY_SIDES:
            placed = _flow(agreement, first_page, style)
            if placed[-1].page <= fewest[-1].page:
                return Fit(style, placed)
    return Fit(tries[-1], fewest)


def _flow(agreement: Agreement, first_page: int, style: Style) -> list[Placed]:
    """Flow over an even number of sides."""
    count = 4
    promises, family = _promises(agreement, style), _family(agreement, style)
    while True:
        frames = [_roomy(style, page, page >= count - 2) for page in range(count)]
        placed = fill([*promises, *family], frames, first_page)
        used = placed[-1].page - first_page + 1
        if used <= count:
            return _with_full_last(promises, family, frames, first_page) or placed
        count = used + used % 2


def _with_full_last(
    promises: Sequence[Block], family: Sequence[Block], frames: Sequence[Frame], first_page: int
) -> list[Placed]:
    """Share what the family writes and signs between the last two sides, as evenly as whole blocks allow.

    Empty when no block that could stand last has room there.
    """
    last_page = first_page + len(frames) - 1
    best: list[Placed] = []
    least = float("inf")
    for keep in range(len(family)):
        last = family[keep:]
        if height_of(last) > frames[-1].bottom - frames[-1].top + FIT:
            continue
        first = fill([*promises, *family[:keep]], frames, first_page)
        before = sum(one.strip.height for one in first if one.page == last_page - 1)
        if first[-1].page < last_page and abs(height_of(last) - before) < least:
            least = abs(height_of(last) - before)
            best = [*first, *fill(last, [frames[-1]], last_page)]
    return best


def _promises(agreement: Agreement, style: Style) -> list[Block]:
    head = [Title(agreement, style), faces(agreement, style), HowTo(agreement, style)]
    topics = [Promises(section, agreement, style) for section in agreement.sections]
    return [*head, *_with_pledge(topics, Pledge(agreement, style), head, style)]


def _family(agreement: Agreement, style: Style) -> list[Block]:
    return [
        Together(agreement, style),
        AppsAndRules(agreement, style),
        Steps(agreement, style),
        TrustAndRepair(agreement, style),
        Signing(agreement, style),
    ]


def _with_pledge(topics: list[Promises], pledge: Pledge, head: Sequence[Block], style: Style) -> list[Block]:
    """Put the pledge between two topics, its middle nearest to 46 % of the page; between two pairs if it must be.

    The spaces count at their least, so the pledge stands a little lower on paper than here.
    """
    candidates: list[tuple[bool, float, list[Block]]] = []
    top = TOP + height_of(head) + MIN_GAP
    for at, topic in enumerate(topics):
        for pair in range(1, len(topic.pairs) + 1):
            whole = pair == len(topic.pairs)
            parts: list[Block] = [*topics[:at]]
            rest: list[Block] = [*topics[at + 1 :]]
            if whole:
                parts.append(topic)
            else:
                first, second = topic.split(pair)
                parts.append(first)
                rest.insert(0, second)
            if whole and at == len(topics) - 1 and len(topics) > 1:
                continue
            middle = (top + height_of(parts) + 10 + pledge.height / 2) / style.height
            candidates.append((whole, middle, [*parts, pledge, *rest]))
    if not candidates:
        return [pledge]
    between = [one for one in candidates if one[0] and PLEDGE_FROM <= one[1] <= PLEDGE_TO]
    inside = [one for one in candidates if PLEDGE_FROM <= one[1] <= PLEDGE_TO]
    return min(between or inside or candidates, key=lambda one: abs(one[1] - PLEDGE_AT))[2]
