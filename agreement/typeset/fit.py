"""Which type size a sheet takes, and which block stands where: two sides if any size allows it, else an even number.

Side one holds the promises with the pledge in the eye's centre; the next what a family writes and signs. The card is
at the foot of the last side and its back on the side before.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from agreement.compose.agreement import Agreement
from agreement.typeset.block import Block
from agreement.typeset.card import card_height
from agreement.typeset.closing import Signing, Steps
from agreement.typeset.faces import faces
from agreement.typeset.flow import FIT, Frame, Placed, even_breaks, fill, height_of
from agreement.typeset.head import HowTo, Title
from agreement.typeset.pledge import Pledge
from agreement.typeset.promises import Promises
from agreement.typeset.style import LARGEST_ON_MANY_SIDES, MIN_GAP, TOP, Style, styles
from agreement.typeset.together import Together
from agreement.typeset.writing import AppsAndRules, TrustAndRepair

RUNNING_TOP = 36.0
UNDER_RUNNING = 6.0
LETTERS_SPACE = 10.0
PLEDGE_AT = 0.46
PLEDGE_FROM, PLEDGE_TO = 0.38, 0.55
LAST_SIDES = 3
"""Where more than two sides are needed, so many share what does not fill the others."""


class Fit(NamedTuple):
    """A style, and everything placed in it in print order."""

    style: Style
    placed: list[Placed]


def fit(agreement: Agreement, first_page: int) -> Fit:
    """Place an agreement from `first_page` on, in the largest type that holds it on two sides.

    Where none does, in the largest type up to LARGEST_ON_MANY_SIDES that needs no more sides than the smallest.
    Raises LayoutError for something that no page holds.
    """
    asked = styles(agreement.paper, agreement.young, agreement.language, agreement.large)
    one_of_each = {style.card: style for style in asked}
    cards = {type_: card_height(agreement, style) for type_, style in one_of_each.items()}
    tries = [style._replace(card_height=cards[style.card]) for style in asked]
    if agreement.large:
        return _in_large_print(agreement, first_page, tries)
    full = [style for style in tries if not style.tight]
    if agreement.sides == 1 and not agreement.young:
        from agreement.typeset.one_side import place_on_one_side

        alone = place_on_one_side(agreement, first_page, full)
        if alone:
            return Fit(*alone)
    promises = cache(partial(_promises, agreement))
    pairs = sum(max(len(section.children), len(section.adults)) for section in agreement.sections)

    def room_left(style: Style) -> float:
        return _frame(style, 0).bottom - _frame(style, 0).top + FIT - height_of(promises(style))

    sizes = _sizes_on_side_one(full, room_left, pairs)
    for style in (style for style in tries if style.size in sizes):
        family = _family(agreement, style)
        if _holds(family, _frame(style, 1)):
            first = fill(promises(style._replace(tight=False)), [_frame(style, 0)], first_page)
            return Fit(style, [*first, *fill(family, [_frame(style, 1)], first_page + 1)])
    return _over_many_sides(agreement, first_page, full)


def _sizes_on_side_one(styles: Sequence[Style], room_left: Callable[[Style], float], pairs: int) -> list[float]:
    """Return the sizes at which the promises hold, largest first.

    Most sheets take one near the end: begin there. A larger size is only tried where there is room for what each pair
    grows by at the least, two lines.
    """
    first = max(0, len(styles) - 2)
    left = room_left(styles[first])
    if left < 0:
        return [style.size for style in styles[first + 1 :] if room_left(style) >= 0]
    while first and left >= 2 * pairs * (styles[first - 1].leading - styles[first].leading):
        left = room_left(styles[first - 1])
        if left < 0:
            break
        first -= 1
    return [style.size for style in styles[first:]]


def _holds(blocks: Sequence[Block], frame: Frame) -> bool:
    """Tell whether blocks stand on one side."""
    return height_of(blocks) <= frame.bottom - frame.top + FIT


def _frame(style: Style, page: int, card_zone: bool = True) -> Frame:
    top = TOP if page == 0 else RUNNING_TOP + style.running.leading_pt + UNDER_RUNNING
    return Frame(top, style.live_bottom if card_zone else style.page_bottom)


def _roomy(style: Style, page: int, card_zone: bool) -> Frame:
    """Return a frame with room for letters under the running line, for promises that go on from the side before."""
    frame = _frame(style, page, card_zone)
    return Frame(frame.top + (LETTERS_SPACE if page else 0), frame.bottom)


def _in_large_print(agreement: Agreement, first_page: int, tries: Sequence[Style]) -> Fit:
    """Place an agreement in the first of these styles that needs no more sheets than any other."""
    from agreement.typeset.large_flow import over_fewest_sheets

    def frames(style: Style, sides: int) -> list[Frame]:
        return [_frame(style, page, page >= sides - 2) for page in range(sides)]

    fits = []
    for style in tries:
        blocks = [*_promises(agreement, style), *_family(agreement, style)]
        over = style.letters.leading_pt
        fits.append(Fit(style, over_fewest_sheets(blocks, partial(frames, style), over, first_page)))
    return min(fits, key=lambda one: one.placed[-1].page)


def _over_many_sides(agreement: Agreement, first_page: int, tries: Sequence[Style]) -> Fit:
    fewest = _flow(agreement, first_page, tries[-1])
    for style in tries[:-1]:
        if style.size <= LARGEST_ON_MANY_SIDES:
            placed = _flow(agreement, first_page, style)
            if placed[-1].page <= fewest[-1].page:
                return Fit(style, placed)
    return Fit(tries[-1], fewest)


def _flow(agreement: Agreement, first_page: int, style: Style) -> list[Placed]:
    """Flow over an even number of sides, the fewest: full ones first, and what is left evenly over the last three."""
    blocks = [*_promises(agreement, style), *_family(agreement, style)]
    room = _frame(style, 1, False)
    sheets = max(2, int(height_of(blocks) / (room.bottom - room.top) / 2))
    while True:
        frames = [_roomy(style, page, page >= 2 * sheets - 2) for page in range(2 * sheets)]
        placed = fill(blocks, frames, first_page)
        last_page = first_page + len(frames) - 1
        if placed[-1].page <= last_page:
            full = sum(one.page <= last_page - LAST_SIDES for one in placed)
            placed = fill(blocks, frames, first_page, even_breaks(blocks, full, frames[-LAST_SIDES:]))
            if placed[-1].page == last_page:
                return placed
        sheets += 1


def _promises(agreement: Agreement, style: Style) -> list[Block]:
    if style.large:
        from agreement.typeset.large import large_promises

        return large_promises(agreement, style)
    head = [Title(agreement, style), faces(agreement, style), HowTo(agreement, style)]
    topics = [Promises(section, agreement, style) for section in agreement.sections]
    return [*head, *_with_pledge(topics, Pledge(agreement, style), head, style)]


def _family(agreement: Agreement, style: Style) -> list[Block]:
    if style.large:
        from agreement.typeset.large import large_family

        return large_family(agreement, style)
    return [
        Together(agreement, style),
        AppsAndRules(agreement, style),
        Steps(agreement, style),
        TrustAndRepair(agreement, style),
        Signing(agreement, style),
    ]


def _with_pledge(topics: Sequence[Promises], pledge: Pledge, head: Sequence[Block], style: Style) -> list[Block]:
    """Put the pledge between two topics, its middle nearest to 46 % of the page; between two pairs if it must be.

    The spaces count at their least, so the pledge stands a little lower on paper than here.
    """
    above = TOP + height_of(head) + 2 * MIN_GAP + pledge.height / 2

    def off(blocks: Sequence[Block]) -> float:
        return abs((above + height_of(blocks)) / style.height - PLEDGE_AT)

    def near(blocks: Sequence[Block]) -> bool:
        return PLEDGE_FROM <= (above + height_of(blocks)) / style.height <= PLEDGE_TO

    between = [(topics[:at], topics[at:]) for at in range(1, max(2, len(topics)))]
    ways = [way for way in between if near(way[0])] or [way for way in _inside(topics) if near(way[0])] or between
    before, after = min(ways, key=lambda way: off(way[0]))
    return [*before, pledge, *after]


def _inside(topics: Sequence[Promises]) -> Iterator[tuple[Sequence[Promises], Sequence[Promises]]]:
    """Yield what stands above and below the pledge when it divides a topic between two pairs."""
    for at, topic in enumerate(topics):
        for pair in range(1, len(topic.pairs)):
            first, second = topic.split(pair)
            yield [*topics[:at], first], [second, *topics[at + 1 :]]
