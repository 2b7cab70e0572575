"""What the inks of the sheet are made of. Grey for all that is read or written on; one colour for what pleases the eye.

Values are those of the sheet's design: on a grey printer the accent falls on 0.30.
"""

from agreement.pdf.syntax import numbers
from agreement.typeset.boxes import Ink

_TABLE: dict[Ink, tuple[float, ...]] = {
    Ink.TEXT: (0,),
    Ink.LINE: (0.29,),
    Ink.CUT: (0.13,),
    Ink.LEADER: (0.54,),
    Ink.ACCENT: (0.09, 0.38, 0.42),
}


def fill_operator(ink: Ink) -> str:
    """Return the operator that fills with this ink."""
    values = _TABLE[ink]
    return f"{numbers(*values)} {'g' if len(values) == 1 else 'rg'}"


def stroke_operator(ink: Ink) -> str:
    """Return the operator that strokes with this ink."""
    values = _TABLE[ink]
    return f"{numbers(*values)} {'G' if len(values) == 1 else 'RG'}"
