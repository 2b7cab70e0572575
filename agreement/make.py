"""The whole way in a few lines: household and choices in, a PDF out. No clock, no files but the library and fonts."""

from datetime import date

from agreement import __version__
from agreement.compose import Agreement, compose
from agreement.household import Choices, Household
from agreement.library import Library, load_library


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
    from agreement.pdf import Meta, draw
    from agreement.pdf.seal import stamp
    from agreement.typeset import lay_out

    agreements = compose_all(household, choices, library=library, date=date, each=each)
    return stamp(draw(lay_out(agreements), Meta(date=date, producer=f"agreement {__version__}")))


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
