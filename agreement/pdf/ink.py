"""What the inks of the sheet are made of. Grey for all that is read or written on; one colour for what pleases the eye.

Values are those of the sheet's design: on a grey printer the accent falls on 0.30. With high contrast there is black
and nothing else, and every stroke is half as thick again.
"""

from collections.abc import Mapping
from typing import NamedTuple

from agreement.pdf.syntax import numbers
from agreement.typeset.boxes import Ink


class Inks(NamedTuple):
    """The colour of each ink, grey or red, green and blue from 0 to 1, and what stroke widths are multiplied by."""

    colours: Mapping[Ink, tuple[float, ...]]
    weight: float = 1.0

    def fill_operator(self, ink: Ink) -> str:
        """Return the operator that fills with this ink."""
        values = self.colours[ink]
        return f"{numbers(*values)} {'g' if len(values) == 1 else 'rg'}"

    def stroke_operator(self, ink: Ink) -> str:
        """Return the operator that strokes with this ink."""
        values = self.colours[ink]
        return f"{numbers(*values)} {'G' if len(values) == 1 else 'RG'}"


PRINT = Inks(
    {
        Ink.TEXT: (0,),
        Ink.LINE: (0.29,),
        Ink.CUT: (0.13,),
        Ink.LEADER: (0.54,),
        Ink.ACCENT: (0.09, 0.38, 0.42),
    }
)
CONTRAST = Inks(dict.fromkeys(Ink, (0,)), weight=1.5)


def inks_of(contrast: bool) -> Inks:
    """Return the inks for a document, with high contrast or as designed."""
    return CONTRAST if contrast else PRINT
