"""Large print: the parts of the sheet in one column, 18 points, for who reads better so.

Each topic has a line with the children's names and their promises, then one with the adults' names and theirs; circles
stand at the right end. Title, faces, pledge and "All of us" are those of every sheet.
"""

from functools import partial

from agreement.compose.agreement import Agreement
from agreement.typeset.block import Block, Strip
from agreement.typeset.faces import PER_ROW, Rows
from agreement.typeset.head import HowTo, Title
from agreement.typeset.large_text import SIDES, LargeNumbered, LargeParagraphs, LargeTopic
from agreement.typeset.large_writing import LargeApps, LargeSignatures, LargeWritten
from agreement.typeset.lines import Span, set_lines
from agreement.typeset.pen import Pen
from agreement.typeset.pledge import Pledge
from agreement.typeset.spoken import caption_of
from agreement.typeset.style import Style
from agreement.typeset.together import Together

FACES_PER_ROW = 2
EMPTY_ROWS = PER_ROW // FACES_PER_ROW


class LargeFaces(Rows):
    """Circles with names, two or three a row; over lines for names stands whose they are."""

    def strips(self) -> tuple[Strip, ...]:
        """Return a strip a row; the first of a side without names has its caption over it."""
        strips = super().strips()
        rows = [-(-len(people) // self.per_row) for people in self.sides]
        firsts = {0: 0, rows[0] or EMPTY_ROWS: 1}
        return tuple(
            self._captioned(strip, firsts[at]) if at in firsts and not self.sides[firsts[at]] else strip
            for at, strip in enumerate(strips)
        )

    def _captioned(self, strip: Strip, side: int) -> Strip:
        height = strip.height + self.style.leading
        return strip._replace(height=height, draw=partial(self._draw_captioned, strip, side))

    def _draw_captioned(self, strip: Strip, side: int, pen: Pen, top: float) -> None:
        style = self.style
        caption = set_lines([Span(self.agreement.say(SIDES[side]))], style.body, style.measure)
        self._captions[side] = caption_of(pen.lines(caption, style.body, style.left, top))
        strip.draw(pen, top + style.leading)


def _faces_per_row(agreement: Agreement, style: Style) -> int:
    named = agreement.children and agreement.adults
    return FACES_PER_ROW + 1 if style.tight and named else FACES_PER_ROW


def large_promises(agreement: Agreement, style: Style) -> list[Block]:
    """Return the blocks of what children and adults promise, the pledge after the first topic."""
    topics: list[Block] = [LargeTopic(section, agreement, style) for section in agreement.sections]
    return [
        Title(agreement, style),
        LargeFaces(agreement, style, _faces_per_row(agreement, style)),
        HowTo(agreement, style),
        *topics[:1],
        Pledge(agreement, style),
        *topics[1:],
    ]


def large_family(agreement: Agreement, style: Style) -> list[Block]:
    """Return the blocks of what all promise, and of what a family writes and signs."""
    return [
        Together(agreement, style),
        LargeApps(agreement, style),
        LargeWritten(agreement.own, "own", agreement, style),
        LargeNumbered(agreement.steps, agreement, style),
        LargeWritten(agreement.trusted, "trusted", agreement, style),
        LargeParagraphs(agreement.broken, agreement, style),
        LargeSignatures(agreement, style),
    ]
