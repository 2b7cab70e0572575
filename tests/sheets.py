"""Agreements and documents that tests begin with, all made on one day from the library of the checkout."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agreement.compose import compose
from agreement.compose.agreement import Agreement, Hole, Sentence, Term, Words
from agreement.errors import InputError, Problem
from agreement.household import Adult, Child, Choices, Household, load_family
from agreement.library import Library
from agreement.typeset import lay_out
from agreement.typeset.block import Block
from agreement.typeset.boxes import Box, Document, Element, Role
from agreement.typeset.pen import Pen
from agreement.typeset.style import Style, styles
from tests.strategies import the_library

TODAY = date(2026, 3, 12)
LIBRARY = the_library()
RIVERAS = Path(__file__).parent.parent / "docs" / "examples" / "rivera.yaml"
STYLE = styles("letter", False, "en")[3]
YOUNG = styles("letter", True, "en")[0]


def composed(household: Household | None = None, library: Library = LIBRARY, **chosen: Any) -> Agreement:
    """Return the agreement of a household; `chosen` are its Choices."""
    return compose(household or Household(), Choices(**chosen), library, TODAY)


def composed_riveras() -> Agreement:
    """Return the agreement of the example."""
    return compose(*load_family(RIVERAS), LIBRARY, TODAY)


def problems(household: Household | None = None, library: Library = LIBRARY, **chosen: Any) -> list[Problem]:
    """Return what is wrong with choices, which must be wrong."""
    with pytest.raises(InputError) as caught:
        composed(household, library, **chosen)
    return list(caught.value.problems)


def laid_out(household: Household | None = None, **chosen: Any) -> Document:
    """Return the document of a household; `chosen` are its Choices."""
    return lay_out([composed(household, **chosen)])


def riveras() -> Document:
    """Return the document of the example."""
    return lay_out([composed_riveras()])


def people(children: int, adults: int, name: str = "", age: int | None = 9) -> Household:
    """Return a household whose children are C0, C1 ... and whose adults A0, A1 ..., all with `name` behind."""
    kids = tuple(Child(f"C{number}{name}", age) for number in range(children))
    return Household("Rivera", kids, tuple(Adult(f"A{number}{name}") for number in range(adults)))


def terms(agreement: Agreement) -> list[Term]:
    """Return every term that hangs on somebody, in print order."""
    parts = (*agreement.sections, agreement.together, agreement.steps, agreement.broken, agreement.signing)
    return [term for part in parts for term in (*part.children, *part.adults)]


def holes(sentence: Sentence) -> list[Hole]:
    """Return the blanks of a sentence, filled or not."""
    return [part for part in sentence if isinstance(part, Hole)]


def said(sentence: Sentence) -> str:
    """Return a sentence with what fills its blanks; an empty one is [its id]."""
    return "".join(part.text if isinstance(part, Words) else part.value or f"[{part.id}]" for part in sentence)


def drawn(block: Block, style: Style = STYLE) -> Document:
    """Draw one block on a page of its own, its strips under each other."""
    artifacts: list[Box] = []
    pen, top = Pen(style, 0, artifacts, set()), 36.0
    for at, strip in enumerate(block.strips()):
        top += strip.space if at else 0
        strip.draw(pen.at(0, opens=at == 0), top)
        top += strip.height
    root = Element(Role.DOCUMENT, block.elements())
    return Document(style.width, style.height, 1, root, tuple(artifacts), "", "en")
