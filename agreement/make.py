"""The whole way in a few lines: household and choices in, a PDF out. No clock, no files but the library and fonts."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from agreement import __version__
from agreement.compose import Agreement, compose
from agreement.household import Choices, Household
from agreement.library import Library, load_library

if TYPE_CHECKING:
    from agreement.compose.handout import Handout
    from agreement.pdf import Meta
    from agreement.typeset.boxes import Document


def make_pdf(
    household: Household | None = None,
    choices: Choices | None = None,
    *,
    library: Library | None = None,
    date: date | None = None,
    each: bool = False,
) -> bytes:
    """Make an agreement as PDF bytes; without a household, one to fill in by hand.

    `date` is the day on which it is made: it is printed on a family's sheet, and "in 3 months" counts from it. With
    `each`, every child gets a sheet of its own, in one document. The same arguments give the same bytes.
    Raises InputError (what was written is wrong), FontError (no font has a character), LayoutError.
    """
    from agreement.pdf import draw
    from agreement.pdf.seal import stamp

    choices = choices or Choices()
    document = make_document(household, choices, library=library, date=date, each=each)
    return stamp(draw(document, meta_of(date), fields=choices.fields))


def meta_of(date: date | None) -> "Meta":
    """Return what every file of ours says of itself."""
    from agreement.pdf import Meta

    return Meta(date=date, producer=f"agreement {__version__}")


def make_document(
    household: Household | None = None,
    choices: Choices | None = None,
    *,
    library: Library | None = None,
    date: date | None = None,
    each: bool = False,
) -> "Document":
    """Lay out what `make_pdf` draws."""
    library = library or load_library()
    agreements = compose_all(household, choices, library=library, date=date, each=each)
    return lay_out_all(agreements, household, choices, library=library, date=date)


def lay_out_all(
    agreements: Sequence[Agreement],
    household: Household | None,
    choices: Choices | None,
    *,
    library: Library,
    date: date | None = None,
) -> "Document":
    """Lay out a household's agreements, and behind them the extra pages that `choices` ask for."""
    from agreement.typeset import lay_out

    document = lay_out(agreements)
    if choices and choices.add:
        from agreement.typeset.pages import add_pages

        document = add_pages(document, compose_added(household, choices, agreements, library=library, date=date))
    return document


def compose_added(
    household: Household | None,
    choices: Choices,
    agreements: Sequence[Agreement],
    *,
    library: Library,
    date: date | None = None,
) -> "list[Handout]":
    """Compose the extra pages that `choices` ask for: once for the whole household, whose `agreements` are given."""
    from agreement.compose.pages import compose_pages

    household = household or Household()
    whole = agreements[0] if len(agreements) == 1 else compose(household, choices, library, date)
    return compose_pages(household, choices, library, whole)


def compose_all(
    household: Household | None = None,
    choices: Choices | None = None,
    *,
    library: Library | None = None,
    date: date | None = None,
    each: bool = False,
) -> list[Agreement]:
    """Compose the agreement of a household, or with `each` one for every child. Raises InputError."""
    household, choices = household or Household(), choices or Choices()
    library = library or load_library()
    alone = [household._replace(children=(child,)) for child in household.children] if each else []
    return [compose(one, choices, library, date) for one in alone or [household]]
