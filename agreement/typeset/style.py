"""Paper, grid and type sizes: every measure of the sheet, said once.

Lengths are points. A Style is one try at one size; fit.py picks the largest at which the sheet holds.
"""

from typing import NamedTuple

from agreement.typeset.fonts import ANDIKA, ATKINSON, Stack
from agreement.typeset.lines import Type

SIZES = ((14.0, 19.0), (13.0, 17.0), (12.0, 15.5), (11.5, 14.5), (11.0, 14.0))
"""Body size and leading, largest first."""

LARGE_SIZE, LARGE_TIGHT = (18.0, 24.0), (18.0, 22.5)
YOUNG_SIZES = ((14.0, 19.0),)
TIGHT_SIZES = (11.5, 11.0)
LARGEST_ON_MANY_SIDES = 12.0
TOP, BOTTOM, GUTTER = 36.0, 36.0, 24.0
CARD_HEIGHT = 80.0
"""The least height of the help card; card.py says where it must be more."""
PAPERS = {"letter": (612.0, 792.0, 40.0), "a4": (595.28, 841.89, 36.0)}
"""Width, height and side margin."""

MIN_GAP, MAX_GAP = 10.0, 24.0
"""The elastic space between topics and around the pledge."""


class Style(NamedTuple):
    """Everything that depends on paper, age and size. Blocks are measured in points from the top left."""

    width: float
    height: float
    margin: float
    size: float
    leading: float
    young: bool
    lang: str
    card_height: float = CARD_HEIGHT
    large: bool = False
    """Large print: 18 points, one column."""
    tight: bool = False
    """One empty row less to write on, so that a sheet with three signatures a side still holds on two sides.

    In large print lines and rows stand a little closer, too, where that saves a sheet.
    """

    @property
    def stack(self) -> Stack:
        return ANDIKA if self.young else ATKINSON

    @property
    def measure(self) -> float:
        """The full width between the margins."""
        return self.width - 2 * self.margin

    @property
    def column(self) -> float:
        return (self.measure - GUTTER) / 2

    @property
    def left(self) -> float:
        return self.margin

    @property
    def middle(self) -> float:
        """Where the right column begins."""
        return self.margin + self.column + GUTTER

    @property
    def right(self) -> float:
        return self.width - self.margin

    @property
    def circle(self) -> float:
        """The diameter of a circle to initial."""
        return 30.0 if self.young or self.large else 23.0

    @property
    def circle_gap(self) -> float:
        return 3.0

    @property
    def pill(self) -> float:
        """The width of the undivided form that stands for nobody in particular: two circles."""
        return 2 * self.circle + self.circle_gap

    @property
    def ring(self) -> float:
        """The diameter of a circle to draw a face in."""
        return 46.0 if self.young or self.large else 36.0

    @property
    def row_gap(self) -> float:
        if self.large and self.tight:
            return 4.0
        return 8.0 if self.young or self.large else 7.0

    @property
    def write_pitch(self) -> float:
        """From one line to write on to the next."""
        return 30.0 if self.young or self.large else 24.0

    @property
    def step_ring(self) -> float:
        if self.large:
            return 26.0 if self.tight else 30.0
        return 24.0 if self.young else 20.0

    @property
    def card_top(self) -> float:
        return self.height - BOTTOM - self.card_height

    @property
    def cut_line(self) -> float:
        return self.card_top - 10

    @property
    def live_bottom(self) -> float:
        """Where content ends on a page that carries the card or its back."""
        return self.cut_line - 12

    @property
    def page_bottom(self) -> float:
        """Where content ends on a page without a card."""
        return self.height - BOTTOM

    def type(self, size: float, leading: float, *, bold: bool = False) -> Type:
        """Return a type of this sheet's face and language."""
        return Type(self.stack, size, leading, bold, self.lang)

    @property
    def body(self) -> Type:
        return self.type(self.size, self.leading)

    @property
    def heading(self) -> Type:
        """Over the topics of side one."""
        if self.large:
            return self.type(20.5, 26, bold=True)
        return self.type(17, 22, bold=True) if self.young else self.type(self.size + 2.5, self.leading + 2.5, bold=True)

    @property
    def side_heading(self) -> Type:
        """Over the parts of side two."""
        if self.large:
            return self.heading
        return self.type(16, 21.5, bold=True) if self.young else self.type(self.size + 2, self.leading + 2.5, bold=True)

    @property
    def name(self) -> Type:
        """A name beside a face."""
        return self.type(self.size + 1, self.leading + 1, bold=True)

    @property
    def letters(self) -> Type:
        """Over the circles."""
        if self.large:
            return self.type(18, 21)
        return self.type(14, 17) if self.young else self.type(11, 14)

    @property
    def titles(self) -> tuple[Type, ...]:
        sizes = ((33, 37), (29, 33), (26, 30)) if self.young else ((34, 38), (30, 34), (26, 30))
        return tuple(self.type(size, leading) for size, leading in sizes)

    @property
    def second(self) -> Type:
        """The family's name, and the heading over the signatures."""
        if self.large:
            return self.type(22, 28)
        return self.type(17, 23)

    @property
    def pledges(self) -> tuple[Type, ...]:
        sizes = ((29.7, 36), (26, 32), (23, 29)) if self.young else ((29, 35), (26, 32), (23, 29))
        return tuple(self.type(size, leading, bold=True) for size, leading in sizes)

    @property
    def pledge_rest(self) -> Type:
        size = max(14.8 if self.young else 14.0, self.size + 2)
        return self.type(size, size * 19 / 14)

    @property
    def card(self) -> Type:
        if self.large:
            return self.type(18, 23)
        return self.type(14, 18) if self.young else self.type(11, 14)

    @property
    def card_title(self) -> Type:
        if self.large:
            return self.type(20, 23, bold=True)
        return self.type(15, 18, bold=True)

    @property
    def running(self) -> Type:
        if self.large:
            return self.type(18, 22)
        return self.type(9, 12)


def styles(paper: str, young: bool, lang: str, large: bool = False) -> tuple[Style, ...]:
    """Return the styles to try, largest type first. `paper` is a key of PAPERS."""
    width, height, margin = PAPERS[paper]
    first = Style(width, height, margin, 0, 0, young, lang, large=large)
    if large:
        (size, loose), (_, close) = LARGE_SIZE, LARGE_TIGHT
        return (first._replace(size=size, leading=loose), first._replace(size=size, leading=close, tight=True))
    sizes = YOUNG_SIZES if young else SIZES
    tries = [first._replace(size=size, leading=leading) for size, leading in sizes]
    return (*tries, *(style._replace(tight=True) for style in tries if style.size in TIGHT_SIZES))
