"""Blocks: parts of the sheet as strips that stand under each other and never tear.

A block measures itself into strips at one style; flow.py decides on which page each strip stands and draws it there;
then the block gives the elements that its strips left behind, in reading order.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from agreement.typeset.boxes import Element
from agreement.typeset.pen import Pen


class Strip(NamedTuple):
    """Something of one height that no page break divides.

    `space` is what stands before it unless it comes first on its page. An `elastic` space may grow. `draw` puts it on
    the pen's page, its top at the given distance from the top of the page. `overhang` is by how much it reaches below
    its height, into the space after it.
    """

    height: float
    draw: Callable[[Pen, float], None]
    space: float = 0.0
    elastic: bool = False
    overhang: float = 0.0


class Block(Protocol):
    """A part of the sheet: strips to place, then elements to read."""

    def strips(self) -> Sequence[Strip]:
        """Return the strips from top to bottom; the space of the first is the space before the block."""
        ...

    def elements(self) -> tuple[Element, ...]:
        """Return what was drawn, in reading order."""
        ...
