"""A sheet on one side of one page, to copy for a whole school: for a pack that asks for it, where it holds.

Nothing that somebody promised or wrote is left out: what does not hold here goes on two sides like any other sheet.
"""

from collections.abc import Sequence
from functools import partial

from agreement.compose.agreement import Agreement, Section
from agreement.typeset.block import Block
from agreement.typeset.closing import Signing, Steps
from agreement.typeset.flow import FIT, Frame, Placed, fill, height_of
from agreement.typeset.head import HowTo, Title
from agreement.typeset.pledge import Pledge
from agreement.typeset.promises import Promises
from agreement.typeset.style import CARD_HEIGHT, TOP, Style
from agreement.typeset.together import Together
from agreement.typeset.writing import AppsAndRules, TrustAndRepair

LOW_CARD = 72.0
MOST_IN_TWO_ROWS = 5
"""Help lines that stand in two rows of three, the card's title being the first."""


def place_on_one_side(
    agreement: Agreement, first_page: int, styles: Sequence[Style]
) -> tuple[Style, list[Placed]] | None:
    """Place an agreement on one side in the largest of `styles` that holds it; None if none does."""
    for style in map(partial(_with_low_card, agreement), styles):
        frame = Frame(TOP, style.live_bottom)
        blocks = _blocks(agreement, style)
        if height_of(blocks) <= frame.bottom - frame.top + FIT:
            return style, fill(blocks, [frame], first_page)
    return None


def _with_low_card(agreement: Agreement, style: Style) -> Style:
    """Return a style whose card is as high as its code: no back that needs more stands behind it."""
    low = style.card_height == CARD_HEIGHT and len(agreement.card.contacts) <= MOST_IN_TWO_ROWS
    return style._replace(card_height=LOW_CARD) if low else style


def _blocks(agreement: Agreement, style: Style) -> list[Block]:
    """Return head, promises without their topics' headings, pledge, steps, people to go to, and lines to sign."""
    blocks: list[Block] = [Title(agreement, style), HowTo(agreement, style)]
    blocks += [Promises(_joined(agreement.sections), agreement, style, headed=False)] if agreement.sections else []
    blocks.append(Pledge(agreement, style))
    if agreement.together.adults:
        blocks.append(Together(agreement, style))
    if any(any(row) for row in agreement.apps.rows) or any(agreement.own.rows):
        blocks.append(AppsAndRules(agreement, style))
    return [*blocks, Steps(agreement, style), TrustAndRepair(agreement, style), Signing(agreement, style)]


def _joined(sections: Sequence[Section]) -> Section:
    children = tuple(term for section in sections for term in section.children)
    adults = tuple(term for section in sections for term in section.adults)
    return sections[0]._replace(children=children, adults=adults)
